"""Workbooks (XLSX) as tables: their rows one by one, in the texts that a person sees, behind hard limits. Pure.

Libraries for this load sheets whole, into as many cells as a false reference asks for, and forget how a number is
shown: a postcode 04560 is the number 4560 with a format. So the cells are read here, as they are unpacked. A sheet's
own statement of its size is not even looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaign_app.tables.errors import Damaged, FieldTooLong, NoRows, NotCalculated, RowError, TooMuchInside
from campaign_app.tables.office_zip import OfficeZip, Part
from campaign_app.tables.sheet import LONGEST_FIELD, MOST_ROWS, Numbered, Sheet, Table, table
from campaign_app.tables.workbook import Workbook, Worksheet, opened, unescaped

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # XFD1048576
MOST_CHARACTERS = 48_000_000  # in all cells together; a text that many cells share counts for each
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")


def read_xlsx(content: bytes, most_rows: int = MOST_ROWS) -> Sheet:
    """The whole table in ``content``. Raises TableError, as ``open_xlsx`` and its rows do."""
    return open_xlsx(content, most_rows).sheet()


def open_xlsx(content: bytes, most_rows: int = MOST_ROWS) -> Table:
    """The table on the first sheet of ``content`` that is neither empty nor hidden.

    Raises TableError: NotText, Encrypted, Macros, Damaged, DeclaresEntities, TooMuchInside, NoRows, DuplicateColumn,
    TooManyColumns; its rows raise Damaged, DeclaresEntities, TooMuchInside, TooManyRows.
    """
    parts = OfficeZip(content)
    workbook = opened(parts)
    for worksheet in workbook.worksheets:
        if not worksheet.is_hidden:
            try:
                return table(_level(_numbered(parts, workbook, worksheet)), most_rows, worksheet=worksheet.name)
            except NoRows:
                continue
    raise NoRows


def _numbered(parts: OfficeZip, workbook: Workbook, worksheet: Worksheet) -> Numbered:
    cells = _Cells(workbook)
    for _ in parts.pieces(worksheet.part, cells):
        yield from cells.taken()


def _level(numbered: Numbered) -> Numbered:
    """The rows as long as the header, for a workbook leaves out empty cells; longer ones stay longer."""
    width = 0
    for number, cells in numbered:
        if not isinstance(cells, RowError):
            width = width or len(cells)
            cells += [""] * (width - len(cells))
        yield number, cells


class _Cells(Part):
    """The rows of a worksheet that hold anything, each up to its last filled cell."""

    def __init__(self, workbook: Workbook) -> None:
        super().__init__()
        self._workbook = workbook
        self._rows: list[tuple[int, list[str] | RowError]] = []
        self._row = self._column = self._length = self._characters = 0
        self._is_cell = self._is_text = self._is_formula = False
        self._kind, self._style = "n", "0"
        self._pieces: list[str] = []
        self._filled: list[str] = []
        self._error: RowError | None = None

    def taken(self) -> Iterator[tuple[int, list[str] | RowError]]:
        """What is complete by now, once."""
        rows, self._rows = self._rows, []
        yield from rows

    def opened(self, attributes: dict[str, str]) -> None:
        name = self.path[-1]
        if self._is_cell:
            self._is_text = name == "v" or (name == "t" and "rPh" not in self.path)
            self._is_formula = self._is_formula or name == "f"
        elif self.path[1:] == ["sheetData", "row", "c"]:
            self._begin_cell(attributes)
        elif self.path[1:] == ["sheetData", "row"]:
            self._begin_row(attributes.get("r"))

    def closed(self) -> None:
        self._is_text = False
        if len(self.path) == 4 and self._is_cell:
            self._end_cell()
        elif self.path[1:] == ["sheetData", "row"] and (self._error or self._filled):
            self._rows.append((self._row, self._error or self._filled))

    def text(self, data: str) -> None:
        if self._is_text:
            self._length += len(data)
            if self._length <= LONGEST_FIELD:
                self._pieces.append(data)

    def _begin_row(self, reference: str | None) -> None:
        row = int(reference) if reference and reference.isdecimal() and len(reference) < 8 else self._row + 1
        if not self._row < row <= LAST_ROW:
            raise Damaged
        self._row, self._column = row, 0
        self._filled, self._error = [], None

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        column = self._column + 1
        if reference := attributes.get("r"):
            column = _column(reference, self._row)
        if not self._column < column <= LAST_COLUMN:
            raise Damaged
        self._column = column
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._pieces, self._length = [], 0
        self._is_cell, self._is_formula = True, False

    def _end_cell(self) -> None:
        self._is_cell = False
        written = "".join(self._pieces)
        if self._is_formula and not written and self._kind != "str":
            self._error = self._error or NotCalculated(self._row, f"{_letters(self._column)}{self._row}")
        if self._length > LONGEST_FIELD:
            self._error = self._error or FieldTooLong(self._row)
        elif value := self._value(written):
            self._characters += len(value)
            if self._characters > MOST_CHARACTERS:
                raise TooMuchInside
            if len(value) > LONGEST_FIELD:
                self._error = self._error or FieldTooLong(self._row)
            self._filled += [""] * (self._column - 1 - len(self._filled))
            self._filled.append(value)

    def _value(self, written: str) -> str:
        """What a person sees in the cell (18.18.11)."""
        match self._kind:
            case "str" | "inlineStr" | "e":
                return unescaped(written).strip()
            case _ if not written:
                return ""
            case "s":
                return self._workbook.text(written).strip()
            case "b":
                return "FALSE" if written == "0" else "TRUE"
            case "d":
                return written.removesuffix("T00:00:00").replace("T", " ")
            case _:
                return self._workbook.number(written, self._style)


def _column(reference: str, row: int) -> int:
    """The number of the column in ``reference``, as 28 for ``AB7``. Raises Damaged where it is in another row."""
    found = _REFERENCE.fullmatch(reference)
    if not found or int(found[2]) != row:
        raise Damaged
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
