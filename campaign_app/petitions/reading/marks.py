"""Finding the four corner marks of a sheet, and with them how the page lies in the picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import cv2
import numpy as np

from campaign_app.documents.sheet_grid import MARK, Box, SheetGrid
from campaign_app.petitions.reading.codes import Picture, Points

COARSE = 1500  # pixels of the longer side in which marks are looked for
WINDOW = 3.0  # times a mark's side: what is dark is darker than around it
DARKER = 14  # levels of grey
SMALLER, LARGER = 0.25, 4.0  # times the area that the code lets expect: what is nearer to a camera is larger
SQUARE = 0.72  # of its smallest rectangle that a mark fills at least
SLACK = 8.0, 0.35  # mm, and share of the distance from the code, that a mark may be off from where the code says
MOST = 6  # candidates looked at for each mark
FITS = 3  # ways to see the marks that are tried, the best by what they make of the code
CLOSE = 2.0  # mm that the code's corners may lie off once the marks are right


def places(picture: Picture, code: Points, grid: SheetGrid) -> Iterator[Points]:
    """Homographies from mm on the sheet to pixels that marks and code allow, the likeliest first.

    These are by all four marks, then by any three of them and the code.
    """
    scale = min(1.0, COARSE / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    pose = _by_code(code * scale, grid)
    candidates = _squares(small, MARK * _pixels(pose))
    near = [_near(candidates, pose, mark, grid) for mark in grid.marks]
    for missing in ((), *((number,) for number in range(len(near)))):
        chosen = [[None] if number in missing else some for number, some in enumerate(near)]
        fits = sorted((_fitted(one, code * scale, grid) for one in product(*chosen)), key=lambda fit: fit[1])
        for homography, off in fits[:FITS]:
            if off < CLOSE:
                yield np.diag([1 / scale, 1 / scale, 1.0]) @ homography


def _by_code(code: Points, grid: SheetGrid) -> Points:
    """The affine map that the code alone tells; near the code it is good, far from it not."""
    corners = np.column_stack([np.array(grid.code.corners), np.ones(4)])
    affine, *_ = np.linalg.lstsq(corners, code, rcond=None)
    return np.vstack([affine.T, [0, 0, 1]])


def _pixels(pose: Points) -> float:
    """How many there are to a mm."""
    return float(np.sqrt(abs(np.linalg.det(pose[:2, :2]))))


def _squares(picture: Picture, side: float) -> Points:
    """The centres of dark squares of about that size."""
    window = int(side * WINDOW) | 1
    dark = (cv2.blur(picture, (window, window)).astype(np.int16) - picture > DARKER).astype(np.uint8)
    contours, _ = cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    found = [centre for contour in contours if (centre := _square(contour, side)) is not None]
    return np.array(found, dtype=np.float64).reshape(-1, 2)


def _square(contour: Picture, side: float) -> tuple[float, float] | None:
    moments = cv2.moments(contour)
    area = moments["m00"]
    if not SMALLER * side**2 < area < LARGER * side**2:
        return None
    _, (width, height), _ = cv2.minAreaRect(contour)
    if min(width, height) < 0.6 * max(width, height) or area < SQUARE * width * height:
        return None
    return moments["m10"] / area, moments["m01"] / area


def _near(candidates: Points, pose: Points, mark: Box, grid: SheetGrid) -> list[Points]:
    """Candidates for a mark, the nearest first."""
    expected = project(pose, np.array([_middle(mark)]))[0]
    away = float(np.linalg.norm(np.subtract(_middle(mark), _middle(grid.code))))
    allowed = (SLACK[0] + SLACK[1] * away) * _pixels(pose)
    distances = np.linalg.norm(candidates - expected, axis=1)
    return [candidates[i] for i in np.argsort(distances)[:MOST] if distances[i] < allowed]


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2


def _fitted(chosen: tuple[Points | None, ...], code: Points, grid: SheetGrid) -> tuple[Points, float]:
    """The homography by these marks, and how many mm the code's corners are off with it."""
    pairs = [(_middle(mark), found) for mark, found in zip(grid.marks, chosen, strict=True) if found is not None]
    sheet, seen = (np.array([pair[i] for pair in pairs], dtype=np.float64) for i in (0, 1))
    corners = np.array(grid.code.corners, dtype=np.float64)
    if len(pairs) < len(grid.marks):
        sheet, seen = np.vstack([sheet, corners]), np.vstack([seen, code])
    homography, _ = cv2.findHomography(sheet, seen)
    if homography is None or abs(np.linalg.det(homography)) < 1e-9:
        return np.eye(3), np.inf
    return homography, float(np.abs(project(np.linalg.inv(homography), code) - corners).max())


def project(homography: Points, points: Points) -> Points:
    """Where the points come to lie."""
    moved = np.column_stack([points, np.ones(len(points))]) @ homography.T
    return moved[:, :2] / moved[:, 2:]
