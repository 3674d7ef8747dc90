"""A workbook made to harm is refused, in a process that stays small; the bombs are made here."""

from __future__ import annotations

import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from workbooks import (
    BOOK,
    SHEET,
    STYLES,
    TEXTS,
    declaring,
    overlapping,
    packed,
    parts,
    with_repeated,
    written,
)

from campaign_app.tables import office_zip
from campaign_app.tables.errors import (
    Damaged,
    DeclaresEntities,
    Encrypted,
    FieldTooLong,
    Macros,
    NotText,
    Ragged,
    TableError,
    TooManyRows,
    TooMuchInside,
)
from campaign_app.tables.office_zip import MOST_PARTS
from campaign_app.tables.sheet import LONGEST_FIELD, Row
from campaign_app.tables.xlsx import read_xlsx

ROOM = 256  # MB that reading any file may take beyond the file itself; the worst of these would take gigabytes
HEADER = '<row><c t="inlineStr"><is><t>name</t></is></c></row>'
MARK = "<mark/>"
SHARED, LONG = '<row><c t="s"><v>0</v></c></row>', f"<si><t>{'x' * 100_000}</t></si>"
FORMAT = '<numFmt numFmtId="9" formatCode="0"/>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'

# What a process does that reads a file: it tells what came of it, and how much memory it took for that at most, in MB.
READ = """
import sys
from pathlib import Path
from campaign_app.tables.errors import TableError
from campaign_app.tables.xlsx import open_xlsx
def peak():  # as getrusage tells it, but without what the parent took before this process began
    return next(int(line.split()[1]) for line in Path("/proc/self/status").open() if line.startswith("VmHWM"))
content = Path(sys.argv[1]).read_bytes()
before = peak()
try:
    outcome = " ".join(str(getattr(row, "row", "")) or "fine" for row in open_xlsx(content).rows if hasattr(row, "row"))
except TableError as error:
    outcome = type(error).__name__
print(outcome or "fine", (peak() - before) // 1024)
"""


# A part that nothing can pack, so that the bombs beside it are not refused for their density alone.
NOISE = "".join(random.Random(16).choices([chr(sign) for sign in range(32, 127)], k=1_500_000))  # noqa: S311


def repeated(part: str, piece: str, times: int, before: str = "", texts: str = "") -> bytes:
    """A workbook, in one part of which ``piece`` stands many times after ``before``."""
    book = parts(f"{HEADER}{before + MARK if part == SHEET else ''}", texts or MARK)
    book |= {STYLES: f"<styleSheet>{MARK}</styleSheet>", "noise": NOISE}
    return with_repeated(book, part, MARK, piece, times)


def blanks() -> bytes:
    return with_repeated(parts(HEADER + MARK), SHEET, MARK, " " * 1000, 400_000)


def overlaid(times: int) -> bytes:
    """Half a megabyte that stands in the directory under many names."""
    return overlapping(packed({**parts(HEADER), "last": "x" * 500_000}), times)


BOMBS: dict[str, tuple[Callable[[], bytes], type[Exception]]] = {
    "400 MB in 390 KB": (blanks, TooMuchInside),
    "400 MB that declare 1 KB": (lambda: declaring(blanks(), SHEET, 1000), Damaged),
    "400 MB that declare 3 GB": (lambda: declaring(blanks(), SHEET, 3_000_000_000), TooMuchInside),
    "one file 1,900 times": (lambda: overlaid(1900), TooMuchInside),
    "files beyond counting": (lambda: overlaid(200_000), TooMuchInside),
    "elements in elements": (lambda: repeated(SHEET, "<a>", 3_000_000), TooMuchInside),
    "a tag without end": (lambda: repeated(SHEET, "1" * 1000, 60_000, "<row r='"), TooMuchInside),
    "a comment without end": (lambda: repeated(SHEET, "ab" * 500, 60_000, "<!--"), TooMuchInside),
    "one text in 90,000 cells": (lambda: repeated(SHEET, SHARED, 90_000, texts=LONG), TooMuchInside),
    "formats without end": (lambda: repeated(STYLES, FORMAT, 900_000), TooMuchInside),
}


def peak(content: bytes, folder: Path) -> tuple[str, int]:
    """What came of reading ``content`` in a process of its own, and how many MB it took for that."""
    file = folder / "roster.xlsx"
    file.write_bytes(content)
    done = subprocess.run([sys.executable, "-c", READ, str(file)], capture_output=True, text=True, check=True)
    outcome, taken = done.stdout.split()
    return outcome, int(taken)


@pytest.mark.parametrize("name", BOMBS)
def test_safety_16_a_bomb_is_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    make, expected = BOMBS[name]
    outcome, taken = peak(make(), tmp_path)
    assert outcome == expected.__name__
    assert taken < ROOM


def test_safety_16_elements_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_zip, "MOST_TAGS", 100_000)  # the real number takes seconds to count to
    with pytest.raises(TooMuchInside):
        read_xlsx(packed(parts(HEADER + f"<row>{'<c/>' * 20}</row>" * 5000)))


def test_safety_16_names_without_end_are_refused_in_little_memory(tmp_path: Path) -> None:
    outcome, taken = peak(packed(parts(HEADER + "".join(f"<n{n}/>" for n in range(1_000_000)))), tmp_path)
    assert outcome == "TooMuchInside"
    assert taken < ROOM


def test_safety_16_a_bomb_within_a_workbook_is_never_unpacked(tmp_path: Path) -> None:
    book = packed({**parts(HEADER + HEADER), "xl/embeddings/bomb.zip": blanks()})
    outcome, taken = peak(book, tmp_path)
    assert outcome == "fine"
    assert taken < 20


def test_safety_15_a_cell_at_xfd1048576_is_told_in_little_memory(tmp_path: Path) -> None:
    outcome, taken = peak(written([("name",), ("Ada",), *[()] * 1_048_573, ("",) * 16_383 + ("x",)]), tmp_path)
    assert outcome == "1048576"
    assert taken < ROOM


def test_safety_15_a_false_dimension_is_not_believed() -> None:
    book = parts(HEADER + HEADER.replace("name", "Ada"))
    book[SHEET] = book[SHEET].replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert read_xlsx(packed(book)).rows == (Row(2, ("Ada",)),)


def test_safety_15_a_hundred_thousand_rows_and_one_are_refused() -> None:
    row = '<row><c t="str"><v>Ada</v></c></row>'
    assert len(read_xlsx(repeated(SHEET, row, 100_000)).rows) == 100_000
    with pytest.raises(TooManyRows):
        read_xlsx(repeated(SHEET, row, 100_001))


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        (f'<c t="inlineStr"><is><t>{"x" * (LONGEST_FIELD + 1)}</t></is></c>', ""),
        ('<c t="s"><v>0</v></c>', f"<si><t>{'x' * (LONGEST_FIELD + 1)}</t></si>"),
        (f"<c><v>{'1' * (LONGEST_FIELD + 1)}</v></c>", ""),
    ],
)
def test_safety_15_a_field_over_131072_characters_is_told_with_its_row(cell: str, texts: str) -> None:
    sheet = read_xlsx(packed(parts(f'{HEADER}<row r="5">{cell}</row>{HEADER}', texts)))
    assert sheet.errors == (FieldTooLong(5),)


def test_safety_15_a_row_far_beyond_the_header_is_ragged() -> None:
    book = parts(f'{HEADER}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert read_xlsx(packed(book)).errors == (Ragged(1_048_576, 16_384, 1),)


@pytest.mark.parametrize("part", [SHEET, TEXTS, BOOK, STYLES, "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize("doctype", [LAUGHS, EXTERNAL])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_safety_16_a_document_type_is_refused(part: str, doctype: str, codec: str) -> None:
    book: dict[str, str | bytes] = {**parts(HEADER + HEADER)}
    book[part] = f'<?xml version="1.0" encoding="{codec}"?>{doctype}{book[part]}'.encode(codec)
    with pytest.raises(DeclaresEntities):
        read_xlsx(packed(book))


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_safety_16_programs_are_refused_before_unpacking(name: str) -> None:
    with pytest.raises(Macros):
        read_xlsx(packed({**parts(HEADER + HEADER), name: "x", SHEET: "never looked at"}))


@pytest.mark.parametrize("kind", ["sheet.macroEnabled.main+xml", "MACROsheet+xml", "office.vbaProject"])
def test_safety_16_a_workbook_for_programs_is_refused_by_its_type(kind: str) -> None:
    book = parts(HEADER + HEADER)
    book["[Content_Types].xml"] = f'<Types><Override ContentType="application/vnd.ms-excel.{kind}"/></Types>'
    with pytest.raises(Macros):
        read_xlsx(packed(book))


def test_a_workbook_with_a_password_is_refused() -> None:
    with pytest.raises(Encrypted):
        read_xlsx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))
    book = bytearray(packed(parts(HEADER)))
    book[book.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Encrypted):
        read_xlsx(bytes(book))


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old spreadsheet",
        b"",
        b"%PDF-1.7",
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
    ],
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(NotText):
        read_xlsx(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_workbook_packed_as_none_is_packed_is_refused(method: int) -> None:
    with pytest.raises(Damaged):
        read_xlsx(packed(parts(HEADER + HEADER), method))


def test_parts_whose_names_differ_in_case_alone_are_refused() -> None:
    with pytest.raises(Damaged):
        read_xlsx(packed({**parts(HEADER + HEADER), SHEET.upper(): "x"}))


def test_more_parts_than_any_workbook_has_are_refused() -> None:
    with pytest.raises(TooMuchInside):
        read_xlsx(packed({**parts(HEADER + HEADER), **{f"x{number}": "" for number in range(MOST_PARTS)}}))


@pytest.mark.parametrize("target", ["../../../etc/passwd", "/etc/passwd", "http://example.org/sheet.xml", ""])
def test_a_sheet_elsewhere_is_never_fetched(target: str) -> None:
    book = parts(HEADER + HEADER)
    leads = "xl/_rels/workbook.xml.rels"
    book[leads] = book[leads].replace("worksheets/sheet1.xml", target)
    with pytest.raises((Damaged, NotText)):
        read_xlsx(packed(book))


def test_every_way_to_cut_or_bend_a_workbook_is_met_with_words() -> None:
    whole = written([("name", "town"), ("Ada", "Rome"), ("Bo", 5)])
    for place in range(0, len(whole), 37):
        bent = bytearray(whole)
        bent[place] ^= 0x55
        for content in (whole[:place], bytes(bent)):
            try:
                read_xlsx(content)
            except TableError:
                continue
