"""What must hold of sheets and their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from campaign_app.invariants import each, invariant
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetBatch, TakenNumber


@invariant("No serial is given out twice")
def serials_once() -> Iterator[str]:
    """No sheet has a number beyond those that are known as taken, so that the next one is new."""
    taken = select(TakenNumber.last).where(TakenNumber.prefix == Petition.code).scalar_subquery()
    last = func.coalesce(taken, 0)
    sheets = select(Sheet.id).join(Petition, Petition.id == Sheet.petition_id)
    yield from each("sheet {} has a number that is still to be given", sheets.where(Sheet.number > last))
    foreign = sheets.where(~Sheet.serial.startswith(Petition.code + "-"))
    yield from each("sheet {} has the serial of another petition", foreign)


@invariant("Each batch has the sheets that it was printed with, and no other")
def batches_whole() -> Iterator[str]:
    """A batch that is still to be printed has its numbers, and no sheet yet."""
    inside = Sheet.number.between(SheetBatch.first, SheetBatch.last)
    of_batch = select(SheetBatch.id).join(Sheet, Sheet.batch_id == SheetBatch.id)
    strange = of_batch.where(or_(~inside, Sheet.petition_id != SheetBatch.petition_id)).distinct()
    yield from each("batch {} has a sheet of another", strange)
    count = select(func.count()).where(Sheet.batch_id == SheetBatch.id).scalar_subquery()
    due = case((SheetBatch.printed_at.is_(None), 0), else_=SheetBatch.last - SheetBatch.first + 1)
    short = select(SheetBatch.id).where(count != due)
    yield from each("batch {} lacks sheets, or has too many", short)
    other = aliased(SheetBatch)
    same = (other.petition_id == SheetBatch.petition_id) & (other.id > SheetBatch.id)
    over = select(SheetBatch.id, other.id).join(other, same & (other.first <= SheetBatch.last))
    yield from each("batch {} and batch {} share numbers", over.where(other.last >= SheetBatch.first))
