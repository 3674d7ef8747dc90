"""Letters as DOCX that a guest fills in with a pen."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.text import WD_TAB_LEADER
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from letters import LETTERS

from campaign_app.documents import letter_docx
from campaign_app.documents.paper import WINDOWS, Layout, Window
from campaign_app.letters.letter import ByHand, Letter
from campaign_app.letters.merge import BY_HAND

LAYOUTS: dict[str, Window | None] = {"none": None, **WINDOWS}


def guest(language: str, address_lines: int = 2) -> Letter:
    by_hand = ByHand(*BY_HAND[language], address_lines)
    return replace(LETTERS[language], sender=("KOREA",), name="", by_hand=by_hand)


def ruled(letter: Letter, window: Window | None = None) -> list[Paragraph]:
    """The paragraphs with lines for a pen."""
    document = Document(io.BytesIO(letter_docx.write(letter, Layout(window=window))))
    return [
        paragraph
        for paragraph in document.paragraphs
        if any(stop.leader == WD_TAB_LEADER.LINES for stop in paragraph.paragraph_format.tab_stops)
    ]


@pytest.mark.parametrize("language", LETTERS)
def test_every_language_says_what_to_fill_in_beside_ruled_lines(language: str) -> None:
    head, end = ruled(guest(language))
    name, address, signature = BY_HAND[language]
    assert head.text.split("\n") == [f"{name}\t\t", f"{address}\t\t", "\t\t"]
    assert end.text.split("\n") == [f"{signature}\t\t", f"{name}\t\t"]


@pytest.mark.parametrize("window", LAYOUTS.values(), ids=LAYOUTS)
def test_lines_are_far_enough_apart_for_a_pen_and_end_below_each_other(window: Window | None) -> None:
    for paragraph in ruled(guest("en"), window):
        begin, end = (stop.position for stop in paragraph.paragraph_format.tab_stops)
        assert paragraph.paragraph_format.line_spacing == pytest.approx(Mm(6.5), abs=Mm(0.1))
        assert end - begin > Mm(40)


@pytest.mark.parametrize(("address_lines", "lines"), [(0, 1), (1, 2), (2, 3)])
def test_a_guest_gives_no_more_of_an_address_than_may_be_given(address_lines: int, lines: int) -> None:
    assert len(ruled(guest("en", address_lines))[0].text.split("\n")) == lines


def test_a_letter_whose_writer_is_known_has_no_ruled_lines() -> None:
    assert not ruled(LETTERS["en"])
