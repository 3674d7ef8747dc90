"""What stands on a page that is no letter, in mm from the top left corner: lines of text, rules, boxes, codes, bars.

Envelopes, label sheets and checklists say what stands where; ``marked_pdf`` draws it. So places can be tested, and a
page of twelve thousand costs no more than what is different on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from campaign_app.documents.lines import Align
from campaign_app.documents.paper import Offset


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, ``size`` in pt, with its left edge, middle or right edge at ``x`` and its baseline at ``y``.

    ``language`` chooses among the fonts of Chinese characters and of Arabic letters.
    """

    x: float
    y: float
    text: str
    size: float
    language: str = "en"
    align: Align = "left"
    strong: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line between two points, ``weight`` mm thick."""

    x: float
    y: float
    to_x: float
    to_y: float
    weight: float = 0.15
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """The outline of a rectangle."""

    x: float
    y: float
    width: float
    height: float
    weight: float = 0.15
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code in a square of ``size`` mm, its quiet zone not counted."""

    x: float
    y: float
    size: float
    content: str


@dataclass(frozen=True, slots=True)
class Patch:
    """A white area for what is to be read over lines."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle, as a bar or a column of a chart."""

    x: float
    y: float
    width: float
    height: float
    grey: bool = False


Mark = Text | Rule | Box | Code | Patch | Fill


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page of ``width`` × ``height`` mm."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def moved(marks: Iterable[Mark], offset: Offset) -> Iterable[Mark]:
    """The marks where a printer has to be told to put them."""
    return (_moved(mark, offset) for mark in marks) if offset.x or offset.y else marks


def _moved(mark: Mark, offset: Offset) -> Mark:
    if isinstance(mark, Rule):
        return replace(
            mark, x=mark.x + offset.x, y=mark.y + offset.y, to_x=mark.to_x + offset.x, to_y=mark.to_y + offset.y
        )
    return replace(mark, x=mark.x + offset.x, y=mark.y + offset.y)
