"""A table as it is read from whatever kind of file: a header, and rows that know their number. Pure.

What makes the whole table unreadable is raised; what is wrong with single rows comes in their place, so that a person
can mend all of it at once. A row's number is the one that the spreadsheet shows beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campaign_app import characters
from campaign_app.tables.errors import (
    DuplicateColumn,
    NoRows,
    Ragged,
    RefusedCharacters,
    RowError,
    TooManyColumns,
    TooManyRows,
)

LONGEST_FIELD = 131_072  # characters: the limit of Python's csv module, four times what a spreadsheet's cell holds
MOST_ROWS = 100_000
MOST_COLUMNS = 256
MOST_ERRORS = 100  # more than anyone reads; a file in a wrong encoding has one in every row

Numbered = Iterator[tuple[int, list[str] | RowError]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header, each cell clean, as many as the header has."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are read as they are asked for, once; its blank rows are left out.

    ``worksheet`` is the name of the sheet that was read in a workbook; a CSV has an encoding and a separator instead.
    """

    header: tuple[str, ...]
    rows: Iterator[Row | RowError]
    encoding: str = ""
    separator: str = ""
    worksheet: str = ""

    def sheet(self) -> Sheet:
        """The whole table. Raises what ``rows`` raises."""
        rows: list[Row] = []
        errors: list[RowError] = []
        for row in self.rows:
            if isinstance(row, Row):
                rows.append(row)
            else:
                errors.append(row)
        return Sheet(self.header, tuple(rows), tuple(errors), self.encoding, self.separator, self.worksheet)

    def keys(self) -> tuple[str, ...]:
        """The columns as ``column_key`` compares them."""
        return tuple(map(column_key, self.header))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read, without its blank rows and those in ``errors``."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    errors: tuple[RowError, ...]
    encoding: str = ""
    separator: str = ""
    worksheet: str = ""

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row's number with its cells by ``column_key`` of their column; columns without a name are left out."""
        keys = [column_key(name) for name in self.header]
        for row in self.rows:
            yield row.number, {key: cell for key, cell in zip(keys, row.cells, strict=True) if key}


def column_key(name: str) -> str:
    """A column's name as it is compared: without case, accents, spaces and punctuation."""
    return characters.folded(name).replace(" ", "")


def table(
    numbered: Numbered, most_rows: int = MOST_ROWS, *, encoding: str = "", separator: str = "", worksheet: str = ""
) -> Table:
    """The table whose rows, header first, are ``numbered``.

    Raises NoRows, DuplicateColumn, TooManyColumns and what is wrong with the header's row; its rows raise NoRows,
    TooManyRows, and whatever ``numbered`` raises.
    """
    header = _header(numbered)
    return Table(header, _rows(numbered, header, most_rows), encoding, separator, worksheet)


def _header(numbered: Numbered) -> tuple[str, ...]:
    number, cells = next(numbered, (0, []))
    if isinstance(cells, RowError):
        raise cells
    if not cells:
        raise NoRows
    if len(cells) > MOST_COLUMNS:
        raise TooManyColumns(MOST_COLUMNS)
    header = _row(number, cells, tuple(cells)).cells
    seen: set[str] = set()
    for name in header:
        key = column_key(name)
        if key in seen:
            raise DuplicateColumn(name)
        seen |= {key} - {""}
    return header


def _rows(numbered: Numbered, header: tuple[str, ...], most_rows: int) -> Iterator[Row | RowError]:
    count = errors = 0
    for number, cells in numbered:
        count += 1
        if count > most_rows:
            raise TooManyRows(most_rows)
        try:
            yield _row(number, cells, header)
        except RowError as error:
            yield error
            errors += 1
            if errors == MOST_ERRORS:
                return
    if not count:
        raise NoRows


def _row(number: int, cells: list[str] | RowError, header: tuple[str, ...]) -> Row:
    if isinstance(cells, RowError):
        raise cells
    if len(cells) != len(header):
        raise Ragged(number, len(cells), len(header))
    for name, cell in zip(header, cells, strict=True):
        if refused := characters.refused(cell):
            raise RefusedCharacters(number, name, tuple(refused))
    return Row(number, tuple(map(characters.cleaned, cells)))
