"""What scanners and phones make of a page, for testing: a camera in space, cast shadows, photons' noise, folds."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.handwriting.pens import Page

DPI = (100, 120, 150, 200, 240, 300)


def worn(page: Page, rng: np.random.Generator) -> tuple[bytes, str]:
    """The page as a JPEG file, and what was done to it."""
    if rng.random() < 0.3:
        page = _folded(page, rng)
    return _photographed(page, rng) if rng.random() < 0.5 else _scanned(page, rng)


def _scanned(page: Page, rng: np.random.Generator) -> tuple[bytes, str]:
    """By a flatbed or feeder: askew on its white or dark lid, streaked, sharpened, sometimes upside down."""
    dpi, askew = int(rng.choice(DPI)), float(rng.uniform(-10, 10))
    height, width = page.shape[:2]
    angle, scale = np.radians(askew), dpi / 300
    cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
    out_w, out_h = int(abs(cos) * width + abs(sin) * height) + 4, int(abs(cos) * height + abs(sin) * width) + 4
    matrix = np.array([[cos, -sin, 0], [sin, cos, 0]])
    matrix[:, 2] = np.array([out_w, out_h]) / 2 - matrix[:, :2] @ [width / 2, height / 2]
    lid = int(rng.choice([255, 245, 60, 15]))
    soft = cv2.GaussianBlur(page, (0, 0), 0.42 / scale) if scale < 0.9 else page
    picture = cv2.warpAffine(soft, matrix, (out_w, out_h), flags=cv2.INTER_CUBIC, borderValue=(lid,) * 3).astype(
        np.float32
    )
    streaks = cv2.GaussianBlur(rng.normal(0, 1, (1, out_w)).astype(np.float32), (0, 0), 1.5)
    picture += streaks[:, :, None] * rng.uniform(0, 2.5)
    picture += rng.normal(0, rng.uniform(0.5, 5), picture.shape).astype(np.float32)  # of each colour its own
    if rng.random() < 0.4:
        picture += 0.9 * (picture - cv2.GaussianBlur(picture, (0, 0), 1.1))
    contrast = rng.uniform(0.85, 1.12)
    picture = (picture - 128) * contrast + 128 + rng.uniform(-12, 8)
    upside = rng.random() < 0.3
    if upside:
        picture = picture[::-1, ::-1]
    return _encoded(picture, rng, f"scan {dpi} dpi {askew:.0f}°{' upside down' if upside else ''}")


def _photographed(page: Page, rng: np.random.Generator) -> tuple[bytes, str]:
    """By a phone held over it: turned in space about three axes, through a lens that bends, in uneven light."""
    height, width = page.shape[:2]
    pitch, yaw, roll = np.radians(rng.uniform([-16, -16, -10], [16, 16, 10]))
    turn = _axis(roll, 2) @ _axis(pitch, 0) @ _axis(yaw, 1)
    long_side = int(rng.integers(1900, 3900))
    size = (int(long_side * 0.76), long_side) if height > width else (long_side, int(long_side * 0.76))
    focus = long_side * rng.uniform(0.75, 1.0)
    plane = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 0]], dtype=np.float64)
    camera = np.array([[focus, 0, size[0] / 2], [0, focus, size[1] / 2], [0, 0, 1]])
    matrix = _at_distance(camera, turn @ plane, rng.uniform(1.05, 1.2) * focus * height / size[1], page.shape)
    fine = cv2.GaussianBlur(page, (0, 0), max(0.45 * height * 1.15 / long_side, 0.3))
    desk = [int(one) for one in rng.integers(20, 190, 3)]
    picture = cv2.warpPerspective(fine, matrix, size, flags=cv2.INTER_CUBIC, borderValue=desk).astype(np.float32)
    picture = _bent(picture, float(rng.uniform(-0.012, 0.012)))
    picture *= _lit(size, rng)[:, :, None] * rng.uniform([0.92, 0.96, 0.82], [1.05, 1.02, 1.05]).astype(np.float32)
    picture = _unsharp(picture, rng)
    gain = rng.uniform(0.1, 1.0)
    picture += rng.normal(0, 1, picture.shape).astype(np.float32) * np.sqrt(np.maximum(picture, 1) * gain * 0.25 + 1)
    if rng.random() < 0.5:
        picture = 0.5 * cv2.medianBlur(np.clip(picture, 0, 255).astype(np.uint8), 3) + 0.5 * picture  # as phones do
    upside = rng.random() < 0.3
    if upside:
        picture = picture[::-1, ::-1]
    told = f"photo {long_side}px {np.degrees(pitch):.0f}/{np.degrees(yaw):.0f}/{np.degrees(roll):.0f}°"
    return _encoded(picture, rng, told + (" upside down" if upside else ""))


def _at_distance(camera: np.ndarray, page: np.ndarray, distance: float, shape: tuple[int, ...]) -> np.ndarray:
    """How the camera sees the page from there, or from as far off as it takes to have all of the page in view."""
    corners = np.array([[0, 0, 1], [shape[1], 0, 1], [shape[1], shape[0], 1], [0, shape[0], 1]]).T
    while True:
        away = np.zeros((3, 3))
        away[2, 2] = distance
        matrix = camera @ (page + away)
        seen = matrix @ corners
        if (seen[:2] / seen[2] > 0).all() and (seen[:2] / seen[2] < 2 * camera[:2, 2:]).all():
            return matrix
        distance *= 1.03


def _axis(angle: float, axis: int) -> np.ndarray:
    vector = np.zeros(3)
    vector[axis] = angle
    return cv2.Rodrigues(vector)[0]


def _bent(picture: np.ndarray, amount: float) -> np.ndarray:
    """Through a lens with a barrel or a cushion."""
    height, width = picture.shape[:2]
    y, x = np.indices((height, width), dtype=np.float32)
    u, v = (x - width / 2) / height * 2, (y - height / 2) / height * 2
    more = 1 + np.float32(amount) * (u**2 + v**2)
    return cv2.remap(
        picture, u * more * height / 2 + width / 2, v * more * height / 2 + height / 2, cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip


def _lit(size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """A lamp that is near on one side, and the shadow of an arm or a phone with a half-shadow around it."""
    width, height = size
    y, x = np.mgrid[0 : height // 4 + 1, 0 : width // 4 + 1].astype(np.float32) * 4
    lamp = rng.uniform([-0.3 * width, -0.3 * height], [1.3 * width, 1.3 * height])
    distance = np.hypot(x - lamp[0], y - lamp[1]) / height
    light = rng.uniform(0.85, 1.1) / (1 + rng.uniform(0, 0.5) * distance**2)
    shadow = np.zeros(light.shape, dtype=np.uint8)
    for _ in range(int(rng.integers(0, 3))):
        middle = rng.uniform([0, 0], [shadow.shape[1], shadow.shape[0]])
        corners = middle + rng.normal(0, 0.25, (5, 2)) * shadow.shape[0]
        cv2.fillConvexPoly(shadow, cv2.convexHull(corners.astype(np.int32)), 255)
    half = cv2.GaussianBlur(shadow.astype(np.float32) / 255, (0, 0), rng.uniform(1.0, 25))
    light *= 1 - half * rng.uniform(0.15, 0.5)
    return cv2.resize(light, size, interpolation=cv2.INTER_LINEAR)


def _unsharp(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Out of focus, or moved while the shutter was open."""
    if rng.random() < 0.5:
        radius = rng.uniform(0.5, 2.0)
        side = int(np.ceil(radius)) * 2 + 1
        y, x = np.mgrid[:side, :side] - side // 2
        kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    else:
        length, angle = rng.uniform(1, 4), rng.uniform(0, np.pi)
        kernel = np.zeros((9, 9), dtype=np.float32)
        for t in np.linspace(-length / 2, length / 2, 40):
            kernel[round(4 + t * np.sin(angle)), round(4 + t * np.cos(angle))] += 1
    return cv2.filter2D(picture, -1, (kernel / kernel.sum()).astype(np.float32))


def _folded(page: Page, rng: np.random.Generator) -> Page:
    """Folded once or twice and laid flat again: each crease a light line between two slopes of shade."""
    height = page.shape[0]
    shade = np.ones(height, dtype=np.float32)
    y = np.arange(height)
    for at in rng.choice([1 / 3, 1 / 2, 2 / 3], int(rng.integers(1, 3)), replace=False):
        off = (y - height * (at + rng.normal(0, 0.01))) / 12
        shade *= (
            1 - rng.uniform(0.02, 0.1) * np.exp(-np.abs(off) / 6) * (off > 0) + rng.uniform(0, 0.04) * np.exp(-(off**2))
        )
    return np.clip(page * shade[:, None, None], 0, 255).astype(np.uint8)


def _encoded(picture: np.ndarray, rng: np.random.Generator, told: str) -> tuple[bytes, str]:
    quality = int(rng.choice([40, 50, 70, 90]))
    whole = np.clip(picture[:, :, ::-1], 0, 255).astype(np.uint8)  # OpenCV writes blue first
    _, content = cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return content.tobytes(), f"{told} q{quality}"
