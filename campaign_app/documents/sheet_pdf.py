"""Signature sheets as PDF: what they share is laid out and written once, however many sheets there are."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from campaign_app.documents import lines, marked_pdf, sheet_machine, shown_glyphs
from campaign_app.documents.lines import POINTS, Page
from campaign_app.documents.pdf_file import number
from campaign_app.documents.sheet import NumberedSheet, SheetContent
from campaign_app.documents.sheet_page import PlacedBlock, SheetPage, arrange


def write(content: SheetContent, sheets: Sequence[NumberedSheet]) -> bytes:
    """The sheets, one a page. Raises ``Unprintable`` and ``NoRoomOnSheet``."""
    stream = io.BytesIO()
    write_to(stream, arrange(content), sheets, len(sheets))
    return stream.getvalue()


def write_to(stream: BinaryIO, page: SheetPage, sheets: Iterable[NumberedSheet], count: int) -> None:
    """Writes ``count`` sheets as they come."""
    content = page.content
    with lines.document(stream, f"{content.code}: {content.texts[0].title}", content.language) as document:
        logo = document.picture(content.logo) if content.logo else ""
        shared = document.share(_shared(page, logo))
        for place, sheet in enumerate(sheets, 1):
            document.add(_own(page, sheet, place, count), shared)


def _shared(page: SheetPage, logo: str) -> Page:
    drawn = Page(page.grid.width, page.grid.height)
    for placed in page.blocks:
        _block(placed, drawn)
    for mark in page.marks:
        marked_pdf.draw(mark, drawn)
    for corner in page.grid.marks:
        drawn.rectangle(corner.x, corner.y, corner.width, corner.height)
    if logo:
        place = sheet_machine.logo_place(page.frame, page.content)
        drawn.picture(logo, place.x, place.y, place.width, place.height)
    return drawn


def _block(placed: PlacedBlock, page: Page) -> None:
    content, block = page.content, placed.passage.block
    x, y = number(placed.x * POINTS), number(content.height - placed.y * POINTS)
    content.say(f"q 1 0 0 1 {x} {y} cm\n{block.operators}\nQ")
    shown_glyphs.add(content.glyphs, block.glyphs)


def _own(page: SheetPage, sheet: NumberedSheet, place: int, count: int) -> Page:
    drawn = Page(page.grid.width, page.grid.height)
    code = page.grid.code
    drawn.code(sheet.link, code.x, code.y, code.width)
    for mark in sheet_machine.numbered(page.frame, page.content, sheet.serial, place, count):
        marked_pdf.draw(mark, drawn)
    return drawn
