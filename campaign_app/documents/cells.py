"""Texts in the cells of a list on paper: in one line or two, and what is longer ends in an ellipsis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from campaign_app.documents import address_block, fonts
from campaign_app.documents.address_block import POINT
from campaign_app.documents.lines import Align
from campaign_app.documents.marks import Mark, Text
from campaign_app.documents.unfit import Unprintable

CAPITALS = 2.3 / 9  # how high they are, in mm to a pt of their size
LINE = 4.2 / 9  # mm between two lines, to a pt of their size
ELLIPSIS = "…"


def cell(
    text: str, language: str, left: float, right: float, middle: float, size: float, align: Align = "left"
) -> Iterator[Mark]:
    """The text between ``left`` and ``right``, its lines around ``middle``, in mm; ``size`` is in pt."""
    found = lines(text, language, right - left, size)
    if len(found) > 2:
        found = [found[0], " ".join(found[1:])]
    x = {"left": left, "centre": (left + right) / 2, "right": right}[align]
    for number, line in enumerate(found):
        y = middle + CAPITALS * size / 2 + (number - (len(found) - 1) / 2) * LINE * size
        shown = shortened(line, language, (right - left) / (size * POINT))
        yield Text(x, y, shown, size, address_block.tongue(shown, language), align)


def lines(text: str, language: str, width: float, size: float) -> list[str]:
    """The text in lines no wider than ``width`` mm, where its words allow."""
    wide = partial(address_block.width, language=language)
    return list(address_block.broken(text, width / (size * POINT), wide))


def shortened(line: str, language: str, most: float) -> str:
    """The line, or as much of its beginning as is no wider than ``most`` sizes."""
    return cut(line, most, partial(address_block.width, language=language))


def cut(line: str, most: float, wide: Callable[[str], float]) -> str:
    """The line, or as much of its beginning as is no wider than ``most``, as ``wide`` measures it."""
    if wide(line) <= most:
        return line
    while line and wide(line + ELLIPSIS) > most:
        line = line[: -max(1, len(line) // 12)].rstrip()
    return line + ELLIPSIS


def check(texts: Iterable[tuple[str, str]]) -> None:
    """Raise ``Unprintable`` with the field of the first text that no font can draw."""
    for field, text in texts:
        if characters := fonts.unprintable(text):
            raise Unprintable(field, characters)
