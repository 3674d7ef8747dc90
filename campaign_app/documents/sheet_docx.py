"""Signature sheets as DOCX, for groups that edit what they print: numbered like the PDF, with everything in its place.

Marks, code, table and count box stand where the PDF has them, so that a sheet is read by its scan as long as nobody
moves them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from PIL import Image

from campaign_app.documents import qr_picture, sheet_machine, word_package
from campaign_app.documents.sheet import NumberedSheet, SheetContent
from campaign_app.documents.sheet_frame import SIDE
from campaign_app.documents.sheet_grid import MARK, MARK_INSET
from campaign_app.documents.sheet_page import SheetPage, arrange
from campaign_app.documents.sheet_word_tables import Body, band
from campaign_app.documents.sheet_word_text import styles
from campaign_app.documents.word_package import Link
from campaign_app.documents.word_places import SEPARATOR, Row, inner_table, picture, thin
from campaign_app.documents.word_styles import twips

HEADER, HEADER_ID = "header1.xml", "rId5"
BLACK, LOGO = "black.png", "logo.png"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can say
FIRST_MARK = 100_000  # of the numbers of pictures; those of codes are those of their sheets
BOTTOM = 3.0  # mm; the lower margin, into which nothing reaches


def write(content: SheetContent, sheets: Sequence[NumberedSheet]) -> bytes:
    """The sheets, one a page. Raises ``Unprintable``, ``NoRoomOnSheet`` and ``Unwritable``."""
    page = arrange(content)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in _parts(page, sheets):
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _parts(page: SheetPage, sheets: Sequence[NumberedSheet]) -> Iterator[tuple[str, bytes]]:
    content = page.content
    yield word_package.TYPES, word_package.types([(f"word/{HEADER}", CONTENT_TYPE.WML_HEADER)])
    yield from word_package.unchanging().items()
    title = f"{content.code}: {content.texts[0].title}"
    yield word_package.PROPERTIES, word_package.properties(title, content.language)
    yield word_package.NUMBERING, word_package.part("w:numbering", "")
    yield word_package.STYLES, styles(content)
    codes = [Link(f"rIdC{n}", RELATIONSHIP_TYPE.IMAGE, f"media/code{n}.png") for n in range(1, len(sheets) + 1)]
    header = Link(HEADER_ID, RELATIONSHIP_TYPE.HEADER, HEADER)
    yield word_package.DOCUMENT_LINKS, word_package.links([*word_package.LINKS, header, *codes])
    yield f"word/{HEADER}", word_package.part("w:hdr", _header(page), "r", "wp", "a", "pic")
    yield f"word/_rels/{HEADER}.rels", word_package.links(_header_links(content))
    yield f"word/media/{BLACK}", _black()
    if content.logo:
        yield f"word/media/{LOGO}", content.logo
    for number, sheet in enumerate(sheets, 1):
        yield f"word/media/code{number}.png", qr_picture.png(sheet.link)
    yield word_package.DOCUMENT, _document(page, sheets)


def _document(page: SheetPage, sheets: Sequence[NumberedSheet]) -> bytes:
    body = Body(page)
    pages = [
        f"{_code(page, sheet, number)}{body.of(sheet.serial, _page_of(page, number, len(sheets)))}"
        for number, sheet in enumerate(sheets, 1)
    ]
    section = f"<w:body>{''.join(pages)}{_section(page)}</w:body>"
    return word_package.part("w:document", section, "r", "wp", "a", "pic")


def _section(page: SheetPage) -> str:
    """Paper and margins; what is thin at the top of each page takes its height from the margin."""
    width, height = twips(page.grid.width), twips(page.grid.height)
    turned = ' w:orient="landscape"' if page.content.design.landscape else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER_ID}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{twips(page.parts.head_top - SEPARATOR)}" w:right="{twips(SIDE)}" '
        f'w:bottom="{twips(BOTTOM)}" w:left="{twips(SIDE)}" w:header="{twips(MARK_INSET)}" w:footer="0" w:gutter="0"/>'
        "</w:sectPr>"
    )


def _code(page: SheetPage, sheet: NumberedSheet, number: int) -> str:
    """The paragraph that begins a page, on which its code hangs."""
    return thin(picture(f"rIdC{number}", page.grid.code, number, "QR code", sheet.link), new_page=number > 1)


def _page_of(page: SheetPage, place: int, count: int) -> str:
    return " · ".join(sheet_machine.page_of(language, place, count) for language in page.content.design.languages)


def _header(page: SheetPage) -> str:
    """The corner marks, the logo, and the band between the upper marks, on every page."""
    content, frame = page.content, page.frame
    marks = "".join(picture("rId1", mark, FIRST_MARK + place, "Mark") for place, mark in enumerate(page.grid.marks))
    if content.logo:
        marks += picture("rId2", sheet_machine.logo_place(frame, content), FIRST_MARK - 1, "Logo", content.organizer)
    gap = sheet_machine.logo_size(content)[0] + sheet_machine.LOGO_GAP if content.logo else 0.0
    cells = band(page, sheet_machine.organized_by(content), sheet_machine.names_of(content), gap)
    return f"{inner_table([Row(cells, MARK)])}{thin(marks)}"


def _header_links(content: SheetContent) -> Iterator[Link]:
    yield Link("rId1", RELATIONSHIP_TYPE.IMAGE, f"media/{BLACK}")
    if content.logo:
        yield Link("rId2", RELATIONSHIP_TYPE.IMAGE, f"media/{LOGO}")


def _black() -> bytes:
    stream = io.BytesIO()
    Image.new("1", (8, 8), 0).save(stream, "PNG")
    return stream.getvalue()
