"""A workbook is read as the person sees it who made it."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from workbooks import BOOK, SHEET, STYLES, packed, parts, written

from campaign_app import characters
from campaign_app.tables.errors import Damaged, DuplicateColumn, NoRows, NotCalculated, Ragged, RefusedCharacters
from campaign_app.tables.files import read_table
from campaign_app.tables.sheet import Row
from campaign_app.tables.xlsx import open_xlsx, read_xlsx


def cells(sheet: str, texts: str = "", **others: str) -> list[tuple[str, ...]]:
    """The rows below a header ``a``, ``b``, ``c``."""
    header = '<row r="1"><c t="inlineStr"><is><t>a</t></is></c><c t="str"><v>b</v></c><c t="str"><v>c</v></c></row>'
    return [row.cells for row in read_xlsx(packed(parts(header + sheet, texts, **others))).rows]


def test_a_workbook_is_told_from_a_csv_by_how_it_begins() -> None:
    sheet = read_table(written([("name", "town"), ("Ada", "서울")]))
    assert (sheet.header, sheet.rows) == (("name", "town"), (Row(2, ("Ada", "서울")),))
    assert (sheet.worksheet, sheet.encoding, sheet.separator) == ("Sheet1", "", "")


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (4560, "", "4560"),
        (4560, "00000", "04560"),
        (1000001, "000-0000", "100-0001"),
        (821012345678, "", "821012345678"),
        (1012345678, "000-0000-0000", "010-1234-5678"),
        (0.1 + 0.2, "", "0.3"),
        (-5, "00000", "-5"),
        (1234.5, "#,##0.00", "1234.5"),
        (True, "", "TRUE"),
        (False, "", "FALSE"),
        (date(2026, 1, 31), "dd/mm/yyyy", "2026-01-31"),
        (date(1900, 2, 28), "d mmm yy", "1900-02-28"),
        (date(2026, 1, 31), 'yyyy"년" m"월" d"일"', "2026-01-31"),
        (datetime(2026, 1, 31, 14, 30), "dd/mm/yyyy hh:mm", "2026-01-31 14:30"),
        (time(9, 5), "h:mm AM/PM", "09:05"),
        ("04560", "", "04560"),
        ("+82 10 1234 5678", "", "+82 10 1234 5678"),
        ("a\tb\r\nc", "", "a b\nc"),
        ("\u1109\u1165\u110b\u116e\u11af", "", "서울"),
    ],
)
def test_a_cell_is_the_text_that_a_person_sees(value: Any, code: str, seen: str) -> None:
    formats = {(1, 0): code} if code else {}
    assert read_xlsx(written([("name",), (value,)], formats=formats)).rows == (Row(2, (seen,)),)


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    book = written([("since",), (date(2026, 1, 31),)], formats={(1, 0): "yyyy-mm-dd"}, date_1904=True)
    assert read_xlsx(book).rows[0].cells == ("2026-01-31",)


def test_a_formula_is_the_result_that_was_saved() -> None:
    assert cells(
        '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>x</f><v>two</v></c><c t="str"><f>""</f><v/></c></row>'
    ) == [("2", "two", "")]


def test_a_formula_without_a_result_is_told_by_its_place() -> None:
    sheet = read_xlsx(packed(parts('<row><c t="str"><v>a</v></c></row><row r="7"><c r="A7"><f>B7</f><v/></c></row>')))
    assert sheet.errors == (NotCalculated(7, "A7"),)


def test_texts_in_pieces_come_without_their_pronunciation() -> None:
    texts = "<si><r><t>東</t></r><r><t>京</t></r><rPh><t>トウキョウ</t></rPh></si><si><t>_x0041__x005F_x0041_</t></si>"
    assert cells('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>', texts) == [("東京", "A_x0041_", "")]


def test_cells_without_references_follow_each_other() -> None:
    assert cells('<row r="3"><c t="str"><v>x</v></c><c/><c><v>1</v></c></row><row><c r="B4"><v>2</v></c></row>') == [
        ("x", "", "1"),
        ("", "2", ""),
    ]


def test_rows_have_the_numbers_of_the_spreadsheet() -> None:
    book = written([(), ("name", "town"), (), ("Ada", "Rome"), ("Bo",)])
    assert read_xlsx(book).rows == (Row(4, ("Ada", "Rome")), Row(5, ("Bo", "")))


def test_safety_15_cells_beyond_the_header_are_told_with_their_row() -> None:
    assert read_xlsx(written([("name",), ("Ada",), ("Bo", "", "x")])).errors == (Ragged(3, 3, 1),)


def test_safety_15_duplicate_columns_are_refused() -> None:
    with pytest.raises(DuplicateColumn):
        read_xlsx(written([("Name", "n a m e"), ("Ada", "Bo")]))


def test_a_character_that_xml_does_not_have_is_told_with_row_and_column() -> None:
    assert read_xlsx(written([("name",), ("A\x1bda",)])).errors == (RefusedCharacters(2, "name", ("U+001B",)),)


def test_the_first_sheet_that_is_neither_empty_nor_hidden_is_read() -> None:
    assert read_xlsx(written([], [("name",), ("Ada",)], [("name",), ("Bo",)])).worksheet == "Sheet2"
    book = parts('<row><c t="str"><v>name</v></c></row>')
    hidden = book[BOOK].replace("<sheet ", '<sheet state="hidden" ')
    with pytest.raises(NoRows):
        read_xlsx(packed({**book, BOOK: hidden}))


def test_a_workbook_without_rows_is_refused() -> None:
    with pytest.raises(NoRows):
        read_xlsx(written([("name",)]))


def test_prefixes_of_elements_do_not_matter() -> None:
    book = parts()
    book[SHEET] = (
        '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c t="str"><x:v>name</x:v></x:c></x:row>'
        '<x:row><x:c t="str"><x:v>Ada</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert read_xlsx(packed(book)).rows == (Row(2, ("Ada",)),)


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="2"/><row r="2"/>',
        '<row r="1048577"/>',
        '<row><c r="B1"/><c r="A1"/></row>',
        '<row><c r="A2"/></row>',
        '<row><c r="XFE1"/></row>',
        '<row><c r="1"/></row>',
        "<row><c><v>many</v></c></row>",
        "<row><c><v>1e999</v></c></row>",
        '<row><c t="s"><v>7</v></c></row>',
        '<row><c t="s"><v>-1</v></c></row>',
        '<row><c s="x"><v>1</v></c></row>',
        "<row><c></row>",
        "<row>",
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(sheet: str) -> None:
    with pytest.raises(Damaged):
        read_xlsx(packed(parts(sheet)))


@pytest.mark.parametrize("part", [SHEET, BOOK, STYLES])
def test_a_workbook_without_one_of_its_parts_is_refused(part: str) -> None:
    book = parts('<row><c t="str"><v>name</v></c></row>')
    del book[part]
    with pytest.raises(Damaged):
        read_xlsx(packed(book))


def test_rows_are_read_as_they_are_asked_for() -> None:
    book = open_xlsx(written([("name",), *((f"Ada {number}",) for number in range(50_000)), ("Bo", "x")]))
    assert next(book.rows) == Row(2, ("Ada 0",))


VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20),
    st.integers(-(10**14), 10**14),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6))
def test_another_reader_finds_the_same_cells(rows: list[tuple[Any, Any]]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    book = written([("a", "b"), *rows], **options)
    peer = python_calamine.load_workbook(io.BytesIO(book)).get_sheet_by_index(0).to_python()[1:]
    expected = [row for row in ([_as_text(cell) for cell in row] for row in peer) if any(row)]
    try:
        ours = [list(row.cells) for row in read_xlsx(book).rows]
    except NoRows:
        ours = []
    assert ours == [[*row, ""][:2] for row in expected]


def _as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    return characters.cleaned(str(int(cell) if isinstance(cell, float) else cell))
