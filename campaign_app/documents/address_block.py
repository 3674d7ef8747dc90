"""An address in the largest type that its place has room for: on an envelope, on a label.

A line that is too long for its place goes on in the next, broken at a space, where the type would be small otherwise.
Nothing is clipped, and nothing is set smaller than the post can read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from campaign_app.documents import fonts, lines
from campaign_app.documents.lines import Align
from campaign_app.documents.marks import Text
from campaign_app.documents.script_runs import (
    COMPLEX,
    RIGHT_TO_LEFT,
    face,
    is_left_to_right,
    script_of_language,
    stretches,
)
from campaign_app.documents.unfit import NoRoom, Unprintable
from campaign_app.texts.source import MissingDetail

POINT = 25.4 / 72  # mm
COMFORTABLE = 10.0  # pt; lines are rather broken than set smaller
CLOSE = 1.15 / fonts.LATIN_LEADING  # of the leading of running text; an address is short, and often in capitals
HIGH = 0.75  # of a line's height stands above the baseline;
DEEP = 0.6  # less in scripts that hang from it or write vowels below (those from right to left differ by font)


Wide = Callable[[str], float]
"""How wide a line is, in sizes of its text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is set: its width, its height and where its baseline is below the block's upper edge, in mm."""

    text: str
    width: float
    height: float
    baseline: float
    left_to_right: bool


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """Lines in one size (pt), and how much room they take in mm."""

    lines: tuple[Line, ...]
    size: float
    language: str

    @property
    def width(self) -> float:
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        return sum(line.height for line in self.lines)

    @property
    def left_to_right(self) -> bool:
        """Whether any line runs so; else the block stands at the right edge of its place."""
        return any(line.left_to_right for line in self.lines)

    def at(self, x: float, y: float) -> Iterator[Text]:
        """The block with its upper left corner at a place; where all lines run from right to left, they begin there."""
        align: Align
        align, edge = ("left", x) if self.left_to_right else ("right", x + self.width)
        for line in self.lines:
            language = tongue(line.text, self.language)
            yield Text(edge, y + line.baseline, line.text, self.size, language, align=align)


def fit(
    field: str,
    address: Sequence[str],
    language: str,
    room: tuple[float, float],
    sizes: Sequence[float],
) -> AddressBlock:
    """The address in the largest of ``sizes`` (pt, falling) for which ``room`` (width and height in mm) is enough.

    Raises ``NoRoom``, ``Unprintable`` for characters that no font of ours can draw, and ``MissingDetail`` where there
    is no line at all.
    """
    texts = [text for text in (" ".join(line.split()) for line in address) if text]
    if not texts:
        raise MissingDetail(field)
    if characters := fonts.unprintable("\n".join(texts)):
        raise Unprintable(field, characters)
    ways = [(size, False) for size in sizes if size >= COMFORTABLE] + [
        (size, True) for size in sizes if size <= COMFORTABLE
    ]
    wide = cache(lambda text: width(text, language))  # as long as this address is fitted; nothing of it stays
    blocks = (_set(texts, language, size, room, wide, wraps=wraps) for size, wraps in ways)
    if block := next(filter(None, blocks), None):
        return block
    raise NoRoom(field, texts[0])


def _set(
    address: Sequence[str], language: str, size: float, room: tuple[float, float], wide: Wide, *, wraps: bool
) -> AddressBlock | None:
    """The lines in one size, or nothing where they do not fit."""
    most = room[0] / (size * POINT)
    texts = [part for line in address for part in broken(line, most, wide)] if wraps else address
    if any(wide(text) > most for text in texts):
        return None
    block = AddressBlock(tuple(_lines(texts, language, size, wide)), size, language)
    return block if block.height <= room[1] else None


def _lines(texts: Sequence[str], language: str, size: float, wide: Wide) -> Iterator[Line]:
    top = 0.0
    for text in texts:
        above, below = (part * size * POINT for part in reach(text, tongue(text, language)))
        yield Line(text, wide(text) * size * POINT, above + below, top + above, is_left_to_right(text))
        top += above + below


def broken(line: str, most: float, wide: Wide) -> Iterator[str]:
    """A line in as many as it needs to be no wider than ``most`` sizes, where its words allow."""
    taken = ""
    for word in line.split(" "):
        longer = f"{taken} {word}" if taken else word
        if taken and wide(longer) > most:
            yield taken
            longer = word
        taken = longer
    yield taken


def width(text: str, language: str) -> float:
    """How wide a line is, in sizes of its text. Raises ``Unprintable``."""
    return lines.line(text, 1.0, tongue(text, language)).width


def tongue(text: str, language: str) -> str:
    """The language to set a line in: plain lines look alike in every address, whatever stands beside them."""
    return "en" if fonts.is_plain(text) and any(map(str.isalpha, text)) else language


def reach(text: str, language: str) -> tuple[float, float]:
    """How much room a line takes above and below its baseline, in sizes: that of the script that needs most."""
    scripts = {script for script, _ in stretches(text, script_of_language(language))}
    reaches = [_reach(script, language) for script in scripts]
    return max(above for above, _ in reaches), max(below for _, below in reaches)


def _reach(script: str, language: str) -> tuple[float, float]:
    family = face(script, language).family
    leading = fonts.leading_of(family)
    if script in RIGHT_TO_LEFT:
        above, below = fonts.reach(family)
        high = above / (above + below)
    elif script in COMPLEX:
        high = DEEP
    else:
        high, leading = HIGH, CLOSE * leading
    return high * leading, (1 - high) * leading
