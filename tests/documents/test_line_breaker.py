from __future__ import annotations

import random
from functools import partial

import pytest
from letters import LETTERS

from campaign_app.documents import line_breaker, paragraphs, shaping, typesetting
from campaign_app.documents.letter_type import letter_type, shown
from campaign_app.letters.letter import Paragraph, Run

MEASURE = 453.54  # pt between the margins of A4


def by_weasyprint(texts: list[str], language: str, width: float) -> list[list[str]]:
    """The lines into which WeasyPrint breaks each text."""
    type_ = letter_type(language, 11.0, False)
    blocks = [
        paragraphs.Block(type_, "paragraph", Paragraph((Run(text),)), width, 11.0, type_.leading) for text in texts
    ]
    source = partial(paragraphs._source, type_)(blocks)
    laid = typesetting.lay_out(source, paragraphs._stylesheets(type_))
    return [[line.text.strip(" ") for line in one.texts] for one in laid]


def made_up(language: str, *others: str) -> list[str]:
    """Paragraphs of the words of a letter in other orders, and of ``others``."""
    chance = random.Random(language)  # noqa: S311
    words = " ".join(block.text for block in LETTERS[language].body).split()
    return [" ".join(chance.choices([*words, *others * 2], k=chance.randint(3, 40))) for _ in range(12)]


@pytest.mark.parametrize("width", [MEASURE, 230.0])
@pytest.mark.parametrize("language", LETTERS)
def test_lines_break_where_weasyprint_breaks_them(language: str, width: float) -> None:
    type_ = letter_type(language, 11.0, False)
    texts = made_up(language)
    for text, theirs in zip(texts, by_weasyprint(texts, language, width), strict=True):
        assert line_breaker.broken(shown(text, language), type_.look, width / 11 * 1000) in (None, theirs)


@pytest.mark.parametrize("language", LETTERS)
def test_lines_of_several_scripts_keep_to_their_room_and_say_all(language: str) -> None:
    look = letter_type(language, 11.0, False).look
    for text in made_up(
        language, "(Tolva Meren)", "well-known", "2026년", "한바다", "«мир»", "3/4", "a@example.org", "بحر"
    ):
        lines = line_breaker.broken(shown(text, language), look, 40_000)
        assert lines
        assert "".join(lines).replace(" ", "") == shown(text, language).replace(" ", "")
        assert all(shaping.shape(line, look).width < 40_500 for line in lines)


def test_a_word_wider_than_the_room_is_left_to_others() -> None:
    look = letter_type("en", 11.0, False).look
    assert line_breaker.broken("a word " + "w" * 45, look, 20_000) is None


def test_a_text_that_fits_is_one_line() -> None:
    look = letter_type("en", 11.0, False).look
    assert line_breaker.broken(" one line ", look, 20_000) == ["one line"]
