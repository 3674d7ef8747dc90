"""Marking letters posted one by one, as their references are typed or their QR codes are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from flask import current_app
from flask_security import current_user
from sqlalchemy import ColumnElement, func, or_, select

from campaign_app.access.permissions import mine
from campaign_app.campaigns.models import Status
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import LetterStatus
from campaign_app.tracking import marking
from campaign_app.tracking.models import Act, How


class Answer(StrEnum):
    """What came of a reference or a code; only the first changes anything."""

    POSTED = "posted"
    BEFORE = "before"
    VOID = "void"
    CLOSED = "closed"
    EARLY = "early"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scanned:
    """A letter that was typed or read, and what came of it; of another group's letter nothing is told."""

    code: str
    answer: Answer
    letter: LetterRecord | None = None
    act: Act | None = None


def post(code: str, day: date) -> Scanned:
    """Mark the letter that ``code`` names as posted on ``day``. The caller commits."""
    letter = next(iter(letters(marking.typed(code))), None)
    if letter is None:
        return Scanned(code, Answer.UNKNOWN)
    answer = judged(letter, day)
    if answer is not Answer.POSTED:
        return Scanned(code, answer, letter)
    which = [LetterRecord.id == letter.id]
    act = marking.mark(which, LetterStatus.MADE, LetterStatus.POSTED, How.SCAN, day_of(letter, day))
    return Scanned(code, Answer.POSTED if act.count else Answer.BEFORE, letter, act if act.count else None)


def letters(typed: marking.Typed) -> Sequence[LetterRecord]:
    """The letters that are meant, of the groups of whoever is signed in.

    Those of no group are found by their codes alone: who holds such a letter may say of it what its writer may.
    """
    if not typed:
        return []
    of_nobody = LetterRecord.group_id.is_(None) & LetterRecord.token_hash.in_(typed.links)
    own = mine(LetterRecord, "track").where(marking.named(typed))
    query = select(LetterRecord).where(or_(LetterRecord.id.in_(own.with_only_columns(LetterRecord.id)), of_nobody))
    return db.session.scalars(query.order_by(LetterRecord.id)).all()


def judged(letter: LetterRecord, day: date) -> Answer:
    """What would come of marking the letter as posted on ``day``."""
    if letter.status is LetterStatus.VOID:
        return Answer.VOID
    if letter.status is not LetterStatus.MADE:
        return Answer.BEFORE
    if letter.campaign.status in (Status.SUSPENDED, Status.CLOSED):
        return Answer.CLOSED  # to post it may harm somebody by now; the letter's own page at the desk still marks it
    return Answer.EARLY if day_of(letter, day) < letter.made_on else Answer.POSTED


def day_of(letter: LetterRecord, day: date) -> date:
    """The day where the letter's campaign counts its days: whoever says "today" means the day that it is there."""
    return letter.campaign.today if day == today() else day


def undo(act_id: int) -> Act | None:
    """Take back an act of one's own, or what it did to letters of one's groups. The caller commits."""
    own = LetterRecord.id.in_(mine(LetterRecord, "track").with_only_columns(LetterRecord.id))
    by_me = select(Act.id).where(Act.id == act_id, Act.account_id == current_user.id)
    return marking.undo(act_id, [or_(LetterRecord.marked_by.in_(by_me), own)], How.SCAN)


def marked_today() -> int:
    """How many letters whoever is signed in marked today by scanning, without those that were taken back."""
    midnight = datetime.combine(today(), time(), ZoneInfo(current_app.config["TIME_ZONE"]))
    by_me: tuple[ColumnElement[bool], ...] = (
        Act.account_id == current_user.id, Act.how == How.SCAN, Act.at >= midnight, Act.after == LetterStatus.POSTED,
    )  # fmt: skip
    query = select(func.count()).select_from(LetterRecord).join(Act, Act.id == LetterRecord.marked_by)
    return db.session.scalar(query.where(*by_me)) or 0
