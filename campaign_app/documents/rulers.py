"""What a test page shows besides its outlines: rulers along two edges, and that it has to be printed at 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from campaign_app.documents import address_block
from campaign_app.documents.address_block import POINT
from campaign_app.documents.marks import Mark, Patch, Rule, Text, moved
from campaign_app.documents.paper import Offset

STROKES = {10: 4.0, 5: 2.6, 1: 1.5}  # mm; how long, by the mm that they stand at
INSET = 8.0  # mm from the edge to the strokes: printers reach there
CORNER = 10  # mm from both edges; where the rulers meet
NUMBERS, TITLE, TEXT = 6.0, 13.0, 8.5  # pt
PITCH, PAD = 4.6, 2.0  # mm between lines of text, and of white around them


@dataclass(frozen=True, slots=True)
class Words:
    """What test pages say, in the reader's language."""

    title: str = "Test page"
    scale: str = "Print at 100 % (“actual size”), not fitted to the page."
    measure: str = "Lay a ruler on the print: the numbers are millimetres from the edges of the paper."
    correct: str = "Where 100 is 101.5 mm from the left edge, enter −1.5 as the offset to the right; likewise down."
    offset: str = "Offset of this page: %(x)s mm to the right, %(y)s mm down."
    sender: str = "Sender"
    stamps: str = "Stamps"
    addressee: str = "Addressee"
    language: str = "en"

    def lines(self, offset: Offset) -> tuple[str, ...]:
        return self.scale, self.measure, self.correct, self.offset % {"x": _signed(offset.x), "y": _signed(offset.y)}


@dataclass(frozen=True, slots=True)
class Column:
    """Where the words stand: the upper left corner and the width, in mm."""

    x: float
    y: float
    width: float


def _signed(length: float) -> str:
    return f"{length:g}".replace("-", "−")


def page(width: float, height: float, words: Words, offset: Offset, column: Column) -> Iterator[Mark]:
    """Rulers and words for a page of ``width`` × ``height`` mm, all of them corrected as what is printed will be."""
    yield from moved((*_across(width), *_down(height), *_said(words, offset, column)), offset)


def _across(width: float) -> Iterator[Mark]:
    for at, length in _strokes(width):
        yield Rule(at, INSET, at, INSET + length)
        if at % 10 == 0 and at > CORNER:
            yield Text(at, INSET + length + 2.4, f"{at}", NUMBERS, align="centre")


def _down(height: float) -> Iterator[Mark]:
    for at, length in _strokes(height):
        yield Rule(INSET, at, INSET + length, at)
        if at % 10 == 0 and at > CORNER:
            yield Text(INSET + length + 1, at + 0.75, f"{at}", NUMBERS)


def _strokes(length: float) -> Iterator[tuple[int, float]]:
    """Every millimetre from where the rulers meet to where printers reach."""
    for at in range(CORNER, int(length - INSET) + 1):
        yield at, next(stroke for step, stroke in STROKES.items() if at % step == 0)


def _said(words: Words, offset: Offset, column: Column) -> Iterator[Mark]:
    most = column.width / (TEXT * POINT)
    wide = partial(address_block.width, language=words.language)
    lines = [part for said in words.lines(offset) for part in address_block.broken(said, most, wide)]
    yield Patch(column.x - PAD, column.y - PAD, column.width + 2 * PAD, (len(lines) + 1.7) * PITCH + 2 * PAD)
    yield Text(column.x, column.y + PITCH, words.title, TITLE, words.language, strong=True)
    for number, line in enumerate(lines, 2):
        yield Text(column.x, column.y + (number + 0.5) * PITCH, line, TEXT, words.language)
