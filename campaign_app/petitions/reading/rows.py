"""Judging the rows of a sheet by the strokes on them: filled, empty, struck out, or uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.petitions.reading import strikes
from campaign_app.petitions.reading.flattening import DENSITY, at
from campaign_app.petitions.reading.ink import Ink, Mask
from campaign_app.petitions.reading.strikes import Strike

INTRUDES = 0.5  # of the area that a stroke has beyond the line: below it comes from there
REACHES = 0.6  # of the row's height that it comes from there at most
SHARES = 1.7  # of that area: below nobody can tell whose it is
SPECK = 3.0  # mm that a stroke is long or high at least, so that it is no dot
FEW = 5.0  # mm of the row's width with strokes of its own below which nobody wrote there
IN_CELL, CELLS = 2.0, 2  # mm in a cell that are something; in how many: a neighbour's signature strays into one alone
DOTTED = 8.0  # mm of the row's width with dots alone that are more than a resting pen leaves


class Mark(StrEnum):
    """What a row of a sheet is taken for."""

    FILLED = "filled"
    EMPTY = "empty"
    STRUCK = "struck"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row, counted from 1.

    ``width`` mm of it have strokes of its own, in ``cells`` cells, and ``shared`` mm some that may be another row's;
    ``dots`` mm have no more than dots.
    """

    number: int
    mark: Mark
    width: float
    cells: int
    shared: float
    dots: float
    strike: Strike


def judge(ink: Ink, grid: SheetGrid) -> list[RowReading]:
    bands = [_band(ink, grid, row) for row in range(grid.count)]
    straight = strikes.straight(ink.mask)
    return [_judged(row, bands, straight, grid) for row in range(grid.count)]


@dataclass(frozen=True, slots=True)
class _Band:
    """The strokes of a row as its lines cut them: their labels, and by label their area in pixels,
    their height, and whether they are dots."""

    labels: NDArray[Any]
    areas: NDArray[Any]
    heights: NDArray[Any]
    is_dot: NDArray[Any]


def _band(ink: Ink, grid: SheetGrid, row: int) -> _Band:
    top, bottom = _span(grid, row)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.mask[top:bottom], connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    return _Band(labels, stats[:, cv2.CC_STAT_AREA], stats[:, cv2.CC_STAT_HEIGHT], sides < SPECK * DENSITY)


def _beyond(here: _Band, edge: int, there: _Band, other_edge: int) -> NDArray[Any]:
    """By label of the strokes here, the area of those that they go on in beyond the line."""
    area = np.zeros(len(here.areas), dtype=np.int64)
    mine, others = here.labels[edge], there.labels[other_edge]
    pairs = np.vstack([np.column_stack([mine, np.roll(others, shift)]) for shift in (-1, 0, 1)])
    for label, other in np.unique(pairs[(pairs > 0).all(axis=1)], axis=0):
        area[label] += there.areas[other]
    return area


def _span(grid: SheetGrid, row: int) -> tuple[int, int]:
    return round(at(grid, 0, grid.rows[row])[1]), round(at(grid, 0, grid.rows[row + 1])[1])


def _judged(row: int, bands: Sequence[_Band], straight: Mask, grid: SheetGrid) -> RowReading:
    band = bands[row]
    beyond = np.zeros(len(band.areas), dtype=np.int64)
    if row > 0:
        beyond = np.maximum(beyond, _beyond(band, 0, bands[row - 1], -1))
    if row + 1 < len(bands):
        beyond = np.maximum(beyond, _beyond(band, -1, bands[row + 1], 0))
    stays = (band.areas >= INTRUDES * beyond) | (band.heights >= REACHES * band.labels.shape[0])
    stays[0] = False
    own = stays & (band.areas >= SHARES * beyond) & ~band.is_dot
    widths = _widths(own[band.labels], grid)
    width, cells = sum(widths), sum(one >= IN_CELL for one in widths)
    joined = _widths((stays & ~band.is_dot)[band.labels], grid)
    shared, touched = sum(joined), sum(one >= IN_CELL for one in joined)
    dots = sum(_widths((stays & band.is_dot)[band.labels], grid))
    top, bottom = _span(grid, row)
    strike = strikes.look(band.labels > 0, straight[top:bottom], grid)
    return RowReading(row + 1, _mark(width, cells, touched, dots, strike), width, cells, shared, dots, strike)


def _mark(width: float, cells: int, touched: int, dots: float, strike: Strike) -> Mark:
    """``touched`` cells have strokes of the row's own, or such as go on in a neighbour as much."""
    if strike.is_certain:
        return Mark.STRUCK
    if strike.is_possible:
        return Mark.UNCERTAIN
    if touched >= CELLS and cells and width >= FEW:
        return Mark.FILLED
    return Mark.EMPTY if width < FEW and touched < CELLS and dots < DOTTED else Mark.UNCERTAIN


def _widths(strokes: NDArray[Any], grid: SheetGrid) -> list[float]:
    """How many mm of each cell have a stroke above or below."""
    inked: NDArray[Any] = np.asarray(strokes.any(axis=0))
    return [_inked(inked[round(at(grid, left, 0)[0]) : round(at(grid, right, 0)[0])]) for left, right in grid.cells]


def _inked(columns: NDArray[Any]) -> float:
    whole = len(columns) // DENSITY * DENSITY
    return float(columns[:whole].reshape(-1, DENSITY).any(axis=1).sum())
