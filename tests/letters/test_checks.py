from __future__ import annotations

import pytest

from campaign_app.letters.checks import forbidden_in


@pytest.mark.parametrize(
    "text", ["Café Liberté", "the CAFE LIBERTE!", "cafe\nliberte", "“Café-Liberté”", "at café liberté, today"]
)
def test_a_phrase_is_found_however_it_is_written(text: str) -> None:
    assert forbidden_in(text, ["Café Liberté"]) == ["Café Liberté"]


@pytest.mark.parametrize(("text", "phrase"), [("국제편지회는 씁니다", "국제편지회"), ("我们是信件协会的", "信件协会")])
def test_a_phrase_is_found_with_particles_joined_and_without_spaces(text: str, phrase: str) -> None:
    assert forbidden_in(text, [phrase]) == [phrase]


@pytest.mark.parametrize("text", ["cafe", "cafeteria liberte", "the cafe is liberte", ""])
def test_other_words_are_left_in_peace(text: str) -> None:
    assert forbidden_in(text, ["Café Liberté", "", "..."]) == []
