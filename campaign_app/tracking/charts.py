"""Charts as plain shapes: templates draw them as SVG, with the table of the same numbers beside them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 150  # SVG user units
TICKS = 18  # units below the columns for their labels
HEADROOM = 16  # units above the tallest column for its number
WIDEST = 48  # units


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place in the drawing, and what it says."""

    x: float
    y: float
    width: float
    height: float
    week: date
    value: int
    labelled: bool


def columns(weeks: Sequence[tuple[date, int]]) -> list[Column]:
    """A column a week, the tallest as high as the drawing; about eight of them carry a label."""
    if not weeks:
        return []
    step = min(WIDTH / len(weeks), WIDEST)
    scale = (HEIGHT - TICKS - HEADROOM) / max([1, *(value for _, value in weeks)])
    every = -(-len(weeks) // 8)
    return [
        Column(
            x=round(number * step + step * 0.1, 2),
            y=round(HEIGHT - TICKS - value * scale, 2),
            width=round(step * 0.8, 2),
            height=round(value * scale, 2),
            week=week,
            value=value,
            labelled=number % every == 0,
        )
        for number, (week, value) in enumerate(weeks)
    ]
