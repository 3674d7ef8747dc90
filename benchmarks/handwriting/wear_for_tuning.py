"""What scanners and phones make of a page, for tuning. ``wear_for_testing`` does it by other means."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from benchmarks.handwriting.pens import DENSITY, Page


def worn(page: Page, rng: np.random.Generator) -> tuple[bytes, str]:
    """The page as a JPEG file, and what was done to it."""
    if rng.random() < 0.35:
        page = _creased(page, rng)
    return _photo(page, rng) if rng.random() < 0.5 else _scan(page, rng)


def _scan(page: Page, rng: np.random.Generator) -> tuple[bytes, str]:
    dpi = int(rng.choice([100, 150, 200, 300]))
    turn = rng.uniform(-10, 10) + (180 if rng.random() < 0.25 else 0)
    picture = cv2.resize(page, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    picture = _turned(picture, turn, 250)
    picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 0.8))
    picture = _noisy(picture, rng.uniform(1, 6), rng)
    quality = int(rng.choice([40, 60, 85]))
    return _jpeg(picture, quality), f"scan {dpi} dpi {turn:.0f}° q{quality}"


def _photo(page: Page, rng: np.random.Generator) -> tuple[bytes, str]:
    height, width = page.shape[:2]
    long_side = int(rng.integers(1800, 3600))
    scale = long_side / height
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    tilt = rng.uniform(-0.06, 0.06, (4, 2)) * [width, height]
    size = int(width * scale * 1.25), int(height * scale * 1.2)
    seen = (corners + tilt) * scale + [size[0] * 0.1, size[1] * 0.085]
    turn = rng.uniform(-8, 8)
    rotation = np.vstack([cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), turn, 0.93), [0, 0, 1]])
    matrix = rotation @ cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    table = rng.integers(40, 150, 3)
    picture = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_AREA, borderValue=[int(one) for one in table])
    light = _light(size, rng)
    picture = np.clip(picture * light[:, :, None], 0, 255).astype(np.uint8)
    picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.5, 1.4))
    picture = _noisy(picture, rng.uniform(2, 8), rng)
    upside = rng.random() < 0.25
    if upside:
        picture = np.ascontiguousarray(picture[::-1, ::-1])
    quality = int(rng.choice([40, 60, 85]))
    return _jpeg(
        picture, quality
    ), f"photo {scale * DENSITY * 25.4:.0f} dpi {turn:.0f}°{' upside down' if upside else ''} q{quality}"


def _creased(page: Page, rng: np.random.Generator) -> Page:
    """A crease from edge to edge: a thin line, darker than the paper, and lighter beside it."""
    height, width = page.shape[:2]
    y = height * rng.uniform(0.3, 0.75)
    ends = [(0, round(y)), (width, round(y + rng.normal(0, 0.004) * height))]
    line = np.zeros((height, width), dtype=np.uint8)
    cv2.line(line, ends[0], ends[1], 255, int(rng.integers(3, 9)), cv2.LINE_AA)
    line = cv2.GaussianBlur(line, (0, 0), rng.uniform(1, 5)).astype(np.float32) / 255
    lighter = np.roll(line, int(rng.integers(8, 20)), axis=0)
    shade = 1 - line * rng.uniform(0.05, 0.3) + lighter * rng.uniform(0, 0.05)
    return np.clip(page * shade[:, :, None], 0, 255).astype(np.uint8)


def _light(size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """A slope of light, and a soft shadow at a straight edge."""
    x, y = np.meshgrid(np.linspace(-1, 1, size[0], dtype=np.float32), np.linspace(-1, 1, size[1], dtype=np.float32))
    light = 0.85 + rng.uniform(-0.15, 0.15) * x + rng.uniform(-0.15, 0.15) * y
    angle = rng.uniform(0, 6.28)
    edge = x * np.cos(angle) + y * np.sin(angle) - rng.uniform(-0.5, 0.5)
    return light * (1 - rng.uniform(0, 0.45) / (1 + np.exp(-edge / rng.uniform(0.01, 0.15))))


def _turned(picture: Page, degrees: float, paper: int) -> Page:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    spread = np.abs(matrix[:, :2])
    size = np.ceil(spread @ [width, height]).astype(int)
    matrix[:, 2] += (size - [width, height]) / 2
    return cv2.warpAffine(
        picture, matrix, tuple(int(n) for n in size), flags=cv2.INTER_LINEAR, borderValue=(paper,) * 3
    )


def _noisy(picture: Page, sigma: float, rng: np.random.Generator) -> Page:
    noise = rng.standard_normal(picture.shape[:2], dtype=np.float32) * sigma
    return np.clip(picture + noise[:, :, None], 0, 255).astype(np.uint8)


def _jpeg(picture: Page, quality: int) -> bytes:
    buffer = BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()
