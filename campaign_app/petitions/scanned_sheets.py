"""Which sheet a page of a scan is: by what its QR code says, and where things stand on it as it was printed."""

from __future__ import annotations

from sqlalchemy import select

from campaign_app.db import db
from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.petitions import tokens
from campaign_app.petitions.sheet_models import Sheet

LONGEST_CODE = 500  # characters of a code that may be ours


def sheet_of(code: str) -> Sheet | None:
    """The sheet whose QR code says ``code``: its token, alone or at the end of an address."""
    if len(code) > LONGEST_CODE:
        return None
    return db.session.scalar(select(Sheet).where(Sheet.token_hash == tokens.hash_in(code)))


def grid_of(sheet: Sheet) -> SheetGrid:
    return SheetGrid.from_json(sheet.batch.layout)
