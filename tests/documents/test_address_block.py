from __future__ import annotations

import pytest

from campaign_app.documents import address_block
from campaign_app.documents.address_block import POINT
from campaign_app.documents.unfit import NoRoom, Unprintable
from campaign_app.texts.source import MissingDetail

SIZES = (14.0, 12.0, 10.0, 9.0, 8.0)
WIDE = (100.0, 50.0)
OFFICE = "OFFICE OF THE UNDERSECRETARY FOR HUMAN RIGHTS AND FUNDAMENTAL FREEDOMS"


@pytest.mark.parametrize(
    ("lines", "room", "size"),
    [(("ASMARA",), (100, 50), 14), (("ASMARA",), (18, 50), 10), (("ASMARA",) * 10, (100, 41), 10)],
)
def test_the_largest_type_that_fits_is_taken(lines: tuple[str, ...], room: tuple[float, float], size: float) -> None:
    block = address_block.fit("addressee", lines, "en", room, SIZES)
    assert block.size == size
    assert block.width <= room[0]
    assert block.height <= room[1]


def test_a_line_is_rather_broken_than_set_small() -> None:
    block = address_block.fit("addressee", (OFFICE, "ASMARA"), "en", WIDE, SIZES)
    assert block.size == 10
    assert [line.text for line in block.lines] == [
        "OFFICE OF THE UNDERSECRETARY FOR HUMAN RIGHTS", "AND FUNDAMENTAL FREEDOMS", "ASMARA",
    ]  # fmt: skip


def test_where_lines_would_be_too_many_they_are_set_smaller() -> None:
    block = address_block.fit("addressee", (OFFICE,) * 6, "en", (100, 46), SIZES)
    assert block.size == 9


def test_what_fits_in_no_type_is_an_error() -> None:
    with pytest.raises(NoRoom) as raised:
        address_block.fit("addressee", ("ASMARA", "W" * 80), "en", WIDE, SIZES)
    assert (raised.value.field, raised.value.address) == ("addressee", "ASMARA")


def test_an_address_without_a_line_is_an_error() -> None:
    with pytest.raises(MissingDetail):
        address_block.fit("addressee", ("", "  "), "en", WIDE, SIZES)


def test_what_no_font_draws_is_an_error() -> None:
    with pytest.raises(Unprintable):
        address_block.fit("sender", ("\U0001f600",), "en", WIDE, SIZES)


@pytest.mark.parametrize("text", ["နေပြည်တော်", "نیلم ساگر", "नई दिल्ली", "กรุงเทพฯ", "서울특별시"])
def test_scripts_with_high_letters_take_higher_lines(text: str) -> None:
    (plain,) = address_block.fit("addressee", ("ASMARA",), "en", WIDE, SIZES).lines
    (line,) = address_block.fit("addressee", (text,), "ur" if text[0] == "ن" else "en", WIDE, SIZES).lines
    assert line.height > plain.height == pytest.approx(1.15 * 14 * POINT)


def test_lines_stand_at_the_left_unless_all_of_them_run_from_right_to_left() -> None:
    mixed = address_block.fit("sender", ("ים כחול", "SEOUL"), "he", WIDE, SIZES)
    hebrew = address_block.fit("sender", ("ים כחול", "ירושלים"), "he", WIDE, SIZES)
    assert {mark.align for mark in mixed.at(0, 0)} == {"left"}
    assert {mark.align for mark in hebrew.at(0, 0)} == {"right"}
    assert {mark.x for mark in hebrew.at(20, 0)} == {20 + hebrew.width}


def test_plain_lines_look_alike_whatever_stands_beside_them() -> None:
    assert [mark.language for mark in address_block.fit("sender", ("林远帆", "SEOUL"), "zh", WIDE, SIZES).at(0, 0)] == [
        "zh", "en",
    ]  # fmt: skip
