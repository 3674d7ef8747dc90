from __future__ import annotations

import pytest
from pages import Page, opened, spaceless
from test_envelopes import NATIVE

from campaign_app.documents import labels
from campaign_app.documents.labels import LabelAddress, NoSuchLabel
from campaign_app.documents.marks import Text
from campaign_app.documents.paper import LABEL_SHEETS, UNREACHED, LabelSheet, Offset
from campaign_app.documents.rulers import Words
from campaign_app.documents.unfit import NoRoom, Unprintable
from campaign_app.texts.source import MissingDetail

L7163, A5160 = LABEL_SHEETS["L7163"], LABEL_SHEETS["5160"]
SHORT = LabelAddress(("THE MINISTER", "ASMARA", "ERITREA"))
LONG = (
    "HIS EXCELLENCY THE MINISTER OF JUSTICE", "MINISTRY OF JUSTICE AND HUMAN RIGHTS", "DEPARTMENT OF PRISONS",
    "BLOCK S, PAKISTAN SECRETARIAT", "CONSTITUTION AVENUE", "SECTOR G-5", "ISLAMABAD 44000", "PAKISTAN",
)  # fmt: skip


@pytest.mark.parametrize("sheet", LABEL_SHEETS.values(), ids=LABEL_SHEETS)
def test_every_label_of_a_sheet_holds_its_address(sheet: LabelSheet) -> None:
    page = Page(labels.write([SHORT] * sheet.labels, sheet))
    assert (page.width, page.height) == pytest.approx((sheet.paper.width, sheet.paper.height), abs=0.3)
    for number in range(sheet.labels):
        x, y = sheet.place(number)
        ink = page.ink(x, y, x + sheet.width, y + sheet.height)
        assert ink
        assert ink.left == pytest.approx(x + sheet.inset[0], abs=0.5)
        assert ink.lies_within(x + 4, y + 2, x + sheet.width - 4, y + sheet.height - 2)
        middle = y + sheet.height / 2
        assert (ink.top + ink.bottom) / 2 == pytest.approx(middle, abs=1)


@pytest.mark.parametrize("sheet", LABEL_SHEETS.values(), ids=LABEL_SHEETS)
def test_sheets_are_as_wide_and_high_as_their_labels_say(sheet: LabelSheet) -> None:
    x, y = sheet.place(sheet.labels - 1)
    assert x + sheet.width + sheet.left == pytest.approx(sheet.paper.width, abs=0.7)
    assert y + sheet.height + sheet.top == pytest.approx(sheet.paper.height, abs=0.7)


@pytest.mark.parametrize("sheet", LABEL_SHEETS.values(), ids=LABEL_SHEETS)
def test_nothing_stands_where_printers_do_not_reach(sheet: LabelSheet) -> None:
    ink = Page(labels.write([SHORT] * sheet.labels, sheet)).ink()
    assert ink
    right, bottom = sheet.paper.width - UNREACHED, sheet.paper.height - UNREACHED
    assert ink.lies_within(UNREACHED, UNREACHED, right, bottom, tolerance=0)


def test_half_used_sheets_are_filled_in_rows_from_any_label_on() -> None:
    pdf = labels.write([SHORT] * 12, L7163, start=5)
    assert len(opened(pdf).pages) == labels.sheets(12, L7163, 5) == 2
    first, second = Page(pdf), Page(pdf, 1)
    x, y = L7163.place(4)
    assert (x, y) == (4.67, pytest.approx(15.15 + 2 * 38.1))
    assert first.ink(bottom=y) is None
    assert first.ink(x, y, x + 99, y + 38)
    assert second.ink(bottom=15.15 + 38.1)
    assert second.ink(top=15.15 + 38.1) is None


@pytest.mark.parametrize("start", [0, 15, -1])
def test_a_sheet_has_no_other_labels_than_its_own(start: int) -> None:
    with pytest.raises(NoSuchLabel):
        labels.write([SHORT], L7163, start)


@pytest.mark.parametrize(
    ("addresses", "start", "sheets"), [(0, 9, 0), (1, 1, 1), (14, 1, 1), (14, 2, 2), (15, 1, 2), (60, 5, 5)]
)
def test_sheets_can_be_counted_before_they_are_made(addresses: int, start: int, sheets: int) -> None:
    assert labels.sheets(addresses, L7163, start) == sheets


def test_addresses_follow_each_other_in_their_order() -> None:
    pdf = labels.write([LabelAddress((f"OFFICE {n}", "ERITREA")) for n in range(40)], L7163)
    assert [line for page in range(3) for line in Page(pdf, page).text.split("\n") if "OFFICE" in line] == [
        f"OFFICE {n}" for n in range(40)
    ]


@pytest.mark.parametrize("lines", [6, 7, 8])
def test_long_addresses_fit_on_large_labels_at_ten_points(lines: int) -> None:
    pages = labels.pages([LabelAddress(LONG[-lines:])], L7163, 1, Offset())
    sizes = {mark.size for page in pages for mark in page.marks if isinstance(mark, Text)}
    assert min(sizes) >= 10


@pytest.mark.parametrize("lines", [6, 7, 8])
def test_long_addresses_do_not_fit_on_small_labels_and_are_named(lines: int) -> None:
    with pytest.raises(NoRoom) as raised:
        labels.write([SHORT, LabelAddress(LONG[-lines:])], A5160)
    assert raised.value.address == LONG[-lines]


def test_five_lines_fit_on_small_labels() -> None:
    labels.check(
        LabelAddress(("THE MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "P.O. BOX 1", "ASMARA", "ERITREA")), A5160
    )


@pytest.mark.parametrize("language", NATIVE)
def test_addresses_in_every_script_keep_to_their_labels_and_can_be_read(language: str) -> None:
    page = Page(labels.write([LabelAddress(NATIVE[language], language)], L7163, 4))
    x, y = L7163.place(3)
    ink = page.ink()
    assert ink
    assert ink.lies_within(x + 4, y + 2, x + L7163.width - 4, y + L7163.height - 2)
    text = spaceless(page.text)
    assert all(character in text for character in spaceless("".join(NATIVE[language])))


@pytest.mark.parametrize("language", ["ar", "he"])
def test_an_address_from_right_to_left_begins_at_the_right(language: str) -> None:
    ink = Page(labels.write([LabelAddress(NATIVE[language], language)], L7163)).ink()
    assert ink
    assert ink.right == pytest.approx(L7163.left + L7163.width - 4, abs=0.7)


def test_the_offset_of_the_printer_moves_everything() -> None:
    plain, moved = (Page(labels.write([SHORT], L7163, 7, offset)).ink() for offset in (Offset(), Offset(-1.5, 2)))
    assert plain
    assert moved
    assert (moved.left - plain.left, moved.top - plain.top) == pytest.approx((-1.5, 2), abs=0.15)


def test_what_cannot_be_printed_is_named() -> None:
    with pytest.raises(Unprintable) as raised:
        labels.check(LabelAddress(("Amina \U0001f600",)), L7163)
    assert (raised.value.field, raised.value.characters) == ("addressee", ["\U0001f600"])
    with pytest.raises(MissingDetail):
        labels.check(LabelAddress(()), L7163)


@pytest.mark.parametrize("sheet", LABEL_SHEETS.values(), ids=LABEL_SHEETS)
def test_a_test_page_has_the_outlines_of_labels_and_says_how_to_print(sheet: LabelSheet) -> None:
    page = Page(labels.write_test_page(sheet, Words()))
    assert "Print at 100 %" in " ".join(page.text.split())
    x, y = sheet.place(sheet.labels - 1)
    for edge in (x, x + sheet.width):
        if 1 < edge < sheet.paper.width - 1:
            line = page.ink(edge - 0.6, y + sheet.height - 9, edge + 0.6, y + sheet.height - 8)
            assert line
            assert (line.left + line.right) / 2 == pytest.approx(edge, abs=0.15)
