"""Issuing sheets: to whom, which, and the link in the QR code of what was issued together."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import ColumnElement, func, or_, select

from campaign_app import keys
from campaign_app.db import db
from campaign_app.petitions.issue_models import CollectorNote, SheetIssue
from campaign_app.petitions.models import Petition
from campaign_app.petitions.serials import PAGE, Typed
from campaign_app.petitions.sheet_models import Sheet, SheetStatus

KEY = 16  # bytes


@dataclass(frozen=True, slots=True)
class Out:
    """Sheets that are with somebody: how many, the first and the last of them, and what their collector told."""

    issue: SheetIssue
    sheets: int
    first: int
    last: int
    note: CollectorNote | None

    def is_overdue(self, today: date) -> bool:
        return self.issue.due_on is not None and self.issue.due_on < today


def new(petition: Petition, account_id: int | None, **to_whom: object) -> SheetIssue:
    """An issue of no sheets yet, stored with an id; the caller moves them, and commits."""
    key = secrets.token_urlsafe(KEY)
    issue = SheetIssue(
        petition_id=petition.id, account_id=account_id, key=key, token_hash=keys.token_hash(_token(key)), **to_whom
    )
    db.session.add(issue)
    db.session.flush()
    return issue


def link(issue: SheetIssue) -> str:
    """The address in the QR code of an issue."""
    return current_app.config["SITE_URL"].rstrip("/") + PAGE + _token(issue.key)


def _token(key: str) -> str:
    return keys.token(current_app.config["SECRET_KEY"], "sheets issued together", key)


def named(petition: Petition, typed: Typed) -> list[ColumnElement[bool]]:
    """The sheets of the petition that somebody typed."""
    ranges = [Sheet.number.between(first, last) for first, last in typed.ranges]
    return [Sheet.petition_id == petition.id, or_(*ranges, Sheet.token_hash.in_(typed.links))]


def unknown(petition: Petition, typed: Typed) -> list[str]:
    """What was typed and is no sheet of the petition: words, and ends of ranges at which there is none."""
    ends = {end for pair in typed.ranges for end in pair}
    there = select(Sheet.number).where(Sheet.petition_id == petition.id, Sheet.number.in_(ends))
    gone = sorted(ends - set(db.session.scalars(there)))
    backwards = [f"{first}–{last}" for first, last in typed.ranges if first > last]
    links = select(func.count()).where(Sheet.petition_id == petition.id, Sheet.token_hash.in_(typed.links))
    strange = len(set(typed.links)) - (db.session.scalar(links) or 0)
    return [*typed.unread, *(f"{number:04}" for number in gone), *backwards, *["…/c/…"] * strange]


def out(conditions: Sequence[ColumnElement[bool]]) -> list[Out]:
    """Who has what, what is overdue first."""
    count, first, last = func.count(Sheet.id), func.min(Sheet.number), func.max(Sheet.number)
    held = select(SheetIssue, count, first, last, CollectorNote)
    held = held.join(Sheet, Sheet.issue_id == SheetIssue.id).outerjoin(
        CollectorNote, CollectorNote.issue_id == SheetIssue.id
    )
    held = held.where(Sheet.status == SheetStatus.ISSUED, *conditions).group_by(SheetIssue.id, CollectorNote.id)
    rows = db.session.execute(held.order_by(SheetIssue.due_on.is_(None), SheetIssue.due_on, SheetIssue.id))
    return [Out(*row) for row in rows]
