"""What people take with them opens as they see it here: no cell runs, none leads anywhere."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from campaign_app import characters
from campaign_app.tables.errors import TooMuchInside
from campaign_app.tables.files import read_table
from campaign_app.tables.writing import csv_pieces, write_xlsx

DAY = datetime(2026, 1, 31)
DANGEROUS = ["=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


def workbook(*rows: list[str | int], header: tuple[str, ...] = ("a", "b")) -> bytes:
    stream = io.BytesIO()
    write_xlsx(stream, header, rows, DAY)
    return stream.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("cell", DANGEROUS)
def test_safety_18_what_looks_like_a_formula_has_a_mark_in_front_in_csv(cell: str) -> None:
    text = b"".join(csv_pieces([cell], [[cell]])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[f"'{cell}"], [f"'{cell}"]]


@pytest.mark.parametrize("cell", [*DANGEROUS, "{=1}", "http://example.org", "mailto:a@example.org", "internal:A1"])
def test_safety_18_what_looks_like_a_formula_or_a_link_is_text_in_xlsx(cell: str) -> None:
    content = workbook([cell, "x"], header=(cell, "b"))
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert sheet.count('t="inlineStr"') == 4
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1][1] == "x"


@pytest.mark.parametrize("phone", ["+82 10-1234-5678", "+821012345678", "01012345678", "04560", "1E5"])
def test_safety_18_a_telephone_number_stays_one_in_xlsx(phone: str) -> None:
    content = workbook([phone, ""])
    assert python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1][0] == phone


def test_a_csv_begins_with_the_mark_by_which_spreadsheets_know_unicode() -> None:
    assert b"".join(csv_pieces(["이름"], [["김철수"]])) == "\ufeff이름\r\n김철수\r\n".encode()


def test_counts_stay_numbers() -> None:
    assert b"".join(csv_pieces(["n"], [[-3]])).endswith(b"\r\n-3\r\n")
    assert python_calamine.load_workbook(io.BytesIO(workbook([5]))).get_sheet_by_index(0).to_python()[1][0] == 5


def test_a_workbook_is_the_same_every_time_and_names_nobody() -> None:
    assert workbook(["x", "y"]) == workbook(["x", "y"])
    assert "<dc:creator></dc:creator>" in part(workbook(["x"]), "docProps/core.xml")
    assert "2026-01-31T00:00:00Z" in part(workbook(["x"]), "docProps/core.xml")


def test_rows_are_written_as_they_come() -> None:
    pieces = csv_pieces(["n"], ([str(number)] for number in range(2000)))
    assert len(list(pieces)) > 3


def test_a_text_that_no_cell_holds_is_no_text_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(TooMuchInside):
        workbook(["x" * 32_768])
    assert list(tmp_path.iterdir()) == []


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=20).filter(
    lambda cell: characters.cleaned(cell) and not characters.refused(cell)
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=10))
def test_what_was_written_is_read_back(rows: list[tuple[str, str]]) -> None:
    cleaned = [tuple(map(characters.cleaned, row)) for row in rows]
    assert [row.cells for row in read_table(workbook(*map(list, rows))).rows] == cleaned
    harmless = b"".join(csv_pieces(("a", "b"), rows))
    assert [tuple(cell.removeprefix("'") for cell in row.cells) for row in read_table(harmless, "utf-8", ",").rows] == [
        tuple(cell.removeprefix("'") for cell in row) for row in cleaned
    ]
