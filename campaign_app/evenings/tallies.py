"""Letters and cards that are written by hand at the tables of an evening, counted as they are finished."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update

from campaign_app.db import db
from campaign_app.evenings.models import Evening, EveningTable
from campaign_app.tracking.models import HandwrittenCount, HandwrittenKind


def tally(table: EveningTable, kind: HandwrittenKind, step: int, account_id: int) -> bool:
    """Count one more, or one less; whether there was one to take back. The caller commits."""
    changed = db.session.execute(
        update(HandwrittenCount)
        .where(*_of(table), HandwrittenCount.kind == kind, HandwrittenCount.number + step >= 0)
        .values(number=HandwrittenCount.number + step)
    )
    if changed.rowcount or step < 0:  # type: ignore[attr-defined]
        return bool(changed.rowcount)  # type: ignore[attr-defined]
    evening = table.evening
    new = HandwrittenCount(
        campaign_id=table.campaign_id, target_id=table.target_id, group_id=evening.group_id, kind=kind, number=step,
        written_on=evening.held_on, language=table.language, evening_id=evening.id, account_id=account_id,
    )  # fmt: skip
    db.session.add(new)
    return True


def tallied(evening: Evening) -> dict[tuple[int, HandwrittenKind], int]:
    """How many were written by hand at each table, by its id and the kind."""
    rows = db.session.scalars(select(HandwrittenCount).where(HandwrittenCount.evening_id == evening.id)).all()
    return {
        (table.id, row.kind): row.number
        for table in evening.tables
        for row in rows
        if (row.campaign_id, row.target_id, row.language) == (table.campaign_id, table.target_id, table.language)
    }


def _of(table: EveningTable) -> tuple[ColumnElement[bool], ...]:
    return (
        HandwrittenCount.evening_id == table.evening_id,
        HandwrittenCount.campaign_id == table.campaign_id,
        HandwrittenCount.target_id == table.target_id,
        HandwrittenCount.language == table.language,
    )
