"""What a signature sheet has for machines and for those who count: a column with its QR code, and bands of marks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image

from campaign_app import languages
from campaign_app.documents import lines, sheet_words
from campaign_app.documents.lines import POINTS, Align
from campaign_app.documents.marks import Box as Outline
from campaign_app.documents.marks import Mark, Text
from campaign_app.documents.sheet import SheetContent
from campaign_app.documents.sheet_frame import MACHINE, SIDE, SheetFrame
from campaign_app.documents.sheet_grid import MARK, MARK_CLEARANCE, MARK_INSET, Box

SERIAL, SERIAL_BELOW = 10.0, 6.2  # pt; mm from the code to the baseline of the serial below it
COUNT, COUNT_BELOW, CAPTION_LEADING = 9.0, 10.0, 3.3  # mm; the box to write the count in, where its caption begins
CAPTIONS = (7.5, 7.0, 6.5, 6.0, 5.5, 5.0)  # pt
BAND, SMALL = 9.0, 7.5  # pt; what stands between the upper marks, and between the lower
BAND_BASELINE = 1.3  # mm from the lower edge of the marks
LOGO_HEIGHT, LOGO_WIDTH, LOGO_GAP = 12.0, 60.0, 3.0  # mm


def count_box(frame: SheetFrame, content: SheetContent) -> Box:
    """Where the number of signatures is written."""
    top = frame.code.bottom + COUNT_BELOW + CAPTION_LEADING * len(content.texts)
    return Box(frame.machine, top, MACHINE, COUNT)


def bottom(frame: SheetFrame, content: SheetContent) -> float:
    return count_box(frame, content).bottom


def marks(frame: SheetFrame, content: SheetContent) -> Iterator[Mark]:
    """What is the same on every sheet."""
    yield from _count(frame, content)
    yield from _band(frame, content)


def numbered(frame: SheetFrame, content: SheetContent, serial: str, place: int, count: int) -> Iterator[Mark]:
    """What is different on each: its serial at both ends, and which page it is of how many."""
    middle = frame.machine + MACHINE / 2
    yield Text(middle, frame.code.bottom + SERIAL_BELOW, serial, SERIAL, align="centre", strong=True)
    y = frame.low - BAND_BASELINE
    pages = " · ".join(page_of(language, place, count) for language in content.design.languages)
    yield Text(frame.x(SIDE + MARK_CLEARANCE), y, pages, SMALL, content.language, _near(frame))
    yield Text(_end(frame), y, serial, SMALL, align=_far(frame))


def page_of(language: str, place: int, count: int) -> str:
    """Such as ``Page 3 of 100``."""
    return sheet_words.words(language).page.replace("{n}", str(place)).replace("{m}", str(count))


def _count(frame: SheetFrame, content: SheetContent) -> Iterator[Mark]:
    box = count_box(frame, content)
    yield Outline(box.x, box.y, box.width, box.height, 0.4)
    for number, language in enumerate(reversed(content.design.languages)):
        said = sheet_words.words(language).count
        y = box.y - 1.1 - number * CAPTION_LEADING
        yield Text(box.x + box.width / 2, y, said, _fitting(said, box.width, language), language, "centre")


def _band(frame: SheetFrame, content: SheetContent) -> Iterator[Mark]:
    y = MARK_INSET + MARK - BAND_BASELINE
    start = SIDE + MARK_CLEARANCE + (logo_size(content)[0] + LOGO_GAP if content.logo else 0.0)
    label = " · ".join(sheet_words.words(language).organizer for language in content.design.languages)
    names = " · ".join(languages.name(language) for language in content.design.languages)
    yield Text(frame.x(start), y, f"{label}: {content.organizer}", BAND, content.language, _near(frame))
    yield Text(_end(frame), y, names, BAND, content.language, _far(frame))


def _end(frame: SheetFrame) -> float:
    return frame.x(frame.width - SIDE - MARK_CLEARANCE)


def _near(frame: SheetFrame) -> Align:
    return "right" if frame.right_to_left else "left"


def _far(frame: SheetFrame) -> Align:
    return "left" if frame.right_to_left else "right"


def _fitting(text: str, room: float, language: str) -> float:
    found = lines.largest(text, CAPTIONS, room * POINTS, language)
    return found.size if found else CAPTIONS[-1]


def logo_room(content: SheetContent) -> float:
    """By how much the head begins lower for the logo's sake."""
    return max(MARK_INSET + logo_size(content)[1] + 2 - (MARK_INSET + MARK + 2.5), 0.0) if content.logo else 0.0


def logo_size(content: SheetContent) -> tuple[float, float]:
    """Width and height of the logo, in mm."""
    width, height = _pixels(content.logo)
    scale = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
    return width * scale, height * scale


def logo_place(frame: SheetFrame, content: SheetContent) -> Box:
    width, height = logo_size(content)
    return Box(frame.x(SIDE + MARK_CLEARANCE, width), MARK_INSET, width, height)


@lru_cache(8)
def _pixels(png: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
        return picture.size
