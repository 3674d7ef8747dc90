"""Telling a line that strikes out a row from what is written there: writing leaves gaps, above all between cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.petitions.reading.flattening import DENSITY, at
from campaign_app.petitions.reading.ink import Mask

# How much of the width that people write in one line runs along, and how many of the lines between cells it goes
# through:
STRUCK = 0.62, 0.6  # from there a row is struck out
PERHAPS_STRUCK = ((0.5, 0.5), (0.64, 0.3))  # from one of these it may be
FULL = (
    0.85,
    0.6,
)  # the same of strokes at any height: a line to and fro; writing has hardly more than 0.7, and none through
LONG = 4.0  # mm of straight stroke that may be part of a line
SLOPES = (-0.4, -0.2, 0.0, 0.2, 0.4)
STEP = 3  # pixels up or down for each mm along the line
NEAR, THROUGH = 2, 0.75  # mm on both sides of a line between cells, and how much of them a stroke through it covers


@dataclass(frozen=True, slots=True)
class Strike:
    """How much of the row one line runs along, and through how many of the lines between its cells; and the same of
    strokes at any height."""

    along: float
    through: float
    inked: float
    inked_through: float

    @property
    def is_certain(self) -> bool:
        on_line = self.along >= STRUCK[0] and self.through >= STRUCK[1]
        return on_line or (self.inked >= FULL[0] and self.inked_through >= FULL[1])

    @property
    def is_possible(self) -> bool:
        on_line = any(self.along >= along and self.through >= through for along, through in PERHAPS_STRUCK)
        return on_line or self.inked >= FULL[0]


def straight(mask: Mask) -> Mask:
    """Where strokes run straight for a while, more along the row than up or down."""
    length = round(LONG * DENSITY) | 1
    thick = cv2.dilate(mask, np.ones((3, 3), dtype=np.uint8))
    found = np.zeros_like(mask)
    for slope in SLOPES:
        rise = round(slope * length / 2)
        kernel = np.zeros((2 * abs(rise) + 1, length), dtype=np.uint8)
        cv2.line(kernel, (0, abs(rise) - rise), (length - 1, abs(rise) + rise), 1)
        found |= cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel)
    return found


def look(strokes: Mask, straight: Mask, grid: SheetGrid) -> Strike:
    """What of the strokes of a row, and of those that run straight, may be a line across its cells."""
    lines = _by_mm(straight, grid)
    covered = lines[_best_path(lines), np.arange(lines.shape[1])]
    inked: NDArray[Any] = np.asarray(_by_mm(strokes, grid).any(axis=0))
    return Strike(float(covered.mean()), _through(covered, grid), float(inked.mean()), _through(inked, grid))


def _by_mm(strokes: Mask, grid: SheetGrid) -> NDArray[Any]:
    """The cells of a row, each mm of its width in one column."""
    left, right = round(at(grid, grid.cells[0][0], 0)[0]), round(at(grid, grid.cells[-1][1], 0)[0])
    count = (right - left) // DENSITY
    band = strokes[:, left : left + count * DENSITY]
    return np.asarray(band.reshape(band.shape[0], count, DENSITY).any(axis=2))


def _through(covered: NDArray[Any], grid: SheetGrid) -> float:
    """How many of the lines between the cells have a stroke that goes through."""
    first, last = grid.cells[0][0], grid.cells[-1][1]
    places = [round(x - first) for x in grid.column_lines if first < x < last]
    return float(np.mean([covered[max(x - NEAR, 0) : x + NEAR].mean() >= THROUGH for x in places]))


def _best_path(cells: NDArray[Any]) -> NDArray[Any]:
    """The way from left to right that meets the most strokes, going up or down by no more than STEP at a time."""
    height, count = cells.shape
    score = cells[:, 0].astype(np.int32)
    came = np.zeros((count, height), dtype=np.int32)
    for x in range(1, count):
        padded = np.pad(score, STEP, constant_values=-1)
        windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * STEP + 1)
        step = windows.argmax(axis=1)
        came[x] = np.arange(height) + step - STEP
        score = windows.max(axis=1) + cells[:, x]
    path = np.empty(count, dtype=np.int64)
    path[-1] = int(score.argmax())
    for x in range(count - 1, 0, -1):
        path[x - 1] = came[x, path[x]]
    return path
