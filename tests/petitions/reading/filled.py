"""Filled pages to read in tests, as pictures and files."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from PIL import Image

from benchmarks.handwriting import blank_sheet, filling, wear_for_testing
from benchmarks.handwriting.blank_sheet import Blank
from benchmarks.handwriting.strokes_for_testing import TestingHand
from campaign_app.petitions.reading.read import Known

SEED = 7
QUALITY = 40  # of JPEG: what is larger than half a megabyte, a test's client leaves open
TRUTH = (filling.FILLED, filling.FILLED, filling.EMPTY, filling.STRUCK, filling.FILLED, filling.EMPTY)


@dataclass(frozen=True)
class FilledSheet:
    """A sheet that was filled, as it came from the street: white, 300 dpi; ``truth`` says what became of its rows."""

    blank: Blank
    page: np.ndarray
    truth: tuple[str, ...]

    @property
    def grey(self) -> np.ndarray:
        return cv2.cvtColor(self.page, cv2.COLOR_RGB2GRAY)

    def lookup(self, code: str) -> Known | None:
        """As somebody who knows this sheet alone."""
        return Known("G48-P07-0001", self.blank.grid) if code == self.blank.link else None

    def rows(self, what: str) -> list[int]:
        return [number for number, truth in enumerate(self.truth, 1) if truth == what]


@cache
def sheet(design: int = 0, number: int = 1, seed: int = SEED) -> FilledSheet:
    blank = blank_sheet.blank(design, number)
    truth = (TRUTH * 4)[: blank.grid.count]
    filled = filling.fill(blank.page, blank.grid, TestingHand, np.random.default_rng(seed), list(truth))
    return FilledSheet(blank, filled.page, truth)


def worn(sheet: FilledSheet, seed: int) -> np.ndarray:
    """The sheet as a scanner or phone saw it, in grey."""
    content, _ = wear_for_testing.worn(sheet.page, np.random.default_rng(seed))
    return np.asarray(Image.open(io.BytesIO(content)).convert("L"))


def file(picture: np.ndarray, kind: str = "JPEG", **options: object) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, kind, **{"quality": QUALITY} | options)
    return stream.getvalue()


def small(picture: np.ndarray, dpi: int = 150) -> np.ndarray:
    return cv2.resize(picture, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)


def pdf(*pictures: np.ndarray) -> bytes:
    """As a scanner makes it."""
    first, *others = (Image.fromarray(picture) for picture in pictures)
    stream = io.BytesIO()
    first.save(stream, "PDF", save_all=True, append_images=others, resolution=150, quality=QUALITY)
    return stream.getvalue()
