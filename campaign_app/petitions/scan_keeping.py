"""How long scans of sheets are kept, and what must hold of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from campaign_app.db import db
from campaign_app.invariants import each, invariant
from campaign_app.petitions.scan_models import ScanFile, ScanPage, ScanPile
from campaign_app.privacy.due import BEHIND
from campaign_app.privacy.forgetting import Due, forgets
from campaign_app.stored_files.models import StoredFile


def forget(pile: ScanPile) -> None:
    """Delete a pile with all of its pictures; what was counted by it stays counted. The caller commits."""
    for stored in [*(file.file for file in pile.files), *(page.picture for page in pile.pages)]:
        if stored:
            db.session.delete(stored)
    db.session.delete(pile)


@forgets("sheet scans", delete=forget)
def due(before: date) -> Due:
    return ScanPile, ScanPile.expires_on < before - BEHIND


@invariant("Each page of a scan that was confirmed has its sheet, with a count")
def confirmed_are_counted() -> Iterator[str]:
    confirmed = select(ScanPage.id).where(ScanPage.confirmed_at.is_not(None))
    yield from each("scan page {} was confirmed and has no sheet", confirmed.where(ScanPage.sheet_id.is_(None)))


@invariant("Each scan belongs to the pile of its file, and its pictures to its group")
def within_a_pile() -> Iterator[str]:
    apart = select(ScanPage.id).join(ScanFile, ScanFile.id == ScanPage.file_id)
    yield from each("scan page {} is of another pile than its file", apart.where(ScanFile.pile_id != ScanPage.pile_id))
    strange = (
        select(ScanPage.id)
        .join(ScanPile, ScanPile.id == ScanPage.pile_id)
        .join(StoredFile, StoredFile.id == ScanPage.picture_id)
        .where(StoredFile.group_id.is_distinct_from(ScanPile.group_id))
    )
    yield from each("scan page {} has a picture of another group", strange)
