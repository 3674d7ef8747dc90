"""The texts that ship with the code, to start from, and the sentences in which writers introduce themselves."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from campaign_app import resources
from campaign_app.campaigns.models import Campaign, Kind, Theme
from campaign_app.letters.merge import Text

_FILE = re.compile(r"\+\+\+\n(?P<front>.*?)\n\+\+\+\n(?P<body>.*)", re.DOTALL)

FOLLOW_UP = "follow_up"  # the kind that is for a second letter, and no appeal to begin with
FITTING_KINDS = {
    Kind.URGENT_ACTION: ("urgent_action",),
    Kind.PETITION: ("petition",),
    Kind.SOLIDARITY: ("solidarity_card",),
}
FITTING_THEMES = {
    Theme.FREEDOM_OF_EXPRESSION: ("prisoner_of_conscience",),
    Theme.TORTURE: ("torture",),
    Theme.DEATH_PENALTY: ("death_penalty",),
    Theme.WOMENS_RIGHTS: ("womens_rights",),
    Theme.UNFAIR_LAWS: ("unfair_law",),
    Theme.HEALTH_IN_DETENTION: ("health_in_detention",),
}


@dataclass(frozen=True, slots=True)
class ShippedText:
    """A text to start from: what kind of appeal it is, and a title for those who choose."""

    kind: str
    title: str
    text: Text


@cache
def shipped() -> Mapping[tuple[str, str], ShippedText]:
    """All texts in ``letter_templates/``, by kind and language (BCP 47). Raises ValueError for a file of other form."""
    texts = {}
    for file in sorted(resources.LETTER_TEMPLATES.glob("*.md")):
        kind, language = file.name.removesuffix(".md").split(".")
        texts[kind, language] = read(file.read_text("utf-8"), kind, language)
    return texts


def read(content: str, kind: str, language: str) -> ShippedText:
    """A shipped text from the content of its file: TOML between lines of ``+++``, then the body."""
    front, body = parts(content, f"{kind}.{language}.md")
    said = tomllib.loads(front)
    return ShippedText(kind, said["title"], Text(language, said["subject"], said["salutation"], said["closing"], body))


def parts(content: str, name: str) -> tuple[str, str]:
    """The TOML and the body of a shipped file. Raises ValueError."""
    found = _FILE.fullmatch(content.lstrip("\ufeff"))
    if found is None:
        raise ValueError(f"{name} does not begin with TOML between +++ lines.")
    return found["front"], found["body"].strip()


def in_language(language: str, campaign: Campaign) -> list[ShippedText]:
    """The texts in ``language``, those that fit the campaign's kind or theme first."""
    first = fitting(campaign)
    return sorted(
        (text for (kind, written_in), text in shipped().items() if written_in == language and kind != FOLLOW_UP),
        key=lambda text: (first.index(text.kind) if text.kind in first else len(first), text.title),
    )


def fitting(campaign: Campaign) -> tuple[str, ...]:
    """The kinds of text that suit the campaign, best first."""
    return (*FITTING_KINDS.get(campaign.kind, ()), *FITTING_THEMES.get(campaign.theme, ()))


def introductions(language: str) -> dict[str, Any]:
    """The patterns of opening sentences in ``language``, or an empty mapping where there are none."""
    return _introductions().get(language, {})


@cache
def _introductions() -> dict[str, dict[str, Any]]:
    return tomllib.loads((resources.LETTER_TEMPLATES / "introductions.toml").read_text("utf-8"))
