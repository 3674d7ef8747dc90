"""Finding the QR code of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

Picture = NDArray[Any]  # bytes; OpenCV does not say more of what it returns
Points = NDArray[Any]  # x and y, one a row; or a homography
SHARPENED = 1.5  # how much of the difference from the blurred picture is added
FINE = 1.8  # by how much a coarse picture is enlarged
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
COARSE = 2000  # pixels of its longer side below which a picture is
NEARBY = 61  # pixels of the window that tells light from shadow


@dataclass(frozen=True, slots=True)
class FoundCode:
    """What a QR code says, and its corners in pixels of the picture, clockwise from its own top left."""

    content: str
    corners: Points


def find(picture: Picture) -> list[FoundCode]:
    """The QR codes of a page in grey, by what is tried first; none where all attempts fail."""
    for tried, scale in _attempts(picture):
        found = zxingcpp.read_barcodes(tried, formats=QR, try_invert=False)
        if found:
            return [_found(code, scale) for code in found]
    return []


def _attempts(picture: Picture) -> Iterator[tuple[Picture, float]]:
    """The picture as it is, and as it reads better where light, focus or size are poor; with its scale."""
    yield picture, 1.0
    sharp = cv2.addWeighted(picture, 1 + SHARPENED, cv2.GaussianBlur(picture, (0, 0), 2), -SHARPENED, 0)
    yield sharp, 1.0
    if max(picture.shape) < COARSE:
        for one in (picture, sharp):
            yield cv2.resize(one, None, fx=FINE, fy=FINE, interpolation=cv2.INTER_CUBIC), FINE
    light = cv2.blur(picture, (NEARBY, NEARBY)).astype(np.float32)
    even = np.clip(picture / np.maximum(light, 1) * 160, 0, 255).astype(np.uint8)
    yield even, 1.0
    yield cv2.GaussianBlur(even, (0, 0), 1.2), 1.0
    yield cv2.resize(even, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 0.5


def _found(code: zxingcpp.Barcode, scale: float) -> FoundCode:
    at = code.position
    corners = [(p.x / scale, p.y / scale) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)]
    return FoundCode(code.text, np.array(corners, dtype=np.float64))
