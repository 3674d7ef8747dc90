"""What the writers at the kiosk made, until it is printed: it lies here sealed, and goes with the evening."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from campaign_app.days import day_of
from campaign_app.db import db, now
from campaign_app.documents.paper import Layout
from campaign_app.evenings.models import Evening, WaitingLetters
from campaign_app.letters.handover import Handover
from campaign_app.letters.letter import Letter
from campaign_app.privacy.forgetting import Due, forgets


@dataclass(frozen=True, slots=True)
class Batch:
    """Letters to be printed together, since their pages are alike, and the rows that they come from."""

    rows: Sequence[WaitingLetters]
    letters: tuple[Letter, ...]
    layout: Layout


def wait(evening: Evening, form: str, handover: Handover) -> None:
    """Have letters wait, once however often their form is sent. The caller commits."""
    if db.session.scalar(select(WaitingLetters.id).where(WaitingLetters.form == form)) is None:
        sealed = zlib.compress(handover.to_json().encode())
        row = WaitingLetters(evening_id=evening.id, form=form, sealed=sealed, keep_until=day_of(evening.ends_at))
        db.session.add(row)


def queue(evening: Evening) -> Sequence[WaitingLetters]:
    """What waits and what was printed, the first one first."""
    query = select(WaitingLetters).where(WaitingLetters.evening_id == evening.id)
    return db.session.scalars(query.order_by(WaitingLetters.id)).all()


def batch(evening: Evening, again: int | None) -> Batch | None:
    """What waits, as far as it is set like the first of it; or the row ``again``. None where there is nothing."""
    rows = [row for row in queue(evening) if (row.id == again if again else row.printed_at is None)]
    opened = [(row, Handover.from_json(zlib.decompress(row.sealed).decode())) for row in rows]
    alike = [(row, handover) for row, handover in opened if handover.layout == opened[0][1].layout]
    if not alike:
        return None
    letters = tuple(letter for _, handover in alike for letter in handover.letters)
    return Batch([row for row, _ in alike], letters, alike[0][1].layout)


def mark_printed(batch: Batch) -> None:
    for row in batch.rows:
        row.printed_at = now()


@forgets("letters waiting to be printed")
def due(before: date) -> Due:
    return WaitingLetters, WaitingLetters.keep_until < before
