"""What must hold of counts, and of sheets that are delivered or destroyed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from campaign_app.db import db
from campaign_app.invariants import each, invariant
from campaign_app.petitions.counting import Invalid, Standing
from campaign_app.petitions.custody_models import SheetCount
from campaign_app.petitions.delivery_models import Delivery, DeliveryStatus, SheetDestruction
from campaign_app.petitions.sheet_models import Sheet, SheetBatch, SheetStatus

REASONS = [getattr(SheetCount, reason) for reason in Invalid]
INVALID = sum(REASONS[1:], REASONS[0])
COUNTED = Sheet.status.in_((SheetStatus.COUNTED, SheetStatus.DELIVERED))


@invariant("No count is above the rows of its sheet, and no invalid rows are above the filled ones")
def counts_within_rows() -> Iterator[str]:
    below = or_(SheetCount.raw < 0, *(reason < 0 for reason in REASONS))
    yield from each("count {}", select(SheetCount.id).where(or_(below, SheetCount.raw < INVALID)))
    most = select(Sheet.batch_id, func.max(SheetCount.raw)).join(SheetCount).group_by(Sheet.batch_id)
    for batch_id, raw in db.session.execute(most):
        if raw > db.session.get_one(SheetBatch, batch_id).rows:
            yield f"a count of batch {batch_id}"


@invariant("A sheet is counted where it has counts, and says what the last of them said")
def counted_as_said() -> Iterator[str]:
    last = select(func.max(SheetCount.turn)).where(SheetCount.sheet_id == Sheet.id).correlate(Sheet).scalar_subquery()
    said = select(Sheet.id).join(SheetCount, and_(SheetCount.sheet_id == Sheet.id, SheetCount.turn == last))
    other = or_(
        ~COUNTED,
        Sheet.raw.is_distinct_from(SheetCount.raw),
        Sheet.valid.is_distinct_from(SheetCount.raw - INVALID),
    )
    yield from each("sheet {} says otherwise", said.where(other))
    counted = or_(COUNTED, Sheet.standing.is_not(None), Sheet.raw.is_not(None), Sheet.valid.is_not(None))
    none = ~select(SheetCount.id).where(SheetCount.sheet_id == Sheet.id).exists()
    yield from each("sheet {} has no count", select(Sheet.id).where(counted, none))


@invariant("A sheet is verified once two counts agree or a third settled it, and two people counted it first")
def standings() -> Iterator[str]:
    first, second, third = aliased(SheetCount), aliased(SheetCount), aliased(SheetCount)
    agree = and_(first.raw == second.raw, *(getattr(first, reason) == getattr(second, reason) for reason in Invalid))
    verified, disputed = (Sheet.standing.is_distinct_from(one) for one in (Standing.VERIFIED, Standing.DISPUTED))
    wrong = case(
        (first.id.is_(None), Sheet.standing.is_not(None)),
        (second.id.is_(None), Sheet.standing.is_distinct_from(Standing.UNCHECKED)),
        (or_(agree, third.id.is_not(None)), verified),
        else_=disputed,
    )
    query = select(Sheet.id)
    for turn, count in enumerate((first, second, third), 1):
        query = query.outerjoin(count, and_(count.sheet_id == Sheet.id, count.turn == turn))
    yield from each("sheet {} stands otherwise", query.where(wrong))
    alone = select(first.sheet_id).join(second, second.sheet_id == first.sheet_id)
    same = and_(first.turn == 1, second.turn == 2, first.account_id == second.account_id)
    yield from each("sheet {} was checked by who counted it", alone.where(same))


@invariant("A delivered sheet is counted, and in one delivery of its own petition, which counts it")
def delivered() -> Iterator[str]:
    away = Delivery.status.in_((DeliveryStatus.POSTED, DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED))
    inside = select(Sheet.id).join(Delivery, Delivery.id == Sheet.delivery_id)
    as_it_is = case(
        (away, Sheet.status == SheetStatus.DELIVERED),
        (Delivery.status == DeliveryStatus.PACKED, Sheet.status == SheetStatus.COUNTED),
        else_=Sheet.id < 0,  # none: what was withdrawn is empty
    )
    yield from each(
        "sheet {} is otherwise than its delivery",
        inside.where(or_(~as_it_is, Sheet.petition_id != Delivery.petition_id, Sheet.destruction_id.is_not(None))),
    )
    nowhere = (Sheet.status == SheetStatus.DELIVERED) & Sheet.delivery_id.is_(None)
    yield from each("sheet {} was delivered to nobody", select(Sheet.id).where(nowhere))
    packed = [func.count(Sheet.id), *(func.coalesce(func.sum(n), 0) for n in (Sheet.raw, Sheet.valid))]
    said = (Delivery.sheets, Delivery.raw, Delivery.valid)
    whole = select(Delivery.id).outerjoin(Sheet, Sheet.delivery_id == Delivery.id).group_by(Delivery.id, *said)
    differs = or_(*(count != number for count, number in zip(packed, said, strict=True)))
    yield from each(
        "delivery {} has other sheets than it says",
        whole.where(Delivery.status != DeliveryStatus.WITHDRAWN).having(differs),
    )


@invariant("A sheet that was destroyed was at hand, and goes with its own petition")
def destroyed() -> Iterator[str]:
    gone = select(Sheet.id).join(SheetDestruction, SheetDestruction.id == Sheet.destruction_id)
    away = Sheet.status.in_((SheetStatus.ISSUED, SheetStatus.MISSING, SheetStatus.DELIVERED))
    yield from each("sheet {}", gone.where(or_(away, Sheet.petition_id != SheetDestruction.petition_id)))
