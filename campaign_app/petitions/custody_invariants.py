"""What must hold of the custody of sheets."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from campaign_app.invariants import each, invariant
from campaign_app.petitions.custody_models import SheetEvent
from campaign_app.petitions.issue_models import SheetIssue
from campaign_app.petitions.sheet_models import Sheet, SheetStatus


@invariant("Each sheet is where its last step left it, and with whom")
def where_they_are() -> Iterator[str]:
    last = select(func.max(SheetEvent.id)).where(SheetEvent.sheet_id == Sheet.id).correlate(Sheet).scalar_subquery()
    moved = select(Sheet.id).join(SheetEvent, SheetEvent.id == last)
    elsewhere = or_(Sheet.status != SheetEvent.after, Sheet.issue_id.is_distinct_from(SheetEvent.issue_id))
    yield from each("sheet {} is elsewhere", moved.where(elsewhere))
    unmoved = select(Sheet.id).where(~select(SheetEvent.id).where(SheetEvent.sheet_id == Sheet.id).exists())
    strange = or_(Sheet.status != SheetStatus.PRINTED, Sheet.issue_id.is_not(None))
    yield from each("sheet {} moved without a step", unmoved.where(strange))


@invariant("Each step of a sheet begins where the one before it ended")
def steps_follow() -> Iterator[str]:
    earlier = aliased(SheetEvent)
    same = (earlier.sheet_id == SheetEvent.sheet_id) & (earlier.id < SheetEvent.id)
    previous = select(func.max(earlier.id)).where(same).correlate(SheetEvent).scalar_subquery()
    before = aliased(SheetEvent)
    steps = select(SheetEvent.id).join(before, before.id == previous)
    gap = or_(before.after != SheetEvent.before, before.issue_id.is_distinct_from(SheetEvent.issue_before))
    yield from each("step {} begins elsewhere", steps.where(gap))


@invariant("A sheet that is out is with somebody, to whom its own petition was issued")
def with_somebody() -> Iterator[str]:
    nobody = (Sheet.status == SheetStatus.ISSUED) & Sheet.issue_id.is_(None)
    yield from each("sheet {} is out with nobody", select(Sheet.id).where(nobody))
    other = select(Sheet.id).join(SheetIssue, SheetIssue.id == Sheet.issue_id)
    yield from each("sheet {} is out with another petition", other.where(SheetIssue.petition_id != Sheet.petition_id))
