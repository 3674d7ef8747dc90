"""What can be wrong with a table that people send us; ``table_words`` says it to them. Pure."""

from __future__ import annotations

from dataclasses import dataclass


class TableError(Exception):
    """What keeps a table from being taken."""


class NotText(TableError):
    """The file is a spreadsheet program's own of a kind that we do not read, or otherwise no text."""


class Encrypted(TableError):
    """A password is needed to read the file."""


class Macros(TableError):
    """The workbook brings programs along."""


class Damaged(TableError):
    """The workbook is not built as the standard says (ECMA-376)."""


class DeclaresEntities(TableError):
    """A part of the workbook has a document type, which can make much out of little; spreadsheets have none."""


class TooMuchInside(TableError):
    """Unpacked, the workbook is larger than any list of people, in its bytes, parts, elements or characters."""


class NoRows(TableError):
    """There is nothing below the header, or not even a header."""


@dataclass
class WrongEncoding(TableError):
    """The file is not written in ``encoding``; None where it is in none that we know."""

    encoding: str | None


@dataclass
class DuplicateColumn(TableError):
    """Two columns have the same name."""

    name: str


@dataclass
class MissingColumn(TableError):
    """A column that is needed is not there."""

    name: str


@dataclass
class TooManyColumns(TableError):
    most: int


@dataclass
class TooManyRows(TableError):
    most: int


@dataclass
class RowError(TableError):
    """Something wrong in one row."""

    row: int


@dataclass
class Ragged(RowError):
    """A row has more or fewer cells than the header."""

    cells: int
    expected: int


@dataclass
class BrokenQuotes(RowError):
    """A quotation mark opens a cell and nothing closes it, or something follows the closing one."""


@dataclass
class FieldTooLong(RowError):
    """A cell holds more characters than any table may."""


@dataclass
class NotCalculated(RowError):
    """A formula was saved without its result; ``cell`` is its place, as ``C5``."""

    cell: str


@dataclass
class CellError(RowError):
    """Something wrong in one cell."""

    column: str


@dataclass
class RefusedCharacters(CellError):
    """A cell holds characters that can be neither kept nor printed; they are given as ``U+0000``."""

    characters: tuple[str, ...]


@dataclass
class EmptyCell(CellError):
    """A cell that is needed is empty."""


@dataclass
class CellTooLong(CellError):
    """A cell holds more than its column takes."""

    longest: int


@dataclass
class FormulaFailed(CellError):
    """A formula's result is an error, such as ``#N/A``."""

    written: str


@dataclass
class UnknownCountry(CellError):
    written: str


@dataclass
class UnknownLanguage(CellError):
    written: str


@dataclass
class NoEmail(CellError):
    """A cell for an e-mail address holds something else."""

    written: str


@dataclass
class WrongCell(CellError):
    """A cell does not say what its column is for; ``problem`` is a sentence, told by whoever reads the column."""

    problem: str
