"""A language is known by its tag and by the names that people give it."""

from __future__ import annotations

import pytest

from campaign_app import languages


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("ko", "ko"), ("KO", "ko"), ("Korean", "ko"), ("한국어", "ko"), ("Français", "fr"), ("french", "fr"),
        ("en-GB", "en"), ("en_US", "en"), ("pt-BR", "pt"), ("zh-TW", "zh-Hant"), ("zh", "zh-Hans"), ("中文", "zh-Hans"),
        ("日本語", "ja"), ("Farsi", "fa"), ("العربية", "ar"), (" Русский ", "ru"), ("မြန်မာ", "my"),
        ("Klingon", None), ("", None), ("xx-KR", None), ("en Klingon", None),
    ],
)  # fmt: skip
def test_a_language_is_known_by_tag_and_by_name(written: str, tag: str | None) -> None:
    assert languages.tag(written) == tag


@pytest.mark.parametrize("reader", [None, "en", "ko"])
def test_every_name_leads_to_its_own_language(reader: str | None) -> None:
    wrong = [tag for tag in languages.LETTER_LANGUAGES if languages.tag(languages.name(tag, reader)) != tag]
    assert wrong == []
