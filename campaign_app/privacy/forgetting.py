"""Forgetting on time: which rows are due, a dry run, and deleting them with a receipt.

Whoever stores personal data says which rows of a kind are due, in the kind's own room:

    @forgets("invitations")
    def invitations(before: date) -> Due:
        return Invitation, Invitation.expires_on < before

How long the kind is kept stands in ``retention.RETENTION``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from campaign_app.db import Base, begin_writing, db, leave_no_trace
from campaign_app.privacy import audit
from campaign_app.privacy.models import Receipt
from campaign_app.privacy.retention import RETENTION, Rule

Due = tuple[type[Base], ColumnElement[bool]]
Finder = Callable[[date], Due]
Delete = Callable[[Any], None]

AT_ONCE = 200  # rows a transaction, so that others can write in between
LARGE_SHARE = 10  # more than one in ten at once may be a mistake: a clock that runs ahead, a wrong date


@dataclass(frozen=True, slots=True)
class Kind:
    """How rows of a kind are found and deleted."""

    name: str
    find: Finder
    delete: Delete

    @property
    def rule(self) -> Rule:
        return RETENTION[self.name]

    def due(self, today: date) -> Due:
        return self.find(self.rule.before(today))


KINDS: dict[str, Kind] = {}


def forgets(kind: str, delete: Delete | None = None) -> Callable[[Finder], Finder]:
    """Register which rows of ``kind`` date from before a day. ``delete`` takes a row where it needs more than that."""
    if kind not in RETENTION or kind in KINDS:
        raise KeyError(kind)

    def register(find: Finder) -> Finder:
        KINDS[kind] = Kind(kind, find, delete or db.session.delete)
        return find

    return register


@dataclass(frozen=True, slots=True)
class Share:
    """How many rows of a kind are due, of how many there are."""

    kind: str
    rule: Rule
    due: int
    total: int

    @property
    def is_large(self) -> bool:
        """Whether somebody has to confirm it."""
        return not self.rule.goes_by_itself and self.due * LARGE_SHARE > self.total


def shares(today: date) -> list[Share]:
    """What would be forgotten on ``today``, by kind; those of which nothing is due too."""
    return [Share(kind.name, kind.rule, *_counts(*kind.due(today))) for kind in KINDS.values()]


def forget(today: date, confirmed: Collection[str] = (), account_id: int | None = None) -> Receipt:
    """Delete what is due, but for large shares of a kind that is not ``confirmed``, and keep a receipt.

    It commits by itself, a part at a time: after a crash the rest goes the next time.
    """
    begin_writing()
    db.session.add(receipt := Receipt(day=today, account_id=account_id, counts={}, waiting={}))
    db.session.commit()
    for share in shares(today):
        if not share.due:
            continue
        if share.is_large and share.kind not in confirmed:
            begin_writing()
            receipt.waiting = {**receipt.waiting, share.kind: share.due}
            db.session.commit()
        else:
            _forget(KINDS[share.kind], today, receipt)
    leave_no_trace()
    return receipt


def is_waiting() -> bool:
    """Whether the last time left something for somebody to confirm."""
    return bool(db.session.scalar(select(Receipt.waiting).order_by(Receipt.id.desc()).limit(1)))


def _forget(kind: Kind, today: date, receipt: Receipt) -> None:
    model, condition = kind.due(today)
    while True:
        begin_writing()
        rows = db.session.scalars(select(model).where(condition).limit(AT_ONCE)).all()
        if not rows:
            db.session.rollback()
            return
        for row in rows:
            kind.delete(row)
        audit.record("forget", kind.name, count=len(rows))
        receipt.counts = {**receipt.counts, kind.name: receipt.counts.get(kind.name, 0) + len(rows)}
        db.session.commit()


def _counts(model: type[Base], condition: ColumnElement[bool]) -> tuple[int, int]:
    count = select(func.count()).select_from(model)
    return db.session.scalar(count.where(condition)) or 0, db.session.scalar(count) or 0
