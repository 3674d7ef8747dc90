"""Sheets of labels, filled in rows from any label on: half-used sheets are the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from campaign_app.documents import address_block, marked_pdf, rulers
from campaign_app.documents.marks import Box, Mark, MarkedPage, moved
from campaign_app.documents.paper import TRUE, LabelSheet, Offset
from campaign_app.documents.rulers import Column, Words

WORDS = 100.0  # mm; how wide the words of a test page stand
SIZES = (12.0, 11.0, 10.0, 9.5, 9.0)  # pt; an address on a label is read by hand and by machines


class NoSuchLabel(ValueError):
    """A sheet has no label of this number; they are counted from 1."""


@dataclass(frozen=True, slots=True)
class LabelAddress:
    """Postal lines as they stand on a label, and the language that they are in."""

    lines: tuple[str, ...]
    language: str = "en"


def write(
    addresses: Iterable[LabelAddress], sheet: LabelSheet, start: int = 1, offset: Offset = TRUE, title: str = "Labels"
) -> bytes:
    """All addresses on as many sheets as they take, the first on label ``start``, to be printed at 100 %.

    Raises ``NoSuchLabel``, and ``NoRoom``, ``Unprintable`` or ``MissingDetail`` for the first address that cannot be
    printed as it is.
    """
    return marked_pdf.write(pages(addresses, sheet, start, offset), title)


def write_to(
    stream: BinaryIO,
    addresses: Iterable[LabelAddress],
    sheet: LabelSheet,
    start: int = 1,
    offset: Offset = TRUE,
    title: str = "Labels",
) -> None:
    """Writes the same as they come, however many."""
    marked_pdf.write_to(stream, pages(addresses, sheet, start, offset), title)


def write_test_page(sheet: LabelSheet, words: Words, offset: Offset = TRUE) -> bytes:
    """A sheet with the outlines of its labels and with rulers, to be held against a real one."""
    outlines = (Box(*sheet.place(number), sheet.width, sheet.height) for number in range(sheet.labels))
    width, height = sheet.paper.width, sheet.paper.height
    column = Column((width - WORDS) / 2, height / 2 - WORDS / 6, WORDS)
    marks = (*moved(outlines, offset), *rulers.page(width, height, words, offset, column))
    return marked_pdf.write([MarkedPage(width, height, marks)], words.title, words.language)


def check(address: LabelAddress, sheet: LabelSheet) -> None:
    """Raises ``NoRoom``, ``Unprintable`` or ``MissingDetail`` for an address that cannot be printed as it is."""
    tuple(_label(address, sheet, 0))


def sheets(addresses: int, sheet: LabelSheet, start: int = 1) -> int:
    """How many sheets so many addresses take."""
    return -(-(addresses + start - 1) // sheet.labels) if addresses else 0


def pages(addresses: Iterable[LabelAddress], sheet: LabelSheet, start: int, offset: Offset) -> Iterator[MarkedPage]:
    """What stands where on each sheet."""
    if not 1 <= start <= sheet.labels:
        raise NoSuchLabel(start)
    marks: list[Mark] = []
    for number, address in enumerate(addresses, start - 1):
        if marks and number % sheet.labels == 0:
            yield _page(marks, sheet)
            marks = []
        marks += moved(_label(address, sheet, number % sheet.labels), offset)
    if marks:
        yield _page(marks, sheet)


def _page(marks: list[Mark], sheet: LabelSheet) -> MarkedPage:
    return MarkedPage(sheet.paper.width, sheet.paper.height, tuple(marks))


def _label(address: LabelAddress, sheet: LabelSheet, number: int) -> Iterator[Mark]:
    """An address on one label, counted from 0, in the middle of its height."""
    x, y = sheet.place(number)
    aside, above = sheet.inset
    room = sheet.width - 2 * aside, sheet.height - 2 * above
    block = address_block.fit("addressee", address.lines, address.language, room, SIZES)
    left = x + aside if block.left_to_right else x + sheet.width - aside - block.width
    yield from block.at(left, y + (sheet.height - block.height) / 2)
