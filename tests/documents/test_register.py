"""Registers and tally cards on paper: everything is on them, on as many pages as it takes."""

from __future__ import annotations

import pypdfium2
import pytest

from campaign_app.documents import register, tally_card
from campaign_app.documents.joined import joined
from campaign_app.documents.marks import Box, Code, Rule, Text
from campaign_app.documents.paper import A4, US_LETTER
from campaign_app.documents.register import Column, Register, Section
from campaign_app.documents.tally_card import BOXES, TallyCard
from campaign_app.documents.unfit import Unprintable

COLUMNS = (Column("Back", 12, tick=True), Column("Serial", 40), Column("Place"), Column("Valid", 20, "right"))


def of(rows: int, title: str = "Free Nadia") -> Register:
    listed = tuple(("", f"G48-P07-{number:04}", "홍대 · Café مثال", "12") for number in range(1, rows + 1))
    return Register(
        "Sheets", (title,), (("Sheets", str(rows)),), (Section("", COLUMNS, listed, ("", "All", "", "99")),),
        "Page %(page)s of %(pages)s", statement="They are gone.", signatures=("By", "Witness"),
        link="https://example.org/c/token",
    )  # fmt: skip


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("rows", [0, 1, 25, 26, 27, 28, 29, 30, 31, 300])
def test_every_row_is_on_some_page_and_all_is_signed_at_the_end(rows: int) -> None:
    pages = texts(register.write(of(rows)))
    whole = "\n".join(pages)
    assert all(f"G48-P07-{number:04}" in whole for number in range(1, rows + 1))
    assert "Witness" in pages[-1]
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


@pytest.mark.parametrize("paper", [A4, US_LETTER])
def test_nothing_stands_beyond_the_margins(paper: register.Paper) -> None:
    for page in register.pages(of(60), paper):
        for mark in page.marks:
            assert 0 < mark.y < paper.height
            if isinstance(mark, Rule):
                assert mark.to_x <= paper.width - register.MARGIN + 0.01


def test_each_page_repeats_the_names_of_the_columns() -> None:
    for page in register.pages(of(60)):
        assert "Serial" in [mark.text for mark in page.marks if isinstance(mark, Text)]


def test_a_character_that_no_font_draws_is_named() -> None:
    with pytest.raises(Unprintable):
        register.write(of(1, title="\U0001fae8"))


def test_a_tally_card_has_a_box_for_each_of_a_hundred_signatures_and_its_code() -> None:
    card = TallyCard(
        "Tally card",
        "나디아를 석방하라 " * 9,
        "G48-P07",
        ("Collector", "Place"),
        "How",
        "Total",
        "https://example.org/c/t",
    )
    marks = tally_card.page(card).marks
    assert len([mark for mark in marks if isinstance(mark, Box)]) == 4 * (BOXES + 1)
    assert len([mark for mark in marks if isinstance(mark, Code)]) == 4
    assert len(texts(tally_card.write(card))) == 1


def test_papers_are_joined_in_their_order() -> None:
    pages = texts(joined([register.write(of(1)), register.write(of(60))]))
    assert len(pages) == 1 + len(texts(register.write(of(60))))
