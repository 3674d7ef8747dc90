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

    ``folds`` and ``punch`` are distances from the top edge; without ``folds`` the sheet is folded in thirds. The
    address begins ``inset`` from the window's left edge. Above it, ``notes`` are kept free for the sender in one small
    line (where there is a ``return_line``) and the post's notes; an address of more than six lines grows into them.
    """

    name: str
    x: float
    y: float
    width: float
    height: float
    folds: tuple[float, ...] = ()
    punch: float | None = None
    return_line: bool = False
    inset: float = 2.0
    notes: float = 0.0

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def folds_on(self, paper: Paper) -> tuple[float, ...]:
        """Where ``paper`` is folded, in mm from its top edge."""
        return self.folds or (paper.height / 3, paper.height * 2 / 3)


RETURN_ZONE = 5.0  # height of the sender's line (DIN 5008:2020)
DIN_NOTES = RETURN_ZONE + 12.7  # and of three lines of notes below it; 27.3 are left for six lines of address

DIN_5008_A = Window(
    "DIN 5008 A", 20, 27, 85, 45, folds=(87, 192), punch=148.5, return_line=True, inset=5, notes=DIN_NOTES
)  # fmt: skip
DIN_5008_B = Window(
    "DIN 5008 B", 20, 45, 85, 45, folds=(105, 210), punch=148.5, return_line=True, inset=5, notes=DIN_NOTES
)  # fmt: skip
FRANCE = Window("NF Z 11-001", 110, 55, 85, 33, inset=3)
US_10 = Window("US #10", 22.2, 63.5, 88.8, 16.9, inset=2.8)  # the area that stays visible as the sheet slides about
WINDOWS = {window.name: window for window in (DIN_5008_A, DIN_5008_B, FRANCE, US_10)}

LEAST_MARGIN = 20.0
SIDE_MARGIN = 25.0  # of a letter; DIN 5008 asks for 25 at the left, where the address in its window begins too


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
