"""Destroying sheets: which may go and when, and the certificate that names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from campaign_app.db import db
from campaign_app.petitions.delivery_models import Delivery, SheetDestruction
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus

KEPT = timedelta(days=92)  # three months after the delivery, as the privacy notice on the sheets promises
WITHOUT_SIGNATURES = (SheetStatus.PRINTED, SheetStatus.SPOILED, SheetStatus.VOID)
SIGNED = (SheetStatus.RETURNED, SheetStatus.COUNTED)


def due_on(petition: Petition) -> date | None:
    """From when on its sheets are to be destroyed; None as long as it is neither closed nor delivered."""
    delivered = db.session.scalar(select(func.max(Delivery.posted_on)).where(Delivery.petition_id == petition.id))
    last = max(filter(None, (petition.closes_on, delivered)), default=None)
    return last + KEPT if last else None


def destroyable(petition: Petition, today: date) -> list[ColumnElement[bool]]:
    """Sheets that may be destroyed: spoiled, void and unused ones at any time, signed ones once their time is over."""
    due = due_on(petition)
    signed = and_(Sheet.status.in_(SIGNED), Sheet.delivery_id.is_(None))
    may_go = Sheet.status.in_(WITHOUT_SIGNATURES)
    return [
        Sheet.petition_id == petition.id,
        Sheet.destruction_id.is_(None),
        or_(may_go, signed) if due and due <= today else may_go,
    ]


def destroy(petition: Petition, which: Sequence[ColumnElement[bool]], **how: object) -> tuple[SheetDestruction, int]:
    """Record that sheets were destroyed; the record, and how many they were. The caller commits."""
    record = SheetDestruction(petition_id=petition.id, **how)
    db.session.add(record)
    db.session.flush()
    gone = db.session.execute(
        update(Sheet).where(*which).values(destruction_id=record.id).execution_options(synchronize_session=False)
    )
    return record, gone.rowcount  # type: ignore[attr-defined]
