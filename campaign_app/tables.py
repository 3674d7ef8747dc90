"""Tables that people send us: CSV as spreadsheets write it, read into rows that know their number. Pure.

What makes the whole table unreadable is raised; what is wrong with single rows is gathered in ``Sheet.errors``, so
that a person can mend all of it at once. A row's number is the one that the spreadsheet shows beside it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaign_app import characters

SEPARATORS = (",", ";", "\t")
LONGEST_FIELD = 131_072  # characters: the limit of Python's csv module, four times what a spreadsheet's cell holds
MOST_ROWS = 100_000
MOST_ERRORS = 100  # more than anyone reads; a file in a wrong encoding has one in every row
_SAMPLE = 65_536  # bytes
_OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # ZIP, as XLSX and ODS are, and OLE, as XLS is


class TableError(Exception):
    """What keeps a table from being taken."""


class NotText(TableError):
    """The file is a spreadsheet program's own, or otherwise no text."""


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
    """A cell holds more than ``LONGEST_FIELD`` characters."""


@dataclass
class RefusedCharacters(RowError):
    """A cell holds characters that can be neither kept nor printed; they are given as ``U+0000``."""

    column: str
    characters: tuple[str, ...]


@dataclass
class WrongCell(RowError):
    """A cell does not say what its column is for; ``problem`` is a sentence, told by whoever reads the column."""

    column: str
    problem: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header, each cell clean, as many as the header has."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read, without its blank rows and those in ``errors``."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    errors: tuple[RowError, ...]
    encoding: str
    separator: str

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row's number with its cells by ``column_key`` of their column; columns without a name are left out."""
        keys = [column_key(name) for name in self.header]
        for row in self.rows:
            yield row.number, {key: cell for key, cell in zip(keys, row.cells, strict=True) if key}


def column_key(name: str) -> str:
    """A column's name as it is compared: without case, accents, spaces and punctuation."""
    return characters.folded(name).replace(" ", "")


def read_csv(
    content: bytes, encoding: str | None = None, separator: str | None = None, most_rows: int = MOST_ROWS
) -> Sheet:
    """The table in ``content``; encoding and separator (of ``SEPARATORS``) are detected where they are not given.

    Raises TableError: NotText, WrongEncoding, NoRows, DuplicateColumn, TooManyRows, and of single rows BrokenQuotes
    and FieldTooLong, after which nothing can be told apart any more.
    """
    if content.startswith(_OFFICE_FILES):
        raise NotText
    encoding = encoding or detected_encoding(content)
    try:
        separator = separator or _detected_separator(_text(content, encoding))
        header, rows, errors = _read(_numbered(_text(content, encoding), separator), most_rows)
    except UnicodeError as error:
        raise WrongEncoding(encoding) from error
    return Sheet(header, rows, errors, encoding, separator)


def detected_encoding(content: bytes) -> str:
    """The encoding of ``content`` by its byte order mark or by what its bytes can be. Raises WrongEncoding.

    Korean is told from Western European by the syllables of KS X 1001: accented capitals before Latin letters, as in
    ``SÃO``, are syllables in CP949 too, but such as hardly any Korean text has.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if zeros := content[:1000].count(0):
        return "utf-16-le" if content[1:1000:2].count(0) > zeros / 2 else "utf-16-be"
    if _decodes(content, "utf-8"):
        return "utf-8"
    if _decodes(content, "cp949") and _is_common_korean(content[:_SAMPLE].decode("cp949", "ignore")):
        return "cp949"
    if _decodes(content, "cp1252"):
        return "cp1252"
    raise WrongEncoding(None)


def _decodes(content: bytes, encoding: str) -> bool:
    pieces = (content[start : start + _SAMPLE] for start in range(0, len(content), _SAMPLE))
    try:
        for _ in codecs.iterdecode(pieces, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _is_common_korean(text: str) -> bool:
    foreign = re.sub(r"[\x00-\x7f]", "", text)
    return len(foreign.encode("euc-kr", "ignore")) >= len(foreign)  # at two bytes a syllable: half of them or more


def _text(content: bytes, encoding: str) -> io.TextIOWrapper:
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    return io.TextIOWrapper(io.BytesIO(content), encoding=codec, newline="")


def _detected_separator(text: Iterable[str]) -> str:
    """The separator that makes the most columns of the first line."""
    first = next((line for line in text if line.strip()), "")[:LONGEST_FIELD]
    return max(SEPARATORS, key=lambda separator: len(next(csv.reader([first], delimiter=separator))))


def _numbered(text: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers from 1. Raises FieldTooLong, BrokenQuotes."""
    reader = csv.reader(text, delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        too_long = str(error).startswith("field larger than field limit")
        raise (FieldTooLong if too_long else BrokenQuotes)(number + 1) from error


def _read(
    numbered: Iterator[tuple[int, list[str]]], most_rows: int
) -> tuple[tuple[str, ...], tuple[Row, ...], tuple[RowError, ...]]:
    """Header, rows and errors of a table, from whatever kind of file it comes."""
    header = _header(numbered)
    rows: list[Row] = []
    errors: list[RowError] = []
    for number, cells in numbered:
        if len(rows) == most_rows:
            raise TooManyRows(most_rows)
        try:
            rows.append(_row(number, cells, header))
        except RowError as error:
            errors.append(error)
            if len(errors) == MOST_ERRORS:
                break
    if not rows and not errors:
        raise NoRows
    return header, tuple(rows), tuple(errors)


def _header(numbered: Iterator[tuple[int, list[str]]]) -> tuple[str, ...]:
    number, cells = next(numbered, (0, []))
    if not cells:
        raise NoRows
    header = _row(number, cells, tuple(cells)).cells
    seen: set[str] = set()
    for name in header:
        key = column_key(name)
        if key in seen:
            raise DuplicateColumn(name)
        seen |= {key} - {""}
    return header


def _row(number: int, cells: list[str], header: tuple[str, ...]) -> Row:
    if len(cells) != len(header):
        raise Ragged(number, len(cells), len(header))
    for name, cell in zip(header, cells, strict=True):
        if refused := characters.refused(cell):
            raise RefusedCharacters(number, name, tuple(refused))
    return Row(number, tuple(map(characters.cleaned, cells)))
