"""A look at a signature sheet before it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from campaign_app.documents.sheet_grid import SheetGrid


@dataclass(frozen=True, slots=True)
class SheetLook:
    """The sheet as PNG, where things stand on it, and the size of its text in pt."""

    png: bytes
    grid: SheetGrid
    points: float
