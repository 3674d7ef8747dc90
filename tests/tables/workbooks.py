"""Workbooks for tests: as a spreadsheet program writes them, and part by part, as nobody should."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"


def written(*sheets: Iterable[Sequence[Any]], formats: Mapping[tuple[int, int], str] = {}, **options: Any) -> bytes:
    """Sheets by XlsxWriter; ``formats`` are codes by row and column of the first one, both from 0."""
    stream = io.BytesIO()
    book = Workbook(stream, options)
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                code = formats.get((row, column)) if number == 0 else None
                sheet.write(row, column, cell, *([book.add_format({"num_format": code})] if code else []))
    book.close()
    return stream.getvalue()


def parts(sheet: str = "", texts: str = "", **others: str) -> dict[str, str]:
    """The parts of the smallest workbook, with the rows of its sheet and its shared texts as XML."""
    relationship = f'<Relationship Id="{{0}}" Type="{DOCUMENT}/{{1}}" Target="{{2}}"/>'
    leads = "".join(
        relationship.format(*lead)
        for lead in (
            ("a", "worksheet", "worksheets/sheet1.xml"),
            ("b", "sharedStrings", "sharedStrings.xml"),
            ("c", "styles", "/xl/styles.xml"),
        )
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/{BOOK}" ContentType="{WORKBOOK_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{relationship.format('x', 'officeDocument', BOOK)}</Relationships>",
        BOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
        '<sheet name="People" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{leads}</Relationships>',
        SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        TEXTS: f'<sst xmlns="{MAIN}">{texts}</sst>',
        STYLES: f'<styleSheet xmlns="{MAIN}"/>',
        **others,
    }


def packed(contents: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts in a ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_repeated(contents: Mapping[str, str], name: str, marker: str, piece: str, times: int) -> bytes:
    """The parts in a ZIP, ``marker`` in one of them replaced by ``piece`` many times, which is never held in memory."""
    before, after = contents[name].split(marker)
    stream = io.BytesIO()
    many = max(1, 1_000_000 // len(piece))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in contents.items():
            if other != name:
                archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(before.encode())
            for start in range(0, times, many):
                part.write((piece * min(many, times - start)).encode())
            part.write(after.encode())
    return stream.getvalue()


def declaring(content: bytes, name: str, size: int) -> bytes:
    """The ZIP with a false size of one of its files, in its directory and before the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(name)
    entry = content.rindex(name.encode()) - 46  # the directory comes last
    patched = bytearray(content)
    struct.pack_into("<L", patched, entry + 24, size)
    if len(info.extra) == 0:
        struct.pack_into("<L", patched, info.header_offset + 22, size)
    return bytes(patched)


def overlapping(content: bytes, times: int) -> bytes:
    """The ZIP with a directory in which its last file stands ``times`` more, each time under another name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start, count = archive.start_dir, len(archive.infolist())
        name = archive.infolist()[-1].filename.encode()
    end = content.rindex(b"PK\x05\x06")
    entry_start = content.rindex(name, 0, end) - 46
    entry = content[entry_start:end]
    more = b"".join(entry.replace(name, b"%0*d" % (len(name), number)) for number in range(times))
    directory = content[start:end] + more
    tail = bytearray(content[end:])
    total = min(count + times, 0xFFFF)
    struct.pack_into("<HHLL", tail, 8, total, total, len(directory), start)
    return content[:start] + directory + bytes(tail)
