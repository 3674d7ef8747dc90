"""What people send as CSV is read, whatever wrote it; what is wrong is told by the row of the spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_app import characters
from campaign_app.tables.csv import read_csv
from campaign_app.tables.errors import (
    BrokenQuotes,
    DuplicateColumn,
    FieldTooLong,
    NoRows,
    NotText,
    Ragged,
    RefusedCharacters,
    TooManyColumns,
    TooManyRows,
    WrongEncoding,
)
from campaign_app.tables.sheet import LONGEST_FIELD, MOST_COLUMNS, MOST_ERRORS, Row

KOREAN = "이름,주소\n김철수,서울특별시 종로구 세종대로 209\n"
WESTERN = "name;town\nJosé Muñoz;SÃO PAULO\nZoë Müller;MÁLAGA “Ärzte”\n"


@pytest.mark.parametrize(
    ("text", "codec", "encoding", "separator"),
    [
        (KOREAN, "utf-8", "utf-8", ","),
        (KOREAN, "utf-8-sig", "utf-8", ","),
        (KOREAN, "utf-16", "utf-16", ","),
        (KOREAN, "cp949", "cp949", ","),
        (WESTERN, "utf-8", "utf-8", ";"),
        (WESTERN, "cp1252", "cp1252", ";"),
        (WESTERN, "utf-16-le", "utf-16-le", ";"),
        (WESTERN, "utf-16-be", "utf-16-be", ";"),
        (WESTERN.replace("“", "").replace("”", ""), "latin-1", "cp1252", ";"),
        ("name\ttown\nAda\tParis, France\n", "ascii", "utf-8", "\t"),
        ("name,town\r\nAda,Paris; France\r\n", "ascii", "utf-8", ","),
        ("name,town\rAda,Paris\r", "ascii", "utf-8", ","),
        ('"name, all of it",town\nAda,Paris\n', "ascii", "utf-8", ","),
        ("name\nAda\n", "ascii", "utf-8", ","),
    ],
)
def test_safety_14_encoding_and_separator_are_detected(text: str, codec: str, encoding: str, separator: str) -> None:
    sheet = read_csv(text.encode(codec))
    assert (sheet.encoding, sheet.separator, sheet.errors) == (encoding, separator, ())
    expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    assert [list(sheet.header), *(list(row.cells) for row in sheet.rows)] == expected


def test_safety_14_encoding_and_separator_can_be_given() -> None:
    sheet = read_csv("a;b,c\n이;b,c\n".encode("cp949"), "cp949", ";")
    assert (sheet.header, sheet.rows) == (("a", "b,c"), (Row(2, ("이", "b,c")),))


def test_a_wrong_given_encoding_is_named() -> None:
    with pytest.raises(WrongEncoding) as raised:
        read_csv(KOREAN.encode("cp949"), "utf-8")
    assert raised.value.encoding == "utf-8"


@pytest.mark.parametrize("content", [b"PK\x03\x04 and more", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_spreadsheet_file_is_no_csv(content: bytes) -> None:
    with pytest.raises(NotText):
        read_csv(content)


def test_bytes_in_no_known_encoding_are_refused() -> None:
    with pytest.raises(WrongEncoding) as raised:
        read_csv(b"name\n\xff\x81\x8d\n")
    assert raised.value.encoding is None


@pytest.mark.parametrize("content", [b"", b"\n\n", b"name,town\n", b"name,town\n,\n \n", b"\xef\xbb\xbf"])
def test_a_table_without_rows_is_refused(content: bytes) -> None:
    with pytest.raises(NoRows):
        read_csv(content)


def test_rows_have_the_numbers_of_the_spreadsheet() -> None:
    sheet = read_csv(b'name,town\n\nAda,"Two\nlines"\n,\nBo,Rome\n')
    assert sheet.rows == (Row(3, ("Ada", "Two\nlines")), Row(5, ("Bo", "Rome")))


def test_safety_15_all_ragged_rows_are_told_at_once() -> None:
    sheet = read_csv(b"name,town\nAda\nBo,Rome\nCy,Oslo,7\n")
    assert sheet.errors == (Ragged(2, 1, 2), Ragged(4, 3, 2))
    assert sheet.rows == (Row(3, ("Bo", "Rome")),)


@pytest.mark.parametrize("header", ["name,town,Name", "name,n a m e", "E-mail;e mail", "É,é"])
def test_safety_15_duplicate_columns_are_named_whatever_their_case_and_spaces(header: str) -> None:
    with pytest.raises(DuplicateColumn) as raised:
        read_csv(f"{header}\n1,2,3\n".encode())
    assert raised.value.name


def test_columns_without_a_name_are_left_out_of_the_records() -> None:
    sheet = read_csv("First Name,,TOWN,\nAda,x,Köln,\n".encode())
    assert list(sheet.records()) == [(2, {"firstname": "Ada", "town": "Köln"})]


def test_more_rows_than_taken_are_refused() -> None:
    assert len(read_csv(b"name\na\n\nb\n", most_rows=2).rows) == 2
    with pytest.raises(TooManyRows):
        read_csv(b"name\na\nb\nc\n", most_rows=2)


def test_safety_15_a_hundred_thousand_rows_and_one_are_refused() -> None:
    with pytest.raises(TooManyRows):
        read_csv(b"name\n" + b"a\n" * 100_001)


def test_safety_15_a_field_over_131072_characters_is_told_with_its_row() -> None:
    sheet = read_csv(f"name,town\nBo,Oslo\nAda,{'x' * (LONGEST_FIELD + 1)}\nCy,Rome\n".encode())
    assert sheet.errors == (FieldTooLong(3),)


def test_a_header_that_is_too_long_is_refused() -> None:
    with pytest.raises(FieldTooLong):
        read_csv(f"{'x' * (LONGEST_FIELD + 1)}\nAda\n".encode())


def test_more_columns_than_any_list_has_are_refused() -> None:
    with pytest.raises(TooManyColumns):
        read_csv(",".join(map(str, range(MOST_COLUMNS + 1))).encode())


@pytest.mark.parametrize("row", ['"Ada,Rome', '"Ada" the first,Rome', '"' + "x\n" * 50])
def test_open_quotes_are_told_with_the_row_where_they_open(row: str) -> None:
    sheet = read_csv(f"name,town\nBo,Oslo\n{row}\n".encode())
    assert sheet.errors == (BrokenQuotes(3),)
    assert sheet.rows == (Row(2, ("Bo", "Oslo")),)


@pytest.mark.parametrize(
    ("cell", "named"), [("A\x00da", "U+0000"), ("A\x1bda", "U+001B"), ("A\ufffeda", "U+FFFE"), ("A\x85da", "U+0085")]
)
def test_characters_that_cannot_be_printed_are_told_with_row_and_column(cell: str, named: str) -> None:
    sheet = read_csv(f"name,town\nBo,Oslo\nBo,{cell}\n".encode(), "utf-8")
    assert sheet.errors == (RefusedCharacters(3, "town", (named,)),)


def test_cells_are_cleaned_as_in_forms() -> None:
    sheet = read_csv("name,town\n  \u202eAda\u202c ,\u1109\u1165\u110b\u116e\u11af\n".encode())
    assert sheet.rows == (Row(2, ("Ada", "서울")),)


def test_no_more_errors_are_gathered_than_anyone_reads() -> None:
    assert len(read_csv(b"name,town\n" + b"x\n" * 1000).errors) == MOST_ERRORS


def test_what_looks_like_markup_or_a_formula_is_text() -> None:
    sheet = read_csv(b'name,town\n<script>alert(1)</script>,"=HYPERLINK(""x"")"\n')
    assert sheet.rows[0].cells == ("<script>alert(1)</script>", '=HYPERLINK("x")')


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20).filter(
    lambda cell: not characters.refused(cell)
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=10), st.sampled_from([",", ";", "\t"]))
def test_what_a_csv_writer_wrote_is_read_back(rows: list[tuple[str, str]], separator: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([("name", "town"), *rows])
    cleaned = [tuple(map(characters.cleaned, row)) for row in rows if any(map(str.strip, row))]
    try:
        read = [row.cells for row in read_csv(text.getvalue().encode(), "utf-8").rows]
    except NoRows:
        read = []
    assert read == cleaned
