from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.handwriting import blank_sheet, filling
from campaign_app.petitions.reading import read
from campaign_app.petitions.reading.read import Known, Unreadable
from campaign_app.petitions.reading.rows import Mark
from tests.petitions.reading import filled
from tests.petitions.reading.filled import FilledSheet


def is_right(said: read.PageReading, sheet: FilledSheet) -> bool:
    """Whether nothing is said wrongly, and no more than one row is left to a person."""
    pairs = list(zip(said.rows, sheet.truth, strict=True))
    sent = sum(row.mark is Mark.UNCERTAIN for row, _ in pairs)
    return sent <= 1 and all(row.mark in (truth, Mark.UNCERTAIN) for row, truth in pairs)


@pytest.mark.parametrize("design", range(len(blank_sheet.DESIGNS)))
def test_rows_of_every_design_are_judged(design: int) -> None:
    sheet = filled.sheet(design)
    said = read.read(filled.small(sheet.grey), sheet.lookup)
    assert said.serial == "G48-P07-0001"
    assert said.error is None
    assert is_right(said, sheet)


@pytest.mark.parametrize("seed", range(8))
def test_a_worn_page_is_read(seed: int) -> None:
    """Turned, photographed, in shadow, blurred, as the generator's lots say."""
    sheet = filled.sheet(seed % len(blank_sheet.DESIGNS), seed=100 + seed)
    said = read.read(filled.worn(sheet, seed), sheet.lookup)
    assert said.serial
    assert is_right(said, sheet)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head_is_read(turns: int) -> None:
    sheet = filled.sheet()
    said = read.read(np.ascontiguousarray(np.rot90(filled.small(sheet.grey), turns)), sheet.lookup)
    assert is_right(said, sheet)


def test_a_sheet_with_a_corner_torn_off_is_read() -> None:
    sheet = filled.sheet()
    picture = filled.small(sheet.grey).copy()
    height, width = picture.shape
    picture[height - 200 :, width - 200 :] = 200
    assert is_right(read.read(picture, sheet.lookup), sheet)


def test_a_blank_sheet_has_no_signatures() -> None:
    blank = blank_sheet.blank(0, 1)
    grey = cv2.cvtColor(blank.page, cv2.COLOR_RGB2GRAY)
    said = read.read(filled.small(grey, 100), lambda _: Known("G48-P07-0001", blank.grid))
    assert [row.mark for row in said.rows] == [Mark.EMPTY] * blank.grid.count


def test_a_line_through_empty_rows_strikes_them_out() -> None:
    blank = blank_sheet.blank(0, 1)
    truth = [filling.STRUCK] * 3 + [filling.EMPTY] * (blank.grid.count - 3)
    rng = np.random.default_rng(3)
    page = filling.fill(blank.page, blank.grid, filled.TestingHand, rng, truth).page
    said = read.read(filled.small(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)), lambda _: Known("x", blank.grid))
    assert said.numbers(Mark.STRUCK) == [1, 2, 3]


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ("a white page", Unreadable.NO_CODE),
        ("a sheet that nobody knows", Unreadable.NOT_A_SHEET),
        ("a code without its sheet", Unreadable.NO_MARKS),
    ],
)
def test_a_page_that_is_no_sheet_says_why(shown: str, why: Unreadable) -> None:
    sheet = filled.sheet()
    picture, lookup = filled.small(sheet.grey), sheet.lookup
    if shown == "a white page":
        picture = np.full_like(picture, 255)
    elif shown == "a sheet that nobody knows":
        lookup = {}.get
    else:
        picture = picture.copy()
        for mark in sheet.blank.grid.marks:
            x, y = (round(place * 150 / 25.4) for place in (mark.x, mark.y))
            picture[y - 3 : y + 35, x - 3 : x + 35] = 255
    said = read.read(picture, lookup)
    assert said.error is why
    assert not said.rows
