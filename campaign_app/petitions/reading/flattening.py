"""The table of a sheet as if it lay flat and straight: first by the marks, then along its own printed lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.petitions.reading.codes import Picture, Points

DENSITY = 6  # pixels a mm of the flat picture, about 150 dpi
MARGIN = 6.0  # mm around the table
REACH = 1.6  # mm within which a printed line is looked for
FAR_REACH = 3.6  # mm where they are not found; less than half a row's height
SEEN = 0.6  # of the lines across that are found where they should be, or it is another table
SEGMENTS = 10  # of each line
CLEAR = 0.05  # darkness above its surroundings from which a line is seen
OUTLIER = 0.35  # mm from the fitted bend

Plane = NDArray[Any]  # float32


@dataclass(frozen=True, slots=True)
class FlatTable:
    """The table in grey with a margin around it; a place on the sheet in mm is ``at`` in pixels."""

    picture: Picture
    grid: SheetGrid

    def at(self, x: float, y: float) -> tuple[float, float]:
        return at(self.grid, x, y)


def at(grid: SheetGrid, x: float, y: float) -> tuple[float, float]:
    """A place on the sheet, in pixels of the flat table."""
    return (x - grid.table.x + MARGIN) * DENSITY, (y - grid.table.y + MARGIN) * DENSITY


def flatten(picture: Picture, homography: Points, grid: SheetGrid) -> FlatTable | None:
    """The table, flat, or None where it is not there; ``homography`` leads from mm on the sheet to pixels."""
    size = tuple(round((side + 2 * MARGIN) * DENSITY) for side in (grid.table.width, grid.table.height))
    to_sheet = np.array([
        [1 / DENSITY, 0, grid.table.x - MARGIN], [0, 1 / DENSITY, grid.table.y - MARGIN], [0, 0, 1],
    ])  # fmt: skip
    picture, shrunk = _shrunk(picture, homography, grid)
    flat = cv2.warpPerspective(
        picture, shrunk @ homography @ to_sheet, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    for reach in (REACH, FAR_REACH, REACH):
        flat, seen = _straightened(flat, grid, reach)
        if reach == REACH and seen >= SEEN:
            return FlatTable(flat, grid)
    return None


def _shrunk(picture: Picture, homography: Points, grid: SheetGrid) -> tuple[Picture, Points]:
    """A finer picture at about our density, so that no pixel of it is skipped, and how it was scaled."""
    box = np.array([grid.table.corners], dtype=np.float64)
    seen = cv2.perspectiveTransform(box, homography)[0]
    finest = max(
        float(np.linalg.norm(seen[1] - seen[0])) / grid.table.width,
        float(np.linalg.norm(seen[3] - seen[0])) / grid.table.height,
    )
    scale = DENSITY * 1.15 / finest
    if scale > 0.8:
        return picture, np.eye(3)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small, np.diag([scale, scale, 1.0])


def _straightened(flat: Picture, grid: SheetGrid, reach: float) -> tuple[Picture, float]:
    """The flat picture with its printed lines where they belong, since paper bends, and lenses do; and how much of the
    lines across was found within ``reach`` mm."""
    light = cv2.blur(flat, (8 * DENSITY | 1, 8 * DENSITY | 1)).astype(np.float32)
    dark = 1 - flat.astype(np.float32) / np.maximum(light, 1)
    (left, top), (right, bottom) = at(grid, grid.table.x, grid.table.y), at(grid, grid.table.right, grid.table.bottom)
    down, seen = _bend(dark, [at(grid, 0, y)[1] for y in grid.rows], (left, right), reach)
    across, _ = _bend(dark.T, [at(grid, x, 0)[0] for x in grid.column_lines], (top, bottom), reach)
    height, width = flat.shape
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    rows, columns = np.indices(flat.shape, dtype=np.float32)
    moved = columns + _surface(across, y, x), rows + _surface(down, x, y)
    return cv2.remap(flat, *moved, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), seen


def _bend(dark: Plane, lines: Sequence[float], ends: tuple[float, float], far: float) -> tuple[Points | None, float]:
    """How far off the lines across are, as a surface of the second degree or None where too few are seen; and how much
    of them was seen.

    They are expected at the heights ``lines`` from ``ends[0]`` to ``ends[1]``, in pixels.
    """
    reach = round(far * DENSITY)
    edges = np.linspace(*ends, SEGMENTS + 1)
    found: list[tuple[float, float, float]] = []
    for y in lines:
        top = max(round(y) - reach, 0)
        for x0, x1 in pairwise(edges):
            profile = dark[top : top + 2 * reach + 1, round(x0) : round(x1)].mean(axis=1)
            profile = profile - np.median(profile)
            peak = int(profile.argmax())
            if profile[peak] > CLEAR and 0 < peak < len(profile) - 1:
                a, b, c = profile[peak - 1 : peak + 2]
                offset = peak + (a - c) / (2 * (a - 2 * b + c)) + top - y
                found.append((x0 / 2 + x1 / 2, y, float(offset)))
    if len(found) < 3 * SEGMENTS:
        return None, 0.0
    height, width = dark.shape
    xs, ys, offsets = np.array(found).T
    terms = _terms(2 * xs / (width - 1) - 1, 2 * ys / (height - 1) - 1)
    kept = np.abs(offsets - np.median(offsets)) < reach
    for _ in range(3):
        surface, *_rest = np.linalg.lstsq(terms[kept], offsets[kept], rcond=None)
        kept = np.abs(terms @ surface - offsets) < OUTLIER * DENSITY
        if kept.sum() < 2 * SEGMENTS:
            return None, 0.0
    return surface, float(kept.sum()) / (len(lines) * SEGMENTS)


def _terms(x: NDArray[np.floating], y: NDArray[np.floating]) -> Points:
    return np.stack([np.ones_like(x), x, y, x * y, x**2, y**2], axis=-1)


def _surface(surface: Points | None, x: Plane, y: Plane) -> Plane:
    return np.zeros_like(x) if surface is None else np.asarray(_terms(x, y) @ surface, dtype=np.float32)
