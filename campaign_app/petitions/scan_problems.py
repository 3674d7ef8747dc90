"""What is wrong with a page of a scan, each thing by its name. That may change, so it is asked each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select

from campaign_app.db import db
from campaign_app.petitions.scan_models import ScanPage, ScanPile
from campaign_app.petitions.sheet_models import SheetStatus


class Problem(StrEnum):
    """Why a page cannot be counted, or should be looked at before."""

    NO_CODE = "no QR code"
    NOT_A_SHEET = "not a sheet"
    NO_MARKS = "no corner marks"
    BROKEN = "broken page"
    OTHER_GROUP = "other group"
    VOID = "void"
    SPOILED = "spoiled"
    DESTROYED = "destroyed"
    COUNTED = "counted"
    TWICE = "twice"


NOT_TO_COUNT = frozenset(Problem) - {Problem.TWICE}


def of(pages: Sequence[ScanPage]) -> dict[int, list[Problem]]:
    """The problems of each page, by its id."""
    others = _others(pages)
    return {page.id: [] if page.confirmed_at else list(_of(page, others[page.sheet_id or 0])) for page in pages}


def _of(page: ScanPage, others: set[int]) -> list[Problem]:
    sheet = page.sheet
    if sheet and sheet.group_id != page.group_id:
        return [Problem.OTHER_GROUP]
    if page.error:
        return [Problem(page.error)]
    if sheet is None:
        return [Problem.NOT_A_SHEET]
    found = []
    if sheet.destruction_id:
        found.append(Problem.DESTROYED)
    elif sheet.status is SheetStatus.VOID:
        found.append(Problem.VOID)
    elif sheet.status is SheetStatus.SPOILED:
        found.append(Problem.SPOILED)
    elif sheet.standing:
        found.append(Problem.COUNTED)  # what is scanned again may be a photocopy
    if others - {page.id}:
        found.append(Problem.TWICE)
    return found


def _others(pages: Sequence[ScanPage]) -> defaultdict[int, set[int]]:
    """All pages with the sheets of these, in piles of the same groups."""
    sheets = {page.sheet_id for page in pages if page.sheet_id}
    groups = {page.group_id for page in pages}
    query = select(ScanPage.id, ScanPage.sheet_id, ScanPile.group_id).join(ScanPile, ScanPile.id == ScanPage.pile_id)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for page_id, sheet_id, group_id in db.session.execute(query.where(ScanPage.sheet_id.in_(sheets))):
        if sheet_id and group_id in groups:
            found[sheet_id].add(page_id)
    return found
