"""Sheets as they are printed: what stands on them in every script, and what a machine finds."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
import zxingcpp
from pages import Page, opened, spaceless
from PIL import Image, ImageStat
from sheets import TEXTS, content, numbered

from campaign_app import languages
from campaign_app.documents import sheet_pdf, sheet_words
from campaign_app.documents.sheet import NumberedSheet, SheetContent
from campaign_app.documents.sheet_grid import Box
from campaign_app.documents.sheet_page import arrange

DESIGNS = [{}, {"landscape": True, "rows": 8}, {"paper": "Letter", "consent": True}, {"large_print": True, "rows": 8},
           {"tear_off": True, "rows": 10}]  # fmt: skip


def printed(one: SheetContent, count: int = 1) -> list[Page]:
    pdf = sheet_pdf.write(one, numbered(count))
    return [Page(pdf, number) for number in range(count)]


def must_say(one: SheetContent) -> Iterator[str]:
    """Everything that PAPER.md lists for a sheet, but for what differs from sheet to sheet."""
    yield one.organizer
    yield from one.return_address
    for text in one.texts:
        words = sheet_words.words(text.language)
        yield languages.name(text.language)
        yield from (text.title, *text.addressees, text.notice, text.who_may_sign, text.return_by)
        yield from (part.removeprefix("- ") for part in text.text.split("\n") if part)
        yield from (words.name, words.either, words.signature, words.date)
        yield from (words.collector, words.place, words.statement, words.count)


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_everything_stands_on_a_sheet_in_every_script(language: str) -> None:
    one = content(language, rows=8)
    (page,) = printed(one)
    if languages.direction(language) == "rtl":  # a copy of laid-out text does not keep the order of its characters
        assert _letters("".join(must_say(one))) <= _letters(page.text)
    else:
        assert [text for text in must_say(one) if spaceless(text) not in spaceless(page.text)] == []
    assert "G48-P07-0001" in page.text


def _letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, text))


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_everything_stands_on_a_sheet_whatever_is_chosen(design: dict[str, object]) -> None:
    one = content("en", **design)
    (page,) = printed(one)
    assert [text for text in must_say(one) if spaceless(text) not in spaceless(page.text)] == []
    assert all(f"\n{number}" in f"\n{page.text}" for number in range(1, one.design.rows + 1))


def test_both_languages_stand_on_a_bilingual_sheet() -> None:
    one = content("en", "ko")
    (page,) = printed(one)
    assert [text for text in must_say(one) if spaceless(text) not in spaceless(page.text)] == []


@pytest.mark.parametrize("language", ["en", "ar", "my", "ko"])
@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_ink_keeps_to_the_area_that_printers_reach(language: str, design: dict[str, object]) -> None:
    one = content(language, **design)
    grid = arrange(one).grid
    (page,) = printed(one)
    ink = page.ink(bottom=(grid.cut or grid.height) - 1)
    assert ink
    assert ink.lies_within(7, 7, grid.width - 7, grid.height - 7, tolerance=0.3)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_marks_are_black_and_what_is_around_them_and_the_code_is_white(
    language: str, design: dict[str, object]
) -> None:
    one = content(language, **design)
    grid = arrange(one).grid
    (page,) = printed(one)
    for mark in grid.marks:
        found = page.ink(mark.x - 1.9, mark.y - 1.9, mark.right + 1.9, mark.bottom + 1.9)
        assert found
        assert found.lies_within(mark.x, mark.y, mark.right, mark.bottom, tolerance=0.2)
        assert _darkness(page, mark) > 0.97
    quiet = grid.code.width / 33 * 4
    code = page.ink(grid.code.x - quiet, grid.code.y - 1.9, grid.code.right + quiet, grid.code.bottom + quiet)
    assert code
    assert code.lies_within(grid.code.x, grid.code.y, grid.code.right, grid.code.bottom, tolerance=0.2)


def _darkness(page: Page, box: Box) -> float:
    dots = page.picture.width / page.width
    edges = (box.x + 0.2, box.y + 0.2, box.right - 0.2, box.bottom - 0.2)
    return 1 - ImageStat.Stat(page.picture.crop(tuple(round(edge * dots) for edge in edges))).mean[0] / 255


def test_lines_of_the_table_are_where_the_grid_says() -> None:
    one = content("en", rows=12)
    grid = arrange(one).grid
    (page,) = printed(one)
    inside = grid.columns[1]
    for y in grid.rows:
        line = page.ink(inside.left + 2, y - 1, inside.right - 2, y + 1)
        assert line
        assert line.top == pytest.approx(y, abs=0.35)
    for top, bottom in zip(grid.rows, grid.rows[1:], strict=False):
        assert page.ink(inside.left + 1, top + 0.6, inside.right - 1, bottom - 0.6) is None


def test_each_sheet_has_its_own_serial_code_and_place_among_the_pages() -> None:
    pages = printed(content("en", "ko"), 3)
    for number, (page, sheet) in enumerate(zip(pages, numbered(3), strict=True), 1):
        (code,) = zxingcpp.read_barcodes(page.picture, formats=zxingcpp.BarcodeFormat.QRCode)
        assert code.text == sheet.link
        assert page.text.count(sheet.serial) == 2
        assert f"Page {number} of 3" in page.text
        assert f"3쪽 중 {number}쪽" in page.text


def test_a_long_serial_keeps_to_the_column_of_its_code() -> None:
    one = content("en")
    pdf = sheet_pdf.write(one, [NumberedSheet("G4800-P100-12345", "https://letters.example.org/s/1")])
    ink = Page(pdf).ink(170, 41.5, 205, 44.5)
    assert ink
    assert ink.lies_within(172, 41, 198, 45)


def test_the_code_tells_which_way_up_a_sheet_lies() -> None:
    (page,) = printed(content("en"))
    upright, turned = (
        zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)[0].position
        for picture in (page.picture, page.picture.rotate(180))
    )
    assert upright.top_left.y < upright.bottom_left.y
    assert turned.top_left.y > turned.bottom_left.y
    assert upright.top_left.y < page.picture.height / 2 < turned.top_left.y


def test_what_sheets_share_is_written_once() -> None:
    one = content("en", "ko")
    ten, hundred = (len(sheet_pdf.write(one, numbered(count))) for count in (10, 100))
    assert (hundred - ten) / 90 < 1000  # bytes a sheet


def test_the_logo_stands_at_the_head_and_moves_the_text_down() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (400, 100), (255, 120, 0, 255)).save(stream, "PNG")
    one = content("en", logo=stream.getvalue())
    (page,) = printed(one)
    ink = page.ink(13.5, 6, 13.5 + 50, 18)
    assert ink
    assert (ink.left, ink.top) == pytest.approx((14, 7), abs=0.3)
    assert arrange(one).blocks[1].y > arrange(content("en")).blocks[1].y


def test_a_transparent_logo_lies_on_white() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (400, 100), (0, 0, 0, 0)).save(stream, "PNG")
    (page,) = printed(content("en", logo=stream.getvalue()))
    assert page.ink(13.5, 6.5, 60, 10.5) is None or page.ink(13.5, 6.5, 30, 9) is None


def test_safety_2_a_title_like_markup_is_on_paper_as_typed() -> None:
    one = content("en")
    wild = "{{7*7}} A & B <C> </w:t>"
    (page,) = printed(replace(one, texts=(replace(one.texts[0], title=wild, text=wild, who_may_sign=wild),)))
    assert page.text.replace("\n", " ").count(wild) == 3


def test_safety_13_a_pdf_says_nothing_of_who_made_it() -> None:
    with opened(sheet_pdf.write(content("en"), numbered(1))) as document:
        assert set(document.docinfo) == {"/Title"}
        assert set(document.Root) == {"/Type", "/Pages", "/Lang", "/ViewerPreferences"}
