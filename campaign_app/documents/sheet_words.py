"""What every signature sheet says beside its petition, in each language of letters."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from campaign_app.resources import LETTER_TEMPLATES


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of one language, as ``letter_templates/sheets.toml`` explains them."""

    to: str
    who: str
    organizer: str
    name: str
    either: str
    city: str
    country: str
    signature: str
    date: str
    consent: str
    collector: str
    place: str
    statement: str
    return_by: str
    return_to: str
    page: str
    count: str
    privacy: str
    notice: str
    tear: str
    email: str


@cache
def words(language: str) -> SheetWords:
    """The words in ``language``. Raises KeyError for a language in which no letters are written."""
    return SheetWords(**_all()[language])


def notice(language: str, organizer: str) -> str:
    """The privacy notice that is given where no other was worded."""
    return words(language).notice.replace("{organizer}", organizer)


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads((LETTER_TEMPLATES / "sheets.toml").read_text("utf-8"))
