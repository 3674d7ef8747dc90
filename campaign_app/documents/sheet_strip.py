"""The strip at the lower edge of a signature sheet, for e-mail addresses, torn off before the sheet is delivered."""

from __future__ import annotations

from collections.abc import Iterator

from campaign_app.documents import lines, sheet_words
from campaign_app.documents.lines import POINTS, Align
from campaign_app.documents.marks import Mark, Rule, Text
from campaign_app.documents.sheet import SheetContent
from campaign_app.documents.sheet_frame import SIDE, SLOT, STRIP_HEAD, SheetFrame

DASH, DASH_GAP = 2.5, 1.5  # mm
SIZES, NUMBER, NUMBER_ROOM, GAP = (7.5, 7.0, 6.5, 6.0, 5.5), 7.5, 5.0, 4.0


def marks(frame: SheetFrame, content: SheetContent) -> Iterator[Mark]:
    """A dashed line to cut or tear along, what the strip is for, and a line for each row of the sheet."""
    if frame.cut is None:
        return
    yield from _dashes(frame, frame.cut)
    yield from _said(frame, content, frame.cut)
    top, width = frame.cut + STRIP_HEAD, frame.measure / frame.slots
    align: Align = "right" if frame.right_to_left else "left"
    for place in range(content.design.rows):
        down, across = divmod(place, frame.slots)
        start, y = SIDE + across * width, top + (down + 1) * SLOT - 1.5
        yield Text(frame.x(start), y, f"{place + 1}", NUMBER, align=align)
        length = width - NUMBER_ROOM - GAP
        left = frame.x(start + NUMBER_ROOM, length)
        yield Rule(left, y, left + length, y, 0.2)


def _dashes(frame: SheetFrame, y: float) -> Iterator[Mark]:
    at = 0.0
    while at < frame.width:
        yield Rule(at, y, min(at + DASH, frame.width), y, 0.2)
        at += DASH + DASH_GAP


def _said(frame: SheetFrame, content: SheetContent, y: float) -> Iterator[Mark]:
    align: Align = "right" if frame.right_to_left else "left"
    for number, language in enumerate(content.design.languages):
        said = f"{content.code}: {sheet_words.words(language).tear}" if not number else sheet_words.words(language).tear
        found = lines.largest(said, SIZES, frame.measure * POINTS, language)
        size = found.size if found else SIZES[-1]
        yield Text(frame.x(SIDE), y + 4.2 + number * 3.4, said, size, language, align)
