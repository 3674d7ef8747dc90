"""Marking letters, one or many at once: each act can be undone as it was done, and two people cannot both win."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import has_request_context
from flask_security import current_user
from sqlalchemy import ColumnElement, insert, literal, or_, select, union, update
from sqlalchemy.orm import joinedload

from campaign_app import keys
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.record import PAGE
from campaign_app.letters.status import LetterStatus, may_become
from campaign_app.tracking.models import Act, How, OvertakenAct

# What people write for digits and letters that the alphabet of references leaves out (Crockford).
_MISREAD = str.maketrans("OIL", "011")
_LINK = re.compile(rf"\S*{PAGE}([\w-]+)")


class NotNext(Exception):
    """A letter in the one state does not become one in the other."""


def mark(
    which: Iterable[ColumnElement[bool]], before: LetterStatus, after: LetterStatus, how: How, day: date | None = None
) -> Act:
    """Move letters from one state to the next; those that somebody else moved meanwhile stay. The caller commits.

    ``day`` is when they were posted, if they were; letters that were made later stay as well. The act says how many
    were moved. Raises NotNext.
    """
    if not may_become(before, after):
        raise NotNext(before, after)
    if day is not None:
        which = (*which, LetterRecord.made_on <= day)
    act = _begin(Act(how=how, before=before, after=after, day=day))
    values: dict[str, Any] = {"posted_on": day} if after is LetterStatus.POSTED else {}
    return _end(act, [*which, LetterRecord.status == before], values, marked_by=act.id)


def undo(act_id: int, which: Iterable[ColumnElement[bool]], how: How) -> Act | None:
    """Take back an act, as far as nothing was done to its letters since: they are as they were before it.

    None where there is no such act that can be taken back. The caller commits.
    """
    undone = db.session.get(Act, act_id)
    if undone is None or undone.undoes_id is not None:
        return None
    if undone.how is How.REPLY and how is not How.REPLY:  # it goes with its reply
        return None
    act = _begin(Act(how=how, before=undone.after, after=undone.before, undoes_id=undone.id))
    values: dict[str, Any] = {"posted_on": None} if undone.day is not None else {}
    earlier = select(OvertakenAct.act_id).where(
        OvertakenAct.letter_id == LetterRecord.id, OvertakenAct.by_id == undone.id
    )
    return _end(act, [*which, LetterRecord.marked_by == undone.id], values, marked_by=earlier.scalar_subquery())


def history(letter: LetterRecord) -> list[Act]:
    """Each act on a letter, the first one first."""
    overtaken = [OvertakenAct.letter_id == letter.id]
    acts = union(select(OvertakenAct.act_id).where(*overtaken), select(OvertakenAct.by_id).where(*overtaken))
    query = select(Act).where(or_(Act.id == letter.marked_by, Act.id.in_(acts)))
    return list(db.session.scalars(query.options(joinedload(Act.account)).order_by(Act.id)))


def _begin(act: Act) -> Act:
    act.account_id = current_user.id if has_request_context() and current_user.is_authenticated else None
    db.session.add(act)
    db.session.flush()
    return act


def _end(act: Act, which: Sequence[ColumnElement[bool]], values: dict[str, Any], marked_by: Any) -> Act:
    """Change the letters, and note which act of each was the last one before. An act on no letter leaves no trace."""
    overtaken = select(LetterRecord.id, literal(act.id), LetterRecord.marked_by)
    overtaken = overtaken.where(*which, LetterRecord.marked_by.is_not(None))
    db.session.execute(insert(OvertakenAct).from_select(["letter_id", "by_id", "act_id"], overtaken))
    changed: Any = db.session.execute(
        update(LetterRecord)
        .where(*which)
        .values(status=act.after, marked_by=marked_by, **values)
        .execution_options(synchronize_session=False)
    )
    act.count = changed.rowcount
    if not act.count:
        db.session.delete(act)
    db.session.flush()
    db.session.expire_all()  # letters that were read before are read again
    return act


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, pasted or read by a scanner: references, and links by the hashes of their tokens."""

    references: frozenset[str]
    links: dict[str, str]

    def __bool__(self) -> bool:
        return bool(self.references or self.links)


def typed(text: str) -> Typed:
    """The letters that are meant, by their references or the links of their QR codes, with anything between them."""
    text = unicodedata.normalize("NFKC", text)  # full-width letters, as keyboards of East Asia write them
    links = {keys.token_hash(found[1]): found[0] for found in _LINK.finditer(text)}
    rest = _LINK.sub(" ", text)
    words = (word for word in re.split(r"[\s,;]+", rest) if word)
    return Typed(frozenset(map(reference, words)), links)


def reference(word: str) -> str:
    """A reference as it is stored, from how people write it: small, without its hyphen, with O for 0."""
    plain = re.sub(r"[^0-9A-Z]", "", word.upper()).translate(_MISREAD)
    return f"{plain[:4]}-{plain[4:]}"


def named(typed: Typed) -> ColumnElement[bool]:
    return or_(LetterRecord.reference.in_(typed.references), LetterRecord.token_hash.in_(typed.links))


def unknown(typed: Typed, which: Iterable[ColumnElement[bool]]) -> list[str]:
    """The references and links that are none of the letters'."""
    query = select(LetterRecord.reference, LetterRecord.token_hash).where(*which, named(typed))
    known = {word for letter in db.session.execute(query) for word in letter}
    links = [link for token, link in typed.links.items() if token not in known]
    return sorted(typed.references - known) + links
