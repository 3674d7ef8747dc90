"""Letters that a guest fills in with a pen."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pytest
from letters import LETTERS
from pages import DARK, Ink, Page, spaceless
from PIL import ImageChops

from campaign_app.documents import chunk_setting, letter_pdf, run_pdf
from campaign_app.documents.blocks import PEN
from campaign_app.documents.paper import LEAST_MARGIN, SIDE_MARGIN, WINDOWS, Layout, Window
from campaign_app.letters.letter import ByHand, Letter
from campaign_app.letters.merge import BY_HAND

LAYOUTS: dict[str, Window | None] = {"none": None, **WINDOWS}


def guest(language: str, address_lines: int = 2) -> Letter:
    by_hand = ByHand(*BY_HAND[language], address_lines)
    return replace(LETTERS[language], sender=("KOREA",), name="", by_hand=by_hand)


def rules(page: Page, top: float = 0, bottom: float = 290) -> list[Ink]:
    """Ruled lines: rows of dots with a long dark stretch, in mm."""
    dots = page.picture.width / page.width
    found: list[Ink] = []
    for y in range(round(top * dots), round(bottom * dots)):
        row = page.picture.crop((0, y, page.picture.width, y + 1)).point(lambda value: 255 * (value < DARK)).tobytes()
        stretch = max(row.split(b"\0"), key=len)
        if len(stretch) > 35 * dots and not (found and y / dots - found[-1].bottom < 1):
            left = row.index(stretch)
            found.append(Ink(left / dots, y / dots, (left + len(stretch)) / dots, (y + 1) / dots))
    return found


@pytest.mark.parametrize("language", LETTERS)
def test_every_language_says_what_to_fill_in_beside_ruled_lines(language: str) -> None:
    page = Page(letter_pdf.write(guest(language)))
    assert len(rules(page)) == 5
    text = spaceless(page.text)
    assert all(character in text for caption in BY_HAND[language] for character in spaceless(caption))


@pytest.mark.parametrize("window", LAYOUTS.values(), ids=LAYOUTS)
def test_the_lines_at_the_head_are_far_enough_apart_for_a_pen_and_clear_of_the_window(window: Window | None) -> None:
    page = Page(letter_pdf.write(guest("en"), Layout(window=window)))
    head = rules(page, bottom=90)
    assert len(head) == 3
    for upper, lower in pairwise(head):
        assert lower.top - upper.top == pytest.approx(PEN / 72 * 25.4, abs=0.2)
    if window is None:
        assert head[0].top == pytest.approx(LEAST_MARGIN + 6.5, abs=0.3)


def test_there_is_room_to_sign() -> None:
    page = Page(letter_pdf.write(guest("en")))
    signature, name = rules(page, top=100)
    above = page.ink(left=SIDE_MARGIN, right=110, top=signature.top - 13, bottom=signature.top - 4)
    assert above is None
    assert name.top - signature.top == pytest.approx(6.5, abs=0.2)


@pytest.mark.parametrize(("address_lines", "lines"), [(0, 1), (1, 2), (2, 3)])
def test_a_guest_gives_no_more_of_an_address_than_may_be_given(address_lines: int, lines: int) -> None:
    page = Page(letter_pdf.write(guest("en", address_lines)))
    assert len(rules(page, bottom=60)) == lines
    assert ("Address" in page.text) is (address_lines > 0)


@pytest.mark.parametrize("language", ["ar", "he"])
def test_lines_from_right_to_left_begin_at_the_right(language: str) -> None:
    page = Page(letter_pdf.write(guest(language)))
    assert min(rule.left for rule in rules(page, bottom=50)) > 60


def test_a_letter_whose_writer_is_known_has_no_ruled_lines() -> None:
    assert not rules(Page(letter_pdf.write(LETTERS["en"])))


@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_a_pile_of_blank_letters_has_the_lines_that_one_has(language: str) -> None:
    letters = [replace(guest(language), reference=f"K7M2-000{n}") for n in range(3)]
    stream = io.BytesIO()
    assert (
        run_pdf.assemble([chunk_setting.set_chunk(letters, Layout(), letter_pdf.galley())], stream, title="Blank") == 3
    )
    for number, letter in enumerate(letters):
        alone, in_the_pile = Page(letter_pdf.write(letter)), Page(stream.getvalue(), number)
        assert ImageChops.difference(alone.picture, in_the_pile.picture).getbbox() is None
