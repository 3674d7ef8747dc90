"""How large the address of a letter is set, and where in an envelope's window it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from campaign_app.documents.paper import LEAST_MARGIN, RETURN_ZONE, Layout, Window

POINT = 25.4 / 72  # mm
SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0)  # pt
LEADING = (1.12, 1.3)  # least and most, in sizes; capitals need little
DIN_LINES = 6  # of address below the notes


@dataclass(frozen=True, slots=True)
class Address:
    """How an address is set: size in pt, leading in sizes, top in mm from the top margin (or in the flow)."""

    size: float
    leading: float
    top: float | None = None


@lru_cache(256)
def addresses(lines: int, layout: Layout) -> tuple[Address, ...]:
    """The ways to set an address of so many lines, from the largest type on, that could fit; at least one."""
    window, number = layout.window, max(lines, 1)
    if not window:
        return (Address(layout.points, LEADING[1]),)
    sizes = [size for size in SIZES if size <= layout.points]
    fitting = [size for size in sizes if number * size * LEADING[0] * POINT <= _room(window, number)]
    return tuple(_in_window(window, number, size) for size in fitting or sizes[-1:])


def _in_window(window: Window, number: int, size: float) -> Address:
    room = _room(window, number)
    least, most = LEADING
    leading = min(most, max(least, room / (number * size * POINT)))
    spare = room - number * size * leading * POINT
    above = window.height - room
    top = window.y + above + (0 if window.notes else spare / 2)
    return Address(size, leading, top - LEAST_MARGIN)


def _room(window: Window, number: int) -> float:
    """The height in mm that an address of so many lines has in the window."""
    if number <= DIN_LINES:
        return window.height - window.notes
    return window.height - (RETURN_ZONE if window.return_line else 0)
