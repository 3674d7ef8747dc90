"""Tables in text form, as spreadsheets write them: encoding and separator are found out, rows read one by one. Pure."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable

from campaign_app.tables.errors import BrokenQuotes, FieldTooLong, NotText, RowError, WrongEncoding
from campaign_app.tables.sheet import LONGEST_FIELD, MOST_ROWS, Numbered, Sheet, Table, table

SEPARATORS = (",", ";", "\t")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how XLSX and ODS begin, and XLS and what has a password
_SAMPLE = 65_536  # bytes


def read_csv(
    content: bytes, encoding: str | None = None, separator: str | None = None, most_rows: int = MOST_ROWS
) -> Sheet:
    """The whole table in ``content``. Raises TableError, as ``open_csv`` and its rows do."""
    return open_csv(content, encoding, separator, most_rows).sheet()


def open_csv(
    content: bytes, encoding: str | None = None, separator: str | None = None, most_rows: int = MOST_ROWS
) -> Table:
    """The table in ``content``; encoding and separator (of ``SEPARATORS``) are detected where they are not given.

    Raises TableError: NotText, WrongEncoding, NoRows, DuplicateColumn, TooManyColumns; its rows raise WrongEncoding,
    TooManyRows. After a row with BrokenQuotes or FieldTooLong nothing can be told apart any more: it is the last.
    """
    if content.startswith((ZIP, OLE)):
        raise NotText
    encoding = encoding or detected_encoding(content)
    try:
        separator = separator or _detected_separator(_text(content, encoding))
    except UnicodeError as error:
        raise WrongEncoding(encoding) from error
    numbered = _numbered(_text(content, encoding), encoding, separator)
    return table(numbered, most_rows, encoding=encoding, separator=separator)


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


def _numbered(text: Iterable[str], encoding: str, separator: str) -> Numbered:
    """The rows with their numbers from 1. Raises WrongEncoding."""
    reader = csv.reader(text, delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        yield number + 1, _told(error, number + 1)
    except UnicodeError as error:
        raise WrongEncoding(encoding) from error


def _told(error: csv.Error, number: int) -> RowError:
    too_long = str(error).startswith("field larger than field limit")
    return (FieldTooLong if too_long else BrokenQuotes)(number)
