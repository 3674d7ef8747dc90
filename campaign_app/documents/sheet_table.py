"""The table of a signature sheet: its columns, its lines, the numbers of its rows, and boxes to tick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from campaign_app.documents.marks import Box as Outline
from campaign_app.documents.marks import Mark, Rule, Text
from campaign_app.documents.sheet_frame import SIDE, SheetFrame
from campaign_app.documents.sheet_grid import Box, Column, SheetGrid

NUMBER_WIDTH = 8.0
SHARES = {"name": 3.2, "home": 2.4, "own": 2.0, "signature": 3.0, "date": 1.6, "consent": 1.3}
TICK = 4.0
FRAME, LINE, UPRIGHT = 0.4, 0.2, 0.15  # mm; thickness of lines
ROW_NUMBER, LARGE_ROW_NUMBER, ROW_NUMBER_RISE = 8.5, 12.0, 1.1  # pt; mm from the middle of a row to its baseline


def columns(frame: SheetFrame) -> Iterator[Column]:
    """The columns from left to right."""
    design = frame.design
    own = [f"own {number}" for number in range(len(design.own_columns))]
    names = ["name", "home", *own, "signature", "date", *(["consent"] if design.consent else [])]
    share = (frame.measure - NUMBER_WIDTH) / sum(SHARES[name.split()[0]] for name in names)
    widths = [NUMBER_WIDTH, *(round(share * SHARES[name.split()[0]], 3) for name in names)]
    start, found = SIDE, []
    for name, width in zip(["number", *names], widths, strict=True):
        left = round(frame.x(start, width), 3)
        found.append(Column(name, left, left + width))
        start += width
    yield from sorted(found, key=lambda column: column.left)


def ticks(columns: Sequence[Column], lines: Sequence[float]) -> Iterator[Box]:
    """A box in each row of the column of consents."""
    for column in columns:
        if column.name == "consent":
            for top, bottom in pairwise(lines):
                yield Box((column.left + column.right - TICK) / 2, (top + bottom - TICK) / 2, TICK, TICK)


def marks(grid: SheetGrid, header_height: float, *, large_print: bool) -> Iterator[Mark]:
    """All that is drawn of the table but for its headings."""
    table = grid.table
    top = table.y - header_height
    yield Outline(table.x, top, table.width, table.bottom - top, FRAME)
    yield Rule(table.x, table.y, table.right, table.y, FRAME)
    for y in grid.rows[1:-1]:
        yield Rule(table.x, y, table.right, y, LINE)
    for x in grid.column_lines[1:-1]:
        yield Rule(x, top, x, table.bottom, UPRIGHT)
    for box in grid.printed:
        yield Outline(box.x, box.y, box.width, box.height, LINE)
    yield from _numbers(grid, LARGE_ROW_NUMBER if large_print else ROW_NUMBER)


def _numbers(grid: SheetGrid, size: float) -> Iterator[Mark]:
    column = next(column for column in grid.columns if column.name == "number")
    for place, y in enumerate(grid.rows[1:], 1):
        baseline = y - grid.row_height / 2 + ROW_NUMBER_RISE
        yield Text((column.left + column.right) / 2, baseline, f"{place}", size, align="centre")
