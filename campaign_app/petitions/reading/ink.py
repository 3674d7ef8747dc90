"""What was written on a table: darkness that is neither paper, shadow, stain, nor print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from campaign_app.documents.sheet_grid import Box, SheetGrid
from campaign_app.petitions.reading.codes import Picture
from campaign_app.petitions.reading.flattening import DENSITY, FlatTable, Plane, at

WIDEST = 5.0  # mm; what is dark over more than that is no stroke
BLUR = 0.16  # mm, by which the grain of paper and camera is smoothed
LINE, FRAME = 0.45, 0.65  # mm on both sides of a printed line, and of the table's thicker frame, that say nothing
CERTAIN = 0.12, 5.5  # darkness of a stroke along its middle: at least, and times the noise
DARK = 0.15  # of a stroke's area that is so dark; what shines through from the back, and stains, are faint all over
LIKELY = 0.065, 3.2  # and everywhere else
NEARBY = 1.2  # mm from what is so dark that the rest of a stroke may go on
PIECE, BEYOND = 12.0, 2.0  # mm of a crease that are straight; from the edges of the picture that it reaches
SMALLEST = 0.5  # mm² of a stroke

Mask = NDArray[Any]  # bytes, 1 where something is


@dataclass(frozen=True, slots=True)
class Ink:
    """``darkness`` from 0 (paper) to 1; ``mask`` where strokes are, those through printed lines made whole."""

    darkness: Plane
    mask: Mask


def ink_of(table: FlatTable) -> Ink:
    darkness = _darkness(table.picture)
    lines = _lines(table.grid, darkness.shape)
    noise = _noise(darkness[lines == 0])
    mask = _strokes(darkness, lines, noise)
    return Ink(darkness, _bridged(mask, table.grid))


def _darkness(picture: Picture) -> Plane:
    """Darkness against the paper around, whatever light fell on it."""
    smooth = cv2.GaussianBlur(picture, (0, 0), BLUR * DENSITY)
    third = cv2.resize(smooth, None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA)
    across = round(WIDEST * DENSITY / 3) | 1
    paper = cv2.morphologyEx(third, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across)))
    paper = cv2.GaussianBlur(paper, (0, 0), DENSITY / 3)
    paper = cv2.resize(paper, picture.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.clip(1 - smooth.astype(np.float32) / np.maximum(paper, 1), 0, 1)


def _lines(grid: SheetGrid, shape: tuple[int, ...]) -> Mask:
    """Where lines and other print are, and all that lies outside of the cells that people write in."""
    mask = np.ones(shape, dtype=np.uint8)
    for left, right in grid.cells:
        _fill(mask, grid, Box(left, grid.table.y, right - left, grid.table.height), 0)
    table = grid.table
    for y in grid.rows:
        around = FRAME if y in (table.y, table.bottom) else LINE
        _fill(mask, grid, Box(table.x, y - around, table.width, 2 * around), 1)
    for x in grid.column_lines:
        around = FRAME if x in (table.x, table.right) else LINE
        _fill(mask, grid, Box(x - around, table.y, 2 * around, table.height), 1)
    for box in grid.printed:
        _fill(mask, grid, Box(box.x - LINE, box.y - LINE, box.width + 2 * LINE, box.height + 2 * LINE), 1)
    return mask


def _fill(mask: Mask, grid: SheetGrid, box: Box, value: int) -> None:
    (x0, y0), (x1, y1) = at(grid, box.x, box.y), at(grid, box.right, box.bottom)
    mask[max(round(y0), 0) : round(y1) + 1, max(round(x0), 0) : round(x1) + 1] = value


def _noise(blank: Plane) -> tuple[float, float]:
    """The darkness of paper and how much it varies, from the lighter half of what is no print."""
    low, middle = np.percentile(blank, (16, 50))
    return float(middle), max(float(middle - low), 0.004)


def _strokes(darkness: Plane, lines: Mask, noise: tuple[float, float]) -> Mask:
    """Where it is dark enough, as far as it hangs together and is dark beyond doubt for a good part."""
    paper, sigma = noise
    dark_enough = (darkness > paper + max(LIKELY[0], LIKELY[1] * sigma)).astype(np.uint8)
    likely = dark_enough & (lines == 0) & (_creases(dark_enough) == 0)
    certain = (darkness > paper + max(CERTAIN[0], CERTAIN[1] * sigma)) & (lines == 0)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(likely, connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    dark = np.bincount(labels[certain], minlength=count)
    keep = (dark > DARK * areas) & (areas > SMALLEST * DENSITY**2)
    keep[0] = False
    across = 2 * round(NEARBY * DENSITY) + 1
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across))
    return keep[labels].astype(np.uint8) & cv2.dilate(certain.astype(np.uint8), around)


def _creases(dark: Mask) -> Mask:
    """Where the paper was folded: lines that run on beyond the table at both sides, as no pen's do."""
    piece = np.ones((1, round(PIECE * DENSITY)), dtype=np.uint8)
    whole = cv2.morphologyEx(cv2.dilate(dark, np.ones((3, 1), dtype=np.uint8)), cv2.MORPH_CLOSE, piece[:, ::4])
    _, labels = cv2.connectedComponents(cv2.morphologyEx(whole, cv2.MORPH_OPEN, piece), connectivity=8)
    edge = round(BEYOND * DENSITY)
    through = np.intersect1d(labels[:, :edge], labels[:, -edge:])
    found = np.isin(labels, through[through > 0]).astype(np.uint8)
    return cv2.dilate(found, np.ones((5, 1), dtype=np.uint8))


def _bridged(mask: Mask, grid: SheetGrid) -> Mask:
    """Strokes that are interrupted by a printed line, continued through it."""
    gap = 2 * round(LINE * DENSITY) + 3
    down = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((gap, 3), dtype=np.uint8))
    across = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, gap), dtype=np.uint8))
    whole = mask.copy()
    for y in grid.rows[1:-1]:
        band = _band(grid, Box(grid.table.x, y - LINE, grid.table.width, 2 * LINE))
        whole[band] |= down[band]
    for x in grid.column_lines[1:-1]:
        band = _band(grid, Box(x - LINE, grid.table.y, 2 * LINE, grid.table.height))
        whole[band] |= across[band]
    return whole


def _band(grid: SheetGrid, box: Box) -> tuple[slice, slice]:
    (x0, y0), (x1, y1) = at(grid, box.x, box.y), at(grid, box.right, box.bottom)
    return slice(round(y0), round(y1) + 1), slice(round(x0), round(x1) + 1)
