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
from campaign_app.documents.unfit import TooWide

SERIALS, SERIAL_BELOW = (
    (10.0, 9.0, 8.0, 7.0),
    6.2,
)  # pt, in bold type; mm from the code to its baseline
COUNT, COUNT_BELOW, CAPTION_LEADING = 9.0, 10.0, 3.3  # mm; the box to write the count in, where its caption begins
CAPTIONS = (7.5, 7.0, 6.5, 6.0, 5.5, 5.0)  # pt
BAND_SIZES, SMALL = (9.0, 8.0, 7.0, 6.5), 7.5  # pt; what stands between the upper marks, and between the lower
BAND = BAND_SIZES[0]
BAND_BASELINE, BAND_GAP = 1.3, 4.0  # mm; from the lower edge of the marks, and between what stands in a band
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
    yield Text(middle, frame.code.bottom + SERIAL_BELOW, serial, _serial_size(len(serial)), align="centre", strong=True)
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
        size = lines.fitting(said, CAPTIONS, box.width * POINTS, language)
        yield Text(box.x + box.width / 2, y, said, size, language, "centre")


def _band(frame: SheetFrame, content: SheetContent) -> Iterator[Mark]:
    """Who organizes it, and in which languages. Raises ``TooWide`` where the organizer is longer than the room."""
    y = MARK_INSET + MARK - BAND_BASELINE
    start = SIDE + MARK_CLEARANCE + (logo_size(content)[0] + LOGO_GAP if content.logo else 0.0)
    names = lines.line(names_of(content), BAND, content.language)
    room = frame.width - start - SIDE - MARK_CLEARANCE - names.width / POINTS - BAND_GAP
    said = organized_by(content)
    found = lines.largest(said, BAND_SIZES, room * POINTS, content.language)
    if found is None:
        raise TooWide("organizer")
    yield Text(frame.x(start), y, said, found.size, content.language, _near(frame))
    yield Text(_end(frame), y, names_of(content), BAND, content.language, _far(frame))


def organized_by(content: SheetContent) -> str:
    """Who organizes it, said in each language."""
    label = " · ".join(sheet_words.words(language).organizer for language in content.design.languages)
    return f"{label}: {content.organizer}"


def names_of(content: SheetContent) -> str:
    """The languages of the sheet, each by its own name."""
    return " · ".join(languages.name(language) for language in content.design.languages)


def _end(frame: SheetFrame) -> float:
    return frame.x(frame.width - SIDE - MARK_CLEARANCE)


@lru_cache(32)
def _serial_size(length: int) -> float:
    """The largest type in which a serial of so many characters is no wider than the column of the code."""
    widest = "G" * 4 + "0" * (length - 4)
    fitting = (size for size in SERIALS if lines.line(widest, size, bold=True).width <= MACHINE * POINTS)
    return next(fitting, SERIALS[-1])


def _near(frame: SheetFrame) -> Align:
    return "right" if frame.right_to_left else "left"


def _far(frame: SheetFrame) -> Align:
    return "left" if frame.right_to_left else "right"


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
