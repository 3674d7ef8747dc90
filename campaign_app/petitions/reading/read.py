"""Reading one page: which sheet it is, and what became of its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.petitions.reading import codes, ink, marks, rows
from campaign_app.petitions.reading.codes import FoundCode, Picture
from campaign_app.petitions.reading.flattening import FlatTable, flatten
from campaign_app.petitions.reading.rows import Mark, RowReading


class Unreadable(StrEnum):
    """Why a page cannot be read."""

    NO_CODE = "no QR code"
    NOT_A_SHEET = "not a sheet"
    NO_MARKS = "no corner marks"


@dataclass(frozen=True, slots=True)
class Known:
    """A sheet that a code belongs to: its serial and where things stand on it."""

    serial: str
    grid: SheetGrid


Lookup = Callable[[str], Known | None]


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page says: ``serial`` where it is known, and either ``rows`` or why they cannot be read."""

    serial: str = ""
    rows: tuple[RowReading, ...] = ()
    error: Unreadable | None = None
    table: FlatTable | None = None

    def numbers(self, mark: Mark) -> list[int]:
        return [row.number for row in self.rows if row.mark is mark]


def read(picture: Picture, lookup: Lookup) -> PageReading:
    """Read a page in grey. ``lookup`` knows the sheets: it is given what a QR code says."""
    found = codes.find(picture)
    if not found:
        return PageReading(error=Unreadable.NO_CODE)
    for code in found:
        if known := lookup(code.content):
            return _rows(picture, code, known)
    return PageReading(error=Unreadable.NOT_A_SHEET)


def _rows(picture: Picture, code: FoundCode, known: Known) -> PageReading:
    for homography in marks.places(picture, code.corners, known.grid):
        if table := flatten(picture, homography, known.grid):
            return PageReading(known.serial, tuple(rows.judge(ink.ink_of(table), known.grid)), table=table)
    return PageReading(known.serial, error=Unreadable.NO_MARKS)
