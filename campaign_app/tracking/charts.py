"""Charts as plain shapes: templates draw them as SVG, with the table of the same numbers beside them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 150  # SVG user units
TICKS = 18  # units below the columns for their labels
HEADROOM = 16  # units above the tallest column for its number
WIDEST = 48  # units
MOST_NUMBERED = 26  # columns that have room for a number above each
BAR, BETWEEN = 14, 6  # units; how thick a bar is, and what is between two
NAMES, NUMBERS = 190, 60  # units beside the bars for what they are, and for how many
MOST_BARS = 12
LONGEST_NAME = 30  # characters


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place in the drawing, and what it says. ``is_small`` is one whose value is not told."""

    x: float
    y: float
    width: float
    height: float
    week: date
    value: int
    labelled: bool
    numbered: bool = True
    is_small: bool = False


def columns(weeks: Sequence[tuple[date, int]], smallest: int = 0) -> list[Column]:
    """A column a week, the tallest as high as the drawing; about eight of them carry a label.

    Those below ``smallest``, but not empty, all look alike.
    """
    if not weeks:
        return []
    step = min(WIDTH / len(weeks), WIDEST)
    scale = (HEIGHT - TICKS - HEADROOM) / max([1, smallest, *(value for _, value in weeks)])
    every = -(-len(weeks) // 8)
    found = []
    for number, (week, value) in enumerate(weeks):
        is_small = 0 < value < smallest
        height = (smallest / 2 if is_small else value) * scale
        found.append(
            Column(
                x=round(number * step + step * 0.1, 2),
                y=round(HEIGHT - TICKS - height, 2),
                width=round(step * 0.8, 2),
                height=round(height, 2),
                week=week,
                value=0 if is_small else value,
                labelled=number % every == 0,
                numbered=bool(value) and not is_small and len(weeks) <= MOST_NUMBERED,
                is_small=is_small,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a ranking: its place, what it is (shortened), and how many."""

    y: float
    width: float
    name: str
    value: int
    key: str


def bars(ranking: Sequence[tuple[str, str, int]]) -> list[Bar]:
    """A bar for each key, name and value, as far as there is room; the longest is as wide as the drawing."""
    shown = [one for one in ranking if one[2]][:MOST_BARS]
    scale = (WIDTH - NAMES - NUMBERS) / max([1, *(value for _, _, value in shown)])
    return [
        Bar(place * (BAR + BETWEEN), round(value * scale, 2), shortened(name), value, key)
        for place, (key, name, value) in enumerate(shown)
    ]


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"
