"""The geometry of paper, in millimetres from the top left corner unless a name says otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper, upright, in mm."""

    name: str
    width: float
    height: float


A4 = Paper("A4", 210, 297)  # ISO 216
US_LETTER = Paper("Letter", 215.9, 279.4)  # ANSI/ASME Y14.1, size A
PAPERS = {paper.name: paper for paper in (A4, US_LETTER)}


@dataclass(frozen=True, slots=True)
class Window:
    """Where an envelope's window shows the address of a letter, and where the sheet is folded and punched, in mm.

    ``folds`` and ``punch`` are distances from the top edge; without ``folds`` the sheet is folded in thirds.
    """

    name: str
    x: float
    y: float
    width: float
    height: float
    folds: tuple[float, ...] = ()
    punch: float | None = None
    return_line: bool = False

    def folds_on(self, paper: Paper) -> tuple[float, ...]:
        """Where ``paper`` is folded, in mm from its top edge."""
        return self.folds or (paper.height / 3, paper.height * 2 / 3)


DIN_5008_A = Window("DIN 5008 A", 20, 27, 85, 45, folds=(87, 192), punch=148.5, return_line=True)
DIN_5008_B = Window("DIN 5008 B", 20, 45, 85, 45, folds=(105, 210), punch=148.5, return_line=True)
FRANCE = Window("NF Z 11-001", 110, 55, 85, 33)
US_10 = Window("US #10", 22.2, 63.5, 88.8, 16.9)  # the area that stays visible as the sheet slides in the envelope
WINDOWS = {window.name: window for window in (DIN_5008_A, DIN_5008_B, FRANCE, US_10)}

LEAST_MARGIN = 20.0


@dataclass(frozen=True, slots=True)
class Layout:
    """How a letter is set on paper; what it says is none of its business."""

    paper: Paper = A4
    window: Window | None = None
    large_print: bool = False
    fold_marks: bool = False

    @property
    def points(self) -> float:
        """The size of the letter's text in pt."""
        return 16.0 if self.large_print else 11.0
