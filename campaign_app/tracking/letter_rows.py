"""Letters as a table to take along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext

from campaign_app.tables.writing import Cell

KEYS = (
    "reference", "campaign", "title", "target", "country", "language", "status", "made_on", "posted_on", "group",
)  # fmt: skip


def header() -> list[str]:
    """What stands above the columns, in the language of the page."""
    return [
        gettext("Reference"), gettext("Campaign"), gettext("Title"), gettext("To"), gettext("Country"),
        gettext("Language"), gettext("State"), gettext("Made on"), gettext("Posted on"), gettext("Group"),
    ]  # fmt: skip


def rows(letters: Iterable[Any]) -> Iterator[Sequence[Cell]]:
    """A row for each letter; states, countries and languages by their codes, for programs that read on."""
    for one in letters:
        target = ", ".join(filter(None, (one.position, one.institution)))
        posted_on = one.posted_on.isoformat() if one.posted_on else ""
        yield (
            one.reference, one.slug, one.title, target, one.country, one.language, one.status.value,
            one.made_on.isoformat(), posted_on, one.group or "",
        )  # fmt: skip
