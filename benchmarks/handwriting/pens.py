"""Pens, and drawing with them on a page of 300 dpi."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

DENSITY = 300 / 25.4  # pixels a mm
FINE = 4  # binary places of a pixel that drawing goes by
PIECE = 6  # points of a stroke drawn with the same pressure

Stroke = np.ndarray  # points in mm on the sheet, one a row
Page = np.ndarray  # height × width × 3, RGB


@dataclass(frozen=True)
class Pen:
    """``width`` in mm; ``strength`` is how much of the light it takes, ``grain`` how much that comes and goes."""

    name: str
    width: float
    colour: tuple[int, int, int]
    strength: float
    grain: float = 0.0


def light_pencil(rng: np.random.Generator) -> Pen:
    return Pen("light pencil", rng.uniform(0.3, 0.55), (95, 95, 98), rng.uniform(0.5, 0.75), rng.uniform(0.2, 0.45))


def pencil(rng: np.random.Generator) -> Pen:
    return Pen("pencil", rng.uniform(0.4, 0.7), (70, 70, 72), rng.uniform(0.7, 0.9), rng.uniform(0.15, 0.35))


def ballpoint(rng: np.random.Generator) -> Pen:
    colours = [(25, 25, 30), (30, 45, 140), (20, 30, 90), (150, 30, 40)]
    colour = colours[rng.choice(4, p=[0.4, 0.35, 0.2, 0.05])]
    return Pen("ballpoint", rng.uniform(0.3, 0.6), colour, rng.uniform(0.75, 0.95), 0.1)


def felt_tip(rng: np.random.Generator) -> Pen:
    colours = [(20, 20, 20), (25, 40, 120), (20, 90, 60)]
    return Pen("felt tip", rng.uniform(0.6, 1.0), colours[rng.integers(3)], rng.uniform(0.85, 1.0))


def marker(rng: np.random.Generator) -> Pen:
    return Pen("thick marker", rng.uniform(1.2, 2.2), (18, 18, 20), rng.uniform(0.85, 1.0))


PENS = (light_pencil, pencil, ballpoint, felt_tip, marker)
OFTEN = (0.14, 0.12, 0.56, 0.12, 0.06)


def some_pen(rng: np.random.Generator) -> Pen:
    return PENS[rng.choice(len(PENS), p=OFTEN)](rng)


def draw(page: Page, strokes: Sequence[Stroke], pen: Pen, rng: np.random.Generator) -> None:
    """Draw the strokes on the page, with a hand's uneven pressure."""
    strokes = [np.asarray(one, dtype=np.float64) for one in strokes if len(one)]
    if not strokes:
        return
    every = np.vstack(strokes)
    low = np.maximum(np.floor((every.min(axis=0) - 3) * DENSITY).astype(int), 0)
    high = np.minimum(np.ceil((every.max(axis=0) + 3) * DENSITY).astype(int), page.shape[1::-1])
    if (high <= low).any():
        return
    mask = np.zeros((high[1] - low[1], high[0] - low[0]), dtype=np.uint8)
    for stroke in strokes:
        _stroke(mask, stroke * DENSITY - low, pen, rng)
    _lay(page[low[1] : high[1], low[0] : high[0]], mask, pen, rng)


def _stroke(mask: np.ndarray, points: np.ndarray, pen: Pen, rng: np.random.Generator) -> None:
    for start in range(0, max(len(points) - 1, 1), PIECE):
        piece = np.round(points[start : start + PIECE + 1] * 2**FINE).astype(np.int32)
        thickness = max(1, round(pen.width * DENSITY * rng.uniform(0.85, 1.12)))
        cv2.polylines(mask, [piece.reshape(-1, 1, 2)], False, 255, thickness, cv2.LINE_AA, FINE)


def _lay(page: Page, mask: np.ndarray, pen: Pen, rng: np.random.Generator) -> None:
    cover = mask.astype(np.float32) / 255 * pen.strength
    if pen.grain:
        noise = rng.random((mask.shape[0] // 2 + 1, mask.shape[1] // 2 + 1), dtype=np.float32)
        noise = cv2.resize(noise, mask.shape[::-1], interpolation=cv2.INTER_LINEAR)
        cover *= 1 - pen.grain * 2 * np.clip(noise, 0, 1) * (noise > 0.25)
    colour = np.array(pen.colour, dtype=np.float32) / 255
    page *= 1 - np.clip(cover, 0, 1)[:, :, None] * (1 - colour)
