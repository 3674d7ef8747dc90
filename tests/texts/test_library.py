"""Shipped texts are read, and those that fit come first."""

from __future__ import annotations

import pytest

from campaign_app.campaigns.models import Campaign, Kind, Theme
from campaign_app.texts import library

FILE = '+++\ntitle = "T"\nsubject = "S"\nsalutation = "Dear"\nclosing = "Yours"\n+++\n\nOne.\n\nTwo. +++\n'


def test_a_file_is_toml_between_plus_lines_and_then_the_body() -> None:
    read = library.read(FILE, "torture", "en")
    assert (read.kind, read.title, read.text.language, read.text.body) == ("torture", "T", "en", "One.\n\nTwo. +++")


@pytest.mark.parametrize("content", ["", "One.", '+++\ntitle = "T"\n', "---\ntitle: T\n---\nOne."])
def test_a_file_of_another_form_is_named(content: str) -> None:
    with pytest.raises(ValueError, match=r"torture\.en\.md"):
        library.read(content, "torture", "en")


@pytest.mark.parametrize(
    ("kind", "theme", "first"),
    [
        (Kind.URGENT_ACTION, Theme.TORTURE, ["urgent_action", "torture"]),
        (Kind.CASE, Theme.DEATH_PENALTY, ["death_penalty"]),
        (Kind.PETITION, Theme.ENVIRONMENT, ["petition"]),
        (Kind.SOLIDARITY, Theme.OTHER, ["solidarity_card"]),
    ],
)
def test_texts_that_fit_the_campaign_come_first(kind: Kind, theme: Theme, first: list[str]) -> None:
    texts = library.in_language("en", Campaign(kind=kind, theme=theme))
    assert [text.kind for text in texts[: len(first)]] == first
    assert len(texts) == len({text.kind for text in texts}) >= 10


def test_a_language_without_texts_or_introductions_has_none() -> None:
    assert library.in_language("xx", Campaign(kind=Kind.CASE, theme=Theme.OTHER)) == []
    assert library.introductions("xx") == {}
    assert "{nationality}" in library.introductions("en")["nationality"]
