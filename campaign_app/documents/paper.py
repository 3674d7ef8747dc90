"""The geometry of paper, in millimetres from the top left corner unless a name says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil


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


@dataclass(frozen=True, slots=True)
class Offset:
    """How far a printer has to be corrected: everything moves ``x`` mm to the right and ``y`` mm down."""

    x: float = 0.0
    y: float = 0.0


TRUE = Offset()
UNREACHED = 4.3  # mm at the edges of a sheet that most printers leave blank (1/6 inch)


@dataclass(frozen=True, slots=True)
class EnvelopeSize:
    """An envelope, lying, in mm."""

    name: str
    width: float
    height: float

    @property
    def is_standard_in_korea(self) -> bool:
        """Whether the post of Korea takes it at the price of a standard letter, by its size (우편물 규격)."""
        return 90 <= self.height <= 120 and 140 <= self.width <= 235

    @property
    def grams(self) -> float:
        """What it weighs empty: both sides, flap and seams of paper of 90 g/m², rounded up to half a gram."""
        return ceil(self.width * self.height / 1e6 * ENVELOPE_PAPER * FLAP_AND_SEAMS * 2) / 2


ENVELOPE_PAPER = 90.0  # g/m²; envelopes in shops are of 80 to 90
FLAP_AND_SEAMS = 2.25  # times the area of the front: the sheet that an envelope is cut from, unfolded

DL = EnvelopeSize("DL", 220, 110)  # ISO 269, now DIN 678-1, as are C6, C5 and C4
C6 = EnvelopeSize("C6", 162, 114)
C5 = EnvelopeSize("C5", 229, 162)
C4 = EnvelopeSize("C4", 324, 229)
US_NO_10 = EnvelopeSize("#10", 241.3, 104.8)  # 9 1/2 × 4 1/8 inches
ENVELOPES = {size.name: size for size in (DL, C6, C5, C4, US_NO_10)}


@dataclass(frozen=True, slots=True)
class EnvelopeLayout:
    """Where an address stands on an envelope, in mm from the edges.

    ``begins`` is where its lines begin, as a part of the envelope's width, but not further than ``farthest`` from the
    right edge. ``low`` sets it down on the lower border of its zone, else it stands in the zone's middle.
    ``postcode_apart`` takes a Korean postcode out of its line and sets it, larger, below the address.
    """

    name: str
    top: float = 40.0
    right: float = 15.0
    bottom: float = 15.0
    begins: float = 0.42
    farthest: float = 140.0
    low: bool = False
    postcode_apart: bool = False


# Universal Postal Union, Letter Post Manual: address zone 40 from the top, 15 from the right and the bottom, 140 from
# the right edge at most; stamps within 40 from the top and 74 from the right.
INTERNATIONAL = EnvelopeLayout("international")
KOREA_POST = EnvelopeLayout("korea", begins=0.48, low=True, postcode_apart=True)
ENVELOPE_LAYOUTS = {layout.name: layout for layout in (INTERNATIONAL, KOREA_POST)}
STAMPS = 74.0, 40.0  # mm; width and height of their corner
SENDER_CORNER = 10.0  # mm from the left and the upper edge


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels: the size of one, how far apart they begin, and where the first begins, all in mm."""

    name: str
    paper: Paper
    width: float
    height: float
    pitch_x: float
    pitch_y: float
    left: float
    top: float
    columns: int
    rows: int

    @property
    def labels(self) -> int:
        return self.columns * self.rows

    @property
    def inset(self) -> tuple[float, float]:
        """How far text keeps from a label's sides, and from its upper and lower edge: also where printers reach."""
        return max(LABEL_INSET[0], UNREACHED - self.left), max(LABEL_INSET[1], UNREACHED - self.top)

    def place(self, number: int) -> tuple[float, float]:
        """The upper left corner of a label, counted from 0 in rows."""
        row, column = divmod(number, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


LABEL_INSET = 4.0, 2.0  # mm; cheap printers draw a sheet in askew by one or two

# The makers' own data for their templates (Avery Zweckform, Avery North America, Herma).
LABEL_SHEETS = {
    sheet.name: sheet
    for sheet in (
        LabelSheet("L7159", A4, 64.0, 33.86, 66.54, 33.86, 6.46, 13.06, 3, 8),
        LabelSheet("L7160", A4, 63.5, 38.1, 66.04, 38.1, 7.20, 15.15, 3, 7),
        LabelSheet("L7162", A4, 99.06, 33.87, 101.6, 33.87, 4.67, 13.02, 2, 8),
        LabelSheet("L7163", A4, 99.06, 38.1, 101.6, 38.1, 4.67, 15.15, 2, 7),
        LabelSheet("L7651", A4, 38.1, 21.17, 40.64, 21.17, 4.67, 10.90, 5, 13),
        LabelSheet("3474", A4, 70, 37, 70, 37, 0, 0.5, 3, 8),
        LabelSheet("5160", US_LETTER, 66.68, 25.4, 69.85, 25.4, 4.76, 12.7, 3, 10),
        LabelSheet("5163", US_LETTER, 101.6, 50.8, 106.36, 50.8, 3.97, 12.7, 2, 5),
    )
}
