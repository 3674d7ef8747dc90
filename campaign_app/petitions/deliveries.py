"""Packing counted sheets for whom a petition is addressed, and what became of them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select, update

from campaign_app.days import day_of
from campaign_app.db import db
from campaign_app.letters.letter import Letter
from campaign_app.petitions import custody
from campaign_app.petitions.counting import Standing
from campaign_app.petitions.custody import Move
from campaign_app.petitions.custody_models import SheetEvent
from campaign_app.petitions.delivery_models import Delivery, DeliveryStatus
from campaign_app.petitions.issue_models import CollectorNote, SheetIssue
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from campaign_app.targets.models import Target

WITHDRAWABLE = (DeliveryStatus.PACKED, DeliveryStatus.REFUSED)


class Gone(Exception):
    """Somebody else packed some of the sheets meanwhile, or none is left."""


class CannotMark(Exception):
    """The delivery is not where it could be marked so."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Sheets with what was counted on them, of one place or one week."""

    name: str | date
    sheets: int
    raw: int
    valid: int


@dataclass(frozen=True, slots=True)
class Packed:
    """A sheet in a delivery: where its signatures were collected, and in which week it came back (its Monday)."""

    sheet: Sheet
    place: str
    week: date


def ready(petition: Petition, unchecked: bool = False) -> list[ColumnElement[bool]]:
    """The sheets that can be packed: verified ones, and on demand those that one person counted."""
    standings = (Standing.VERIFIED, Standing.UNCHECKED) if unchecked else (Standing.VERIFIED,)
    return [
        Sheet.petition_id == petition.id,
        Sheet.status == SheetStatus.COUNTED,
        Sheet.standing.in_(standings),
        Sheet.delivery_id.is_(None),
        Sheet.destruction_id.is_(None),
    ]


def sums(which: Sequence[ColumnElement[bool]]) -> tuple[int, int, int]:
    """How many sheets these are, their rows with anything in them, and the valid ones."""
    sheets, raw, valid = db.session.execute(
        select(func.count(), func.sum(Sheet.raw), func.sum(Sheet.valid)).where(*which)
    ).one()
    return sheets, raw or 0, valid or 0


def pack(
    petition: Petition, target: Target, letter: Letter, which: Sequence[ColumnElement[bool]], account_id: int | None
) -> Delivery:
    """Put sheets into a new delivery. The caller commits. Raises Gone where there is none."""
    sheets, raw, valid = sums(which)
    if not sheets:
        raise Gone
    delivery = Delivery(
        petition_id=petition.id, target_id=target.id, account_id=account_id, letter=letter.to_json(), sheets=sheets,
        raw=raw, valid=valid,
    )  # fmt: skip
    db.session.add(delivery)
    db.session.flush()
    db.session.execute(
        update(Sheet).where(*which).values(delivery_id=delivery.id).execution_options(synchronize_session=False)
    )
    return delivery


def post(delivery: Delivery, day: date, account_id: int | None) -> None:
    """The delivery was posted or handed over. The caller commits. Raises CannotMark."""
    _advance(delivery, (DeliveryStatus.PACKED,), DeliveryStatus.POSTED)
    delivery.posted_on = day
    custody.move([Sheet.delivery_id == delivery.id], Move.DELIVER, account_id)


def unpost(delivery: Delivery, account_id: int | None) -> None:
    """It was not posted after all. Raises CannotMark."""
    _advance(delivery, (DeliveryStatus.POSTED,), DeliveryStatus.PACKED)
    delivery.posted_on = None
    custody.move([Sheet.delivery_id == delivery.id], Move.TAKE_BACK, account_id)


def answer(delivery: Delivery, accepted: bool, day: date, note: str) -> None:
    """The addressee accepted or refused it; the last word counts. Raises CannotMark."""
    answered = DeliveryStatus.POSTED, DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED
    _advance(delivery, answered, DeliveryStatus.ACCEPTED if accepted else DeliveryStatus.REFUSED)
    delivery.answered_on, delivery.note = day, note


def withdraw(delivery: Delivery, account_id: int | None) -> None:
    """Unpack it: its sheets can be put into another delivery. Raises CannotMark."""
    _advance(delivery, WITHDRAWABLE, DeliveryStatus.WITHDRAWN)
    custody.move([Sheet.delivery_id == delivery.id], Move.TAKE_BACK, account_id)
    db.session.execute(
        update(Sheet)
        .where(Sheet.delivery_id == delivery.id)
        .values(delivery_id=None)
        .execution_options(synchronize_session=False)
    )


def packed(delivery: Delivery) -> list[Packed]:
    """The sheets of a delivery by their numbers."""
    back = select(SheetEvent.sheet_id, func.min(SheetEvent.at).label("at")).where(
        SheetEvent.after.in_((SheetStatus.RETURNED, SheetStatus.COUNTED)), SheetEvent.undoes.is_(False)
    )
    first = back.group_by(SheetEvent.sheet_id).subquery()
    rows = db.session.execute(
        select(Sheet, SheetIssue, CollectorNote, first.c.at)
        .join(first, first.c.sheet_id == Sheet.id)
        .outerjoin(SheetIssue, SheetIssue.id == Sheet.issue_id)
        .outerjoin(CollectorNote, CollectorNote.sheet_id == Sheet.id)
        .where(Sheet.delivery_id == delivery.id)
        .order_by(Sheet.number)
    )
    return [
        Packed(sheet, (note.place if note else "") or (issue.place if issue else ""), _monday(day_of(at)))
        for sheet, issue, note, at in rows
    ]


def by(key: str, sheets: Sequence[Packed]) -> list[Sum]:
    """The sums by ``place`` or ``week``; they add up to the whole."""
    counts: dict[str | date, Counter[str]] = {}
    for one in sheets:
        count = counts.setdefault(getattr(one, key), Counter())
        count.update(sheets=1, raw=one.sheet.raw or 0, valid=one.sheet.valid or 0)
    found = [Sum(name, count["sheets"], count["raw"], count["valid"]) for name, count in counts.items()]
    return sorted(found, key=lambda one: (one.name == "", str(one.name)))


def _advance(delivery: Delivery, before: Sequence[DeliveryStatus], after: DeliveryStatus) -> None:
    """Move the delivery on, unless somebody else did meanwhile. Raises CannotMark."""
    moved = db.session.execute(
        update(Delivery)
        .where(Delivery.id == delivery.id, Delivery.status.in_(before))
        .values(status=after)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:  # type: ignore[attr-defined]
        raise CannotMark
    db.session.refresh(delivery)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
