from __future__ import annotations

import pytest

from campaign_app.documents.script_runs import by_font, face, is_left_to_right, script_of_language, stretches


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("Dear Minister,", "Latn", [("Latn", "Dear Minister,")]),
        ("Кому: Κύριε", "Latn", [("Latn", "Кому: Κύριε")]),
        ("메렌(Tolva Meren) 씨", "Kore", [("Kore", "메렌("), ("Latn", "Tolva Meren"), ("Kore", ") 씨")]),
        ("メレン氏、2025年。", "Jpan", [("Jpan", "メレン氏、2025年。")]),
        ("大韓民國", "Kore", [("Kore", "大韓民國")]),
        ("ميرين (Tolva) محتجزة.", "Arab", [("Arab", "ميرين ("), ("Latn", "Tolva"), ("Arab", ") محتجزة.")]),
        ("سجن Blue (UA 60).", "Arab", [("Arab", "سجن "), ("Latn", "Blue (UA 60)"), ("Arab", ".")]),
        ("Kim 김민수, 15", "Latn", [("Latn", "Kim "), ("Kore", "김민수"), ("Latn", ", 15")]),
        ("ทอลวา\u0301 e\u0301", "Thai", [("Thai", "ทอลวา\u0301 "), ("Latn", "e\u0301")]),
        ("", "Latn", []),
    ],
)
def test_a_line_is_cut_where_its_script_changes(text: str, own: str, expected: list[tuple[str, str]]) -> None:
    assert stretches(text, own) == expected


def test_nothing_is_lost_in_cutting() -> None:
    text = " \t«( 한 [ب) 12 e\u0301]\n—\U0001f600\u200d "
    cut = [part for script, stretch in stretches(text, "Arab") for _, part in by_font(script, stretch)]
    assert "".join(cut) == text


def test_what_a_font_lacks_is_taken_from_the_latin_one() -> None:
    assert list(by_font("Hebr", "ב־2 (כן).")) == [
        ("Hebr", "ב־"), ("Latn", "2"), ("Hebr", " "), ("Latn", "("), ("Hebr", "כן"), ("Latn", ")."),
    ]  # fmt: skip
    assert list(by_font("Kore", "(네)")) == [("Kore", "(네)")]


@pytest.mark.parametrize(
    ("line", "left_to_right"),
    [("15, Muhak-ro", True), ("بحر", False), ("12 بحر", False), ("“שלום”", False), ("", True), ("…", True)],
)
def test_the_first_letter_says_how_a_line_runs(line: str, left_to_right: bool) -> None:
    assert is_left_to_right(line) is left_to_right


@pytest.mark.parametrize(
    ("language", "script", "slot", "family", "tag"),
    [
        ("en", "Latn", "ascii", "Noto Serif", "en-GB"),
        ("en-US", "Latn", "ascii", "Noto Serif", "en-US"),
        ("ko", "Kore", "eastAsia", "Noto Serif CJK KR", "ko-KR"),
        ("ko", "Latn", "ascii", "Noto Serif CJK KR", "en-GB"),
        ("en", "Kore", "eastAsia", "Noto Serif CJK KR", "ko-KR"),
        ("zh-Hans", "Hans", "eastAsia", "Noto Serif CJK SC", "zh-CN"),
        ("zh-Hant", "Hant", "eastAsia", "Noto Serif CJK TC", "zh-TW"),
        ("ja", "Jpan", "eastAsia", "Noto Serif CJK JP", "ja-JP"),
        ("ar", "Arab", "cs", "Noto Naskh Arabic", "ar-EG"),
        ("ur", "Arab", "cs", "Noto Nastaliq Urdu", "ur-PK"),
        ("ar", "Latn", "ascii", "Noto Serif", "en-GB"),
        ("my", "Mymr", "cs", "Noto Serif Myanmar", "my-MM"),
        ("am", "Ethi", "cs", "Noto Serif Ethiopic", "am-ET"),
        ("ru", "Latn", "ascii", "Noto Serif", "ru-RU"),
    ],
)
def test_a_script_has_its_font_and_language(language: str, script: str, slot: str, family: str, tag: str) -> None:
    found = face(script, language)
    assert (found.slot, found.family, found.tag) == (slot, family, tag)


def test_a_tag_that_is_no_language_is_refused() -> None:
    with pytest.raises(ValueError, match="expected only letters"):
        script_of_language('en" w:x="')
