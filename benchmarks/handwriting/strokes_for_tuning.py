"""Handwriting for tuning: words of loops and arches drawn by formula, and the letters of plotter fonts."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.handwriting.pens import Stroke

PLOTTER = (cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, cv2.FONT_HERSHEY_SCRIPT_COMPLEX, cv2.FONT_HERSHEY_SIMPLEX)


class TuningHand:
    """One person's handwriting."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.kind = str(rng.choice(["cursive", "blocks", "sweeps", "printed"]))
        self.slant = float(rng.uniform(-0.15, 0.5))

    def word(self, x: float, y: float, width: float, height: float) -> list[Stroke]:
        """A word that begins at ``x`` on the baseline ``y``, at most so wide, of so high small letters."""
        letters = int(self.rng.integers(2, 4)) if self.kind == "blocks" else int(self.rng.integers(4, 11))
        draw = {"cursive": _cursive, "blocks": _blocks, "sweeps": _sweeps, "printed": _printed}[self.kind]
        strokes = draw(self.rng, letters, height)
        return self._placed(strokes, x, y, width)

    def signature(self, x: float, y: float, width: float, height: float) -> list[Stroke]:
        """A signature: quick loops that grow smaller, often underlined."""
        rng = self.rng
        t = np.linspace(0, rng.uniform(3, 7), 160)
        size = height * (1.3 * np.exp(-t / 3) + 0.35)
        xs = t * height * rng.uniform(0.5, 0.9) + size * 0.6 * np.sin(2 * np.pi * t)
        ys = -size * np.cos(2 * np.pi * t + rng.uniform(0, 1)) * rng.uniform(0.6, 1)
        strokes = [np.column_stack([xs, ys])]
        if rng.random() < 0.35:
            end = xs.max() * rng.uniform(0.6, 1.1)
            line = np.linspace(0, end, 20)
            strokes.append(np.column_stack([line, height * 0.7 + 0.3 * np.sin(line / end * 3)]))
        if rng.random() < 0.4:
            strokes = self._apart(strokes, height)
        return self._placed(strokes, x, y, width)

    def _apart(self, strokes: list[Stroke], height: float) -> list[Stroke]:
        """The same in several strokes, of which some go off by themselves."""
        pieces = [piece for one in strokes for piece in np.array_split(one, int(self.rng.integers(2, 5)))]
        return [piece + np.array([0, self.rng.normal(0, 0.35) * height]) for piece in pieces]

    def date(self, x: float, y: float, width: float, height: float) -> list[Stroke]:
        strokes, at = [], 0.0
        for _ in range(int(self.rng.integers(3, 7))):
            digit = _digit(self.rng, height)
            strokes += [one + np.array([at, 0]) for one in digit]
            at += height * self.rng.uniform(0.7, 1)
        return self._placed(strokes, x, y, width)

    def _placed(self, strokes: list[Stroke], x: float, y: float, width: float) -> list[Stroke]:
        every = np.vstack(strokes)
        scale = min(1.0, width / max(float(np.ptp(every[:, 0])), 0.1))
        tilt = self.rng.uniform(-0.04, 0.04)
        placed = []
        for one in strokes:
            xs = (one[:, 0] - every[:, 0].min()) * scale - self.slant * one[:, 1] * scale
            ys = one[:, 1] * max(scale, 0.7) + tilt * xs
            placed.append(np.column_stack([x + xs, y + ys]))
        return placed


def _cursive(rng: np.random.Generator, letters: int, height: float) -> list[Stroke]:
    points, at = [], 0.0
    for _ in range(letters):
        rise = height * (rng.uniform(1.8, 2.2) if rng.random() < 0.25 else rng.uniform(0.8, 1.1))
        drop = height * rng.uniform(0.5, 0.9) if rng.random() < 0.12 else 0.0
        wide = height * rng.uniform(0.5, 0.9)
        t = np.linspace(0, 2 * np.pi, 16)
        points.append(
            np.column_stack(
                [at + wide * t / 6.3 + wide * 0.3 * np.sin(t), -(rise + drop) * (1 - np.cos(t)) / 2 + drop * (t / 6.3)]
            )
        )
        at += wide
    strokes = [np.vstack(points)]
    strokes += [
        np.array([[at * f, -height * 1.6], [at * f + 0.4, -height * 1.5]]) for f in rng.random(rng.integers(0, 3))
    ]
    return strokes


def _blocks(rng: np.random.Generator, letters: int, height: float) -> list[Stroke]:
    """Syllables of rings, bars and hooks in squares."""
    strokes, at, side = [], 0.0, height * 1.7
    for _ in range(letters):
        for _ in range(int(rng.integers(3, 6))):
            a, b = rng.random(2) * side * 0.7, rng.random(2) * side * 0.3 + side * 0.25
            kind = rng.integers(4)
            if kind == 0:
                t = np.linspace(0, 6.4, 14)
                strokes.append(np.column_stack([at + a[0] + b[0] / 2 * np.cos(t), -a[1] - b[1] / 2 * np.sin(t)]))
            elif kind == 1:
                strokes.append(np.array([[at + a[0], -a[1]], [at + a[0] + b[0], -a[1] + rng.normal(0, 0.15)]]))
            elif kind == 2:
                strokes.append(np.array([[at + a[0], -a[1] - b[1]], [at + a[0] + rng.normal(0, 0.15), -a[1]]]))
            else:
                strokes.append(
                    np.array(
                        [[at + a[0], -a[1] - b[1]], [at + a[0] + b[0], -a[1] - b[1]], [at + a[0] + b[0] * 0.8, -a[1]]]
                    )
                )
        at += side * rng.uniform(1.0, 1.25)
    return strokes


def _sweeps(rng: np.random.Generator, letters: int, height: float) -> list[Stroke]:
    """A long wave along the line with dots above and below."""
    length = letters * height * 0.7
    t = np.linspace(0, 1, 12 * letters)
    ys = (
        -height * (0.3 + 0.4 * np.sin(2 * np.pi * t * letters / 2 + rng.uniform(0, 6)) * rng.uniform(0.4, 1.2))
        + height * 0.6 * (t > 0.85) * (t - 0.85) / 0.15
    )
    strokes = [np.column_stack([t * length, ys])]
    for _ in range(letters // 2):
        x, y = rng.random() * length, rng.choice([-1.4, 0.6]) * height
        strokes.append(np.array([[x, y], [x + 0.3, y + 0.15]]))
    return strokes


def _printed(rng: np.random.Generator, letters: int, height: float) -> list[Stroke]:
    """Letters of a plotter font, traced along their outlines."""
    text = "".join(chr(rng.integers(97, 123)) for _ in range(letters)).capitalize()
    face = PLOTTER[rng.integers(len(PLOTTER))]
    picture = np.zeros((80, 60 * letters + 40), dtype=np.uint8)
    cv2.putText(picture, text, (10, 55), face, 1.2, 255, 1)
    ys, xs = np.nonzero(picture)
    scale = height / 17
    points = np.column_stack([xs, ys - 55]) * scale
    bend = 0.12 * height * np.sin(points[:, ::-1] / (2.3 * height) + rng.uniform(0, 6, 2))
    points = points + bend
    return [np.vstack([p, p + np.array([scale, scale * 0.6])]) for p in points[:: 1 + (len(points) > 900)]]


def _digit(rng: np.random.Generator, height: float) -> list[Stroke]:
    t = np.linspace(0, rng.uniform(3, 6.6), 12)
    if rng.random() < 0.25:
        return [np.array([[0, -1.5 * height], [rng.normal(0, 0.1), 0]])]
    ring = np.column_stack([0.35 * height * np.cos(t + rng.uniform(0, 6)), -0.75 * height - 0.75 * height * np.sin(t)])
    return [ring]
