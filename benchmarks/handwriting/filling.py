"""Filling a blank sheet: which rows are filled, empty or struck out, and what else happens to a sheet on the street."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from benchmarks.handwriting import pens
from benchmarks.handwriting.pens import DENSITY, Page, Pen, Stroke, draw
from campaign_app.documents.sheet_grid import SheetGrid

FILLED, EMPTY, STRUCK = "filled", "empty", "struck"
USUAL = {FILLED: 0.62, EMPTY: 0.28, STRUCK: 0.10}


class Hand(Protocol):
    def word(self, x: float, y: float, width: float, height: float) -> list[Stroke]: ...
    def signature(self, x: float, y: float, width: float, height: float) -> list[Stroke]: ...
    def date(self, x: float, y: float, width: float, height: float) -> list[Stroke]: ...


class NewHand(Protocol):
    def __call__(self, rng: np.random.Generator) -> Hand: ...


@dataclass
class Filled:
    """A filled page and what is true of its rows, with what makes them hard."""

    page: Page
    truth: list[str]
    notes: list[str]


def fill(
    blank: Page, grid: SheetGrid, new_hand: NewHand, rng: np.random.Generator, truth: list[str] | None = None
) -> Filled:
    """Fill a copy of the blank page; ``truth`` says how, or it is drawn by lot."""
    page = blank.astype(np.float32) / 255
    if truth is None:
        truth = [str(rng.choice(list(USUAL), p=list(USUAL.values()))) for _ in range(grid.count)]
    filled = Filled(page, truth, [""] * grid.count)
    if rng.random() < 0.3:
        _bleed_through(page, grid, new_hand, rng)
        filled.notes = ["bleed-through"] * grid.count
    for row, what in enumerate(truth):
        _row(filled, grid, row, what, new_hand, rng)
    if rng.random() < 0.3:
        _stain(page, grid, rng)
        filled.notes = [f"{note} stain" for note in filled.notes]
    filled.page = (np.clip(page, 0, 1) * 255).astype(np.uint8)
    return filled


def _row(filled: Filled, grid: SheetGrid, row: int, what: str, new_hand: NewHand, rng: np.random.Generator) -> None:
    pen, hand = pens.some_pen(rng), new_hand(rng)
    note = filled.notes[row]
    if what == FILLED or (what == STRUCK and rng.random() < 0.75):
        note += f" {pen.name}"
        note += _written(
            filled.page, grid, row, pen, hand, rng, above_is_filled=row > 0 and filled.truth[row - 1] == FILLED
        )
    if what == STRUCK:
        other = pen if rng.random() < 0.5 else pens.some_pen(rng)
        note += _strike(filled.page, grid, row, other, rng)
    if rng.random() < 0.12:
        note += _dots(filled.page, grid, row, pen, rng)
    number = next(column for column in grid.columns if column.name == "number")
    if what == FILLED and rng.random() < 0.12:
        note += _tick(filled.page, number.left + 1, grid, row, pen, rng)
    filled.notes[row] = note


def _written(
    page: Page, grid: SheetGrid, row: int, pen: Pen, hand: Hand, rng: np.random.Generator, *, above_is_filled: bool
) -> str:
    """Name, place, signature and date, with ditto marks, things left out, and writing across the lines."""
    top, bottom = grid.rows[row], grid.rows[row + 1]
    room, note = bottom - top, ""
    drift = float(rng.normal(0, 0.05) * room)
    for column in grid.columns:
        width, left = column.width, column.left + rng.uniform(0.8, 2.5)
        base = bottom - room * rng.uniform(0.22, 0.36) + drift
        height = min(room * rng.uniform(0.2, 0.34), width / 4)
        strokes: list[Stroke] = []
        if column.name == "signature":
            grown = rng.uniform(1.0, 1.4)
            if rng.random() < 0.12:
                grown, note = grown * rng.uniform(1.4, 1.9), note + " across lines"
            strokes = hand.signature(left, base, width - 4, height * grown)
        elif column.name == "consent":
            strokes = _ticked(column.left + width / 2, (top + bottom) / 2, rng)
        elif column.name == "name":
            strokes = hand.word(left, base, width * rng.uniform(0.6, 1.05) - 3, height)
        elif column.name != "number" and above_is_filled and rng.random() < 0.18:
            strokes, note = _ditto(column.left + width / 2, base - height, rng), note + " ditto"
        elif column.name != "number" and rng.random() < 0.06:
            note += " left out"
        elif column.name == "date":
            strokes = hand.date(left, base, width - 3, height * 0.9)
        elif column.name != "number":
            strokes = hand.word(left, base, width * rng.uniform(0.6, 1.05) - 3, height)
        draw(page, strokes, pen, rng)
    return note


def _ditto(x: float, y: float, rng: np.random.Generator) -> list[Stroke]:
    size, lean = rng.uniform(1, 2), rng.normal(0, 0.3)
    return [np.array([[x + gap, y], [x + gap + lean, y + size]]) for gap in (0, rng.uniform(0.8, 1.6))]


def _strike(page: Page, grid: SheetGrid, row: int, pen: Pen, rng: np.random.Generator) -> str:
    """A line across the row's cells: straight, wavy, slanting, double, or to and fro."""
    top, bottom = grid.rows[row], grid.rows[row + 1]
    room = bottom - top
    left = grid.cells[0][0] + rng.uniform(-6, 6)
    right = grid.cells[-1][1] - rng.uniform(-2, 12)
    kind = str(rng.choice(["straight", "wavy", "slanting", "double", "zigzag"], p=[0.42, 0.2, 0.18, 0.12, 0.08]))
    x = np.linspace(left, right, 60)
    middle = (top + bottom) / 2 + rng.normal(0, 0.07) * room
    if kind == "wavy":
        y = middle + room * rng.uniform(0.06, 0.16) * np.sin(x / rng.uniform(4, 12) + rng.uniform(0, 6))
    elif kind == "slanting":
        rise = room * rng.uniform(0.25, 0.4) * rng.choice([-1, 1])
        y = middle + np.linspace(-rise, rise, len(x))
    elif kind == "zigzag":
        x = np.linspace(left, right, 16 + int(rng.integers(0, 20)))
        y = middle + room * 0.28 * (-1.0) ** np.arange(len(x))
    else:
        y = middle + np.cumsum(rng.normal(0, 0.05, len(x)))
    draw(page, [np.column_stack([x, y])], pen, rng)
    if kind == "double":
        draw(page, [np.column_stack([x, y + room * rng.uniform(0.12, 0.25)])], pen, rng)
    return f" {kind} strike of {pen.name}"


def _dots(page: Page, grid: SheetGrid, row: int, pen: Pen, rng: np.random.Generator) -> str:
    """Where a pen rested, or slipped."""
    dots = []
    for _ in range(int(rng.integers(1, 4))):
        x = rng.uniform(grid.cells[0][0] + 1, grid.cells[-1][1] - 1)
        y = rng.uniform(grid.rows[row] + 1, grid.rows[row + 1] - 1)
        dots.append(np.array([[x, y], [x + rng.uniform(0, 0.4), y + rng.uniform(0, 0.4)]]))
    draw(page, dots, pen, rng)
    return " dots"


def _tick(page: Page, x: float, grid: SheetGrid, row: int, pen: Pen, rng: np.random.Generator) -> str:
    """Somebody counted: a tick at the row's number."""
    draw(page, _ticked(x + 2, (grid.rows[row] + grid.rows[row + 1]) / 2, rng), pen, rng)
    return " tick"


def _ticked(x: float, y: float, rng: np.random.Generator) -> list[Stroke]:
    return [np.array([[x - 2, y], [x - 0.8, y + 1.8], [x + rng.uniform(1, 3.5), y - rng.uniform(2, 3.5)]])]


def _bleed_through(page: Page, grid: SheetGrid, new_hand: NewHand, rng: np.random.Generator) -> None:
    """The back of the paper: mirrored, faint, blurred."""
    back = np.ones_like(page)
    for row in range(grid.count):
        if rng.random() < 0.7:
            pen, hand = Pen("back", rng.uniform(0.5, 1.4), (30, 30, 60), 1.0), new_hand(rng)
            y = grid.rows[row + 1] - rng.uniform(0, 6)
            for left, right in grid.cells:
                draw(back, hand.word(left + 1, y, right - left - 2, rng.uniform(2, 4)), pen, rng)
    back = cv2.GaussianBlur(back, (0, 0), rng.uniform(0.25, 0.6) * DENSITY)
    page *= 1 - (1 - back[:, ::-1]) * rng.uniform(0.05, 0.11)


def _stain(page: Page, grid: SheetGrid, rng: np.random.Generator) -> None:
    """Coffee, rain or a thumb."""
    height, width = page.shape[:2]
    for _ in range(int(rng.integers(1, 3))):
        middle = rng.uniform([grid.table.x, grid.table.y], [grid.table.right, grid.table.bottom]) * DENSITY
        radius = rng.uniform(6, 28) * DENSITY
        y, x = np.ogrid[:height, :width]
        angle = np.arctan2(y - middle[1], x - middle[0])
        edge = radius * (
            1 + 0.12 * np.sin(angle * 3 + rng.uniform(0, 6)) + 0.06 * np.sin(angle * 7 + rng.uniform(0, 6))
        )
        distance = (np.hypot(x - middle[0], y - middle[1]) - edge) / DENSITY  # mm outside of the edge
        soft = rng.uniform(0.6, 2.5)
        inside = 1 / (1 + np.exp(np.clip(distance / soft * 3, -30, 30)))
        ring = np.exp(-((distance / rng.uniform(0.5, 1.2)) ** 2)) * rng.uniform(0, 0.08)
        strength = (inside * rng.uniform(0.04, 0.2) + ring).astype(np.float32)
        page *= 1 - strength[:, :, None] * np.array([0.6, 0.85, 1.1], dtype=np.float32)
