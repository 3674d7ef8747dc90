"""Where things stand on a printed signature sheet, in mm from the top left corner: for who prints and who reads a scan.

A sheet is made to be found again in a photograph:

- Four solid black squares mark the corners. No pen leaves a filled square of 5 mm, and nothing else on a sheet is one;
  around each 2 mm are left white. They keep 7 mm from the edges, where cheap printers still reach (about 5).
- The QR code stands once, in an upper corner, so that it tells which way up a page lies, and roughly where the four
  marks are. Its modules are at least 0.5 mm, two pixels at 100 dpi; four of them are left white around it.
- All lines are black: what a printer would make grey of dots is nothing to measure by.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

MARK, MARK_INSET, MARK_CLEARANCE = 5.0, 7.0, 2.0  # side of a corner mark; from the edges of the paper; left white


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Clockwise from the top left."""
        return (self.x, self.y), (self.right, self.y), (self.right, self.bottom), (self.x, self.bottom)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table by what it is for: ``number``, ``name``, ``home``, ``own``, ``signature``, ``date``,
    ``consent``."""

    name: str
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class SheetGrid:
    """A sheet of ``width`` × ``height``, as it was printed.

    ``marks`` are the corner marks, clockwise from the top left; ``code`` is the QR code without its quiet zone, and
    ``count_box`` where the number of signatures is written. ``rows`` are the lines between the rows, from the top of
    the first to the bottom of the last; ``columns`` stand from left to right, also where lines run the other way.
    ``printed`` is whatever is printed within cells, such as boxes to tick. Below ``cut`` a strip is torn off.
    """

    width: float
    height: float
    marks: tuple[Box, ...]
    code: Box
    count_box: Box
    rows: tuple[float, ...]
    columns: tuple[Column, ...]
    printed: tuple[Box, ...] = ()
    cut: float | None = None

    @property
    def count(self) -> int:
        """How many rows there are to sign in."""
        return len(self.rows) - 1

    @property
    def row_height(self) -> float:
        return (self.rows[-1] - self.rows[0]) / self.count

    @cached_property
    def table(self) -> Box:
        """All rows with all of their cells."""
        left, right = self.columns[0].left, self.columns[-1].right
        return Box(left, self.rows[0], right - left, self.rows[-1] - self.rows[0])

    @cached_property
    def column_lines(self) -> tuple[float, ...]:
        """The upright lines, from left to right."""
        return (*(column.left for column in self.columns), self.columns[-1].right)

    @cached_property
    def cells(self) -> tuple[tuple[float, float], ...]:
        """The columns that people write in, by left and right edge."""
        return tuple((column.left, column.right) for column in self.columns if column.name != "number")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> SheetGrid:
        """The grid that ``to_json`` gave."""
        boxes = {name: tuple(Box(**box) for box in values[name]) for name in ("marks", "printed")}
        alone = {name: Box(**values[name]) for name in ("code", "count_box")}
        columns = tuple(Column(**column) for column in values["columns"])
        return cls(**(values | boxes | alone | {"rows": tuple(values["rows"]), "columns": columns}))


def corner_marks(left: float, top: float, right: float, bottom: float) -> tuple[Box, ...]:
    """The marks in the corners of an area, clockwise from the top left."""
    far, low = right - MARK, bottom - MARK
    return tuple(Box(x, y, MARK, MARK) for x, y in ((left, top), (far, top), (far, low), (left, low)))
