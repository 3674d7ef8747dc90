"""Recording what came back: once, with what it means for its letter and for the address."""

from __future__ import annotations

from sqlalchemy import select

from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.privacy import audit
from campaign_app.replies import addresses, telling
from campaign_app.replies.models import News, Reply, ReplyKind
from campaign_app.tracking import marking
from campaign_app.tracking.models import How

MAY_ANSWER = (LetterStatus.MADE, LetterStatus.POSTED)  # whoever answers shows that it was posted


class VoidLetter(Exception):
    """The letter never went out."""


class WentAnotherWay(Exception):
    """A letter that was answered did not come back, and one that came back was not answered."""

    def __init__(self, status: LetterStatus) -> None:
        super().__init__(status)
        self.status = status


class RecordedBefore(Exception):
    """There is a reply already that may be the same."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.id)
        self.reply = reply


def record(reply: Reply, *, another: bool = False) -> Reply:
    """Store a reply; its letter is marked, an address that mail came back from is doubted, who asked will be told.

    A form that was sent before gives the reply that it made. ``another`` says that it is not one that is known already.
    The caller has begun a writing transaction and commits it. Raises VoidLetter, WentAnotherWay and RecordedBefore.
    """
    if made := db.session.scalar(select(Reply).where(Reply.form == reply.form)):
        return made
    _check(reply, another=another)
    db.session.add(reply)
    db.session.flush()
    if reply.letter is not None:
        reply.act_id = _mark(reply.letter, _status(reply.kind))
    if reply.is_returned_mail:
        addresses.reconsider(reply.target)
    else:
        telling.tell(News.REPLY, reply.id, reply.campaign, reply.letter)
    audit.record("record reply", reply)
    return reply


def undo(reply: Reply) -> None:
    """Delete a reply that was recorded by mistake, with its scan; its letter is as it was. The caller commits."""
    audit.record("undo reply", reply)
    telling.take_back(News.REPLY, reply.id)
    letter, target, act_id = reply.letter, reply.target, reply.act_id
    if reply.scan is not None:
        db.session.delete(reply.scan)
    db.session.delete(reply)
    db.session.flush()
    other = db.session.scalar(select(Reply).where(Reply.letter_id == letter.id).limit(1)) if letter else None
    if other is not None:
        other.act_id = other.act_id or act_id  # the letter stays answered
    elif letter is not None and act_id is not None:
        marking.undo(act_id, [LetterRecord.id == letter.id], How.REPLY)
    addresses.reconsider(target)


def _check(reply: Reply, *, another: bool) -> None:
    letter = reply.letter
    if letter is not None and letter.status is LetterStatus.VOID:
        raise VoidLetter
    if letter is not None and letter.status not in (*MAY_ANSWER, _status(reply.kind)):
        raise WentAnotherWay(letter.status)
    if (known := _known(reply)) and (not another or reply.is_returned_mail):
        raise RecordedBefore(known)


def _known(reply: Reply) -> Reply | None:
    """A reply that may be the same: to the same letter or, where that is unknown, of the same office, day and kind."""
    query = select(Reply).where(Reply.campaign_id == reply.campaign.id).order_by(Reply.id.desc()).limit(1)
    if reply.letter is not None:
        return db.session.scalar(query.where(Reply.letter_id == reply.letter.id))
    same = {name: getattr(reply, name) for name in ("kind", "received_on")}
    target_id = reply.target.id if reply.target else None
    return db.session.scalar(query.filter_by(letter_id=None, target_id=target_id, **same))


def _status(kind: ReplyKind) -> LetterStatus:
    return LetterStatus.RETURNED if kind is ReplyKind.RETURNED_MAIL else LetterStatus.ANSWERED


def _mark(letter: LetterRecord, after: LetterStatus) -> int | None:
    """Mark the letter, unless it is marked already; the id of the act that did."""
    if letter.status not in MAY_ANSWER:
        return None
    act = marking.mark([LetterRecord.id == letter.id], letter.status, after, How.REPLY)
    return act.id if act.count else None
