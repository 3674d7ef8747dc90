"""The box in which the collector of a signature sheet says who, where and when, and signs."""

from __future__ import annotations

from collections.abc import Iterator

from campaign_app.documents import fonts, lines, sheet_words
from campaign_app.documents.lines import POINTS, Align
from campaign_app.documents.marks import Box, Mark, Rule, Text
from campaign_app.documents.sheet import SheetContent
from campaign_app.documents.sheet_frame import SIDE, SheetFrame

SHARES = {"collector": 3.0, "place": 2.4, "date": 1.6, "signature": 3.0}
ABOVE, WRITING, BELOW = 0.8, 8.0, 2.5  # mm; above the box, to write in, and below it
CAPTIONS, LARGE_CAPTIONS = (7.5, 7.0, 6.5, 6.0), (11.0, 10.0, 9.0, 8.0)  # pt
CAPTION_BASELINE = 0.72  # of its line
PAD = 1.2
FRAME, UPRIGHT = 0.3, 0.15  # mm


def height(content: SheetContent) -> float:
    """Of the box with the room above and below it."""
    return ABOVE + sum(_caption_heights(content)) + WRITING + BELOW


def marks(frame: SheetFrame, content: SheetContent, top: float) -> Iterator[Mark]:
    """The box with its captions in each language."""
    bottom = top + height(content) - BELOW
    top += ABOVE
    yield Box(SIDE, top, frame.measure, bottom - top, FRAME)
    start = SIDE
    for name, share in SHARES.items():
        width = frame.measure * share / sum(SHARES.values())
        if start > SIDE:
            yield Rule(frame.x(start), top, frame.x(start), bottom, UPRIGHT)
        yield from _captions(frame, content, name, start + PAD, width - 2 * PAD, top)
        start += width


def _captions(
    frame: SheetFrame, content: SheetContent, name: str, start: float, width: float, y: float
) -> Iterator[Mark]:
    align: Align = "right" if frame.right_to_left else "left"
    for language, high in zip(content.design.languages, _caption_heights(content), strict=True):
        caption = getattr(sheet_words.words(language), name)
        size = lines.fitting(caption, _sizes(content), width * POINTS, language)
        yield Text(frame.x(start), y + CAPTION_BASELINE * high, caption, size, language, align)
        y += high


def _caption_heights(content: SheetContent) -> list[float]:
    return [fonts.leading(language) * _sizes(content)[0] / POINTS for language in content.design.languages]


def _sizes(content: SheetContent) -> tuple[float, ...]:
    return LARGE_CAPTIONS if content.design.large_print else CAPTIONS
