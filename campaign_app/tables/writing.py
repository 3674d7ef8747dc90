"""Tables that people take with them: JSON, and CSV and XLSX in which no cell is a formula or a link. Pure.

Rows are written as they come, so a table may be longer than memory.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

from xlsxwriter import Workbook

from campaign_app.tables.errors import TooMuchInside

Cell = str | int

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What spreadsheet programs take for a formula, in the width of East Asia too (OWASP, CSV Injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
AS_TEXT = "'"
_ROWS_AT_ONCE = 500
_COLUMN_WIDTH = 20  # characters
_AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV in pieces, in UTF-8 with the byte order mark by which spreadsheet programs know it.

    What looks like a formula has ``'`` in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow(map(_harmless, header))
    for number, row in enumerate(rows, 1):
        writer.writerow(map(_harmless, row))
        if number % _ROWS_AT_ONCE == 0:
            yield _emptied(text)
    yield _emptied(text)


def json_pieces(keys: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A list of JSON objects in pieces."""
    text = io.StringIO()
    text.write("[")
    for number, row in enumerate(rows):
        text.write(",\n" if number else "\n")
        text.write(json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False))
        if number % _ROWS_AT_ONCE == 0:
            yield _emptied(text)
    text.write("\n]\n")
    yield _emptied(text)


def write_xlsx(
    to: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], created: datetime, name: str = ""
) -> None:
    """Write a workbook with one sheet, called ``name``: text as text, so that ``+82…`` stays a telephone number.

    ``created`` is what the workbook says of itself; the same table at the same time gives the same bytes. Raises
    TooMuchInside for what no sheet holds: a text of more than 32,767 characters, a row after the 1,048,576th.
    """
    with tempfile.TemporaryDirectory(prefix="table-") as folder:  # gone with what is in it, also where writing fails
        workbook = Workbook(to, {"constant_memory": True, "tmpdir": folder, **_AS_TYPED})
        workbook.set_properties({"created": created})
        sheet = workbook.add_worksheet(name or None)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(header) - 1), _COLUMN_WIDTH)
        bold = workbook.add_format({"bold": True})
        try:
            for column, title in enumerate(header):
                _written(sheet.write_string(0, column, title, bold))
            for number, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                    _written(write(number, column, cell))
            workbook.close()
        finally:
            sheet.row_data_fh.close()  # XlsxWriter leaves the file of its rows open where it does not come to its end


def _harmless(cell: Cell) -> Cell:
    return AS_TEXT + cell if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def _emptied(text: io.StringIO) -> bytes:
    written = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return written


def _written(code: int) -> None:
    """XlsxWriter tells by a number that it left out or cut a cell."""
    if code:
        raise TooMuchInside
