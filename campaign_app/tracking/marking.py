"""Marking letters, one or many at once: each act can be undone as it was done, and two people cannot both win."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select, update

from campaign_app import keys
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.letters.record import PAGE

ACT = 12  # bytes of an act's name
# What people write for digits and letters that the alphabet of references leaves out (Crockford).
_MISREAD = str.maketrans("OIL", "011")
_LINK = re.compile(rf"\S*{PAGE}([\w-]+)")


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to ``count`` letters, under a name by which it can be undone."""

    name: str
    count: int


def mark(which: Iterable[ColumnElement[bool]], before: LetterStatus, after: LetterStatus, day: date | None) -> Act:
    """Move letters from one state to the next; those that somebody else moved meanwhile stay. The caller commits.

    ``day`` is when they were posted, if they were.
    """
    name = secrets.token_urlsafe(ACT)
    changed = db.session.execute(
        update(LetterRecord)
        .where(*which, LetterRecord.status == before)
        .values(status=after, posted_on=day, marked_by=name)
        .execution_options(synchronize_session=False)
    )
    return Act(name, changed.rowcount)  # type: ignore[attr-defined]


def undo(name: str, which: Iterable[ColumnElement[bool]]) -> int:
    """Take back an act, as far as nothing was done to its letters since; how many these were. The caller commits."""
    changed = db.session.execute(
        update(LetterRecord)
        .where(*which, LetterRecord.marked_by == name)
        .where(LetterRecord.status.in_((LetterStatus.POSTED, LetterStatus.VOID)))
        .values(status=LetterStatus.MADE, posted_on=None, marked_by=None)
        .execution_options(synchronize_session=False)
    )
    return int(changed.rowcount)  # type: ignore[attr-defined]


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
