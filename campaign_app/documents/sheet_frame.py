"""How the area of a signature sheet is shared out, in mm: margins, corner marks, QR code, and the strip to tear off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil

from campaign_app.documents.sheet_design import SheetDesign
from campaign_app.documents.sheet_grid import MARK, MARK_CLEARANCE, MARK_INSET, Box, corner_marks

SIDE = MARK_INSET + MARK  # where text and table begin: inside of the marks
BAND_GAP = 2.5  # between the marks and what stands between them, and the rest
MACHINE, MACHINE_GAP = 26.0, 6.0  # the column of QR code, serial and count; the quiet zone of the code reaches into it
CODE = 22.0
CODE_BELOW = 2.0  # under the upper marks
COLUMN_GAP = 6.0  # between two languages
SLOT, SLOT_WIDTH = 7.5, 58.0  # for an e-mail address on the strip
CUT_GAP, STRIP_HEAD = 4.0, 8.0  # from the lower marks to the cut, and from there to the first slot


@dataclass(frozen=True)
class SheetFrame:
    """The frame of a design. Where lines run from right to left, all of it is mirrored but for the corner marks."""

    design: SheetDesign
    right_to_left: bool

    @property
    def width(self) -> float:
        return self.design.page.width

    @property
    def height(self) -> float:
        return self.design.page.height

    @property
    def measure(self) -> float:
        """From side to side."""
        return self.width - 2 * SIDE

    @property
    def top(self) -> float:
        """Where the head begins, below the band between the upper marks."""
        return MARK_INSET + MARK + BAND_GAP

    @property
    def low(self) -> float:
        """The lower edge of the lower marks: of the sheet without its strip."""
        return self.cut - CUT_GAP if self.cut else self.height - MARK_INSET

    @property
    def bottom(self) -> float:
        """Where the foot ends, above the band between the lower marks."""
        return self.low - MARK - MARK_CLEARANCE

    @cached_property
    def cut(self) -> float | None:
        """Where the strip is torn off."""
        if not self.design.tear_off:
            return None
        return self.height - MARK_INSET - STRIP_HEAD - SLOT * ceil(self.design.rows / self.slots)

    @property
    def slots(self) -> int:
        """How many e-mail addresses stand beside each other on the strip."""
        return int(self.measure // SLOT_WIDTH)

    @property
    def marks(self) -> tuple[Box, ...]:
        return corner_marks(MARK_INSET, MARK_INSET, self.width - MARK_INSET, self.low)

    @property
    def code(self) -> Box:
        start = self.width - SIDE - MACHINE + (MACHINE - CODE) / 2
        return Box(self.x(start, CODE), self.top + CODE_BELOW, CODE, CODE)

    @property
    def machine(self) -> float:
        """The left edge of the column of the QR code."""
        return self.x(self.width - SIDE - MACHINE, MACHINE)

    @property
    def head(self) -> list[tuple[float, float]]:
        """Left edge and width of each language's column in the head, beside the QR code."""
        return self._columns(self.measure - MACHINE - MACHINE_GAP)

    @property
    def foot(self) -> list[tuple[float, float]]:
        """The same in the foot, from side to side."""
        return self._columns(self.measure)

    def x(self, start: float, width: float = 0.0) -> float:
        """The left edge of what begins ``start`` mm from the edge where lines begin."""
        return self.width - start - width if self.right_to_left else start

    def _columns(self, room: float) -> list[tuple[float, float]]:
        number = len(self.design.languages)
        width = (room - COLUMN_GAP * (number - 1)) / number
        return [(self.x(SIDE + place * (width + COLUMN_GAP), width), width) for place in range(number)]
