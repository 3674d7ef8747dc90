"""What must hold of the acts on letters, and of how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, literal, select, union

from campaign_app.db import db
from campaign_app.invariants import each, invariant
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import LetterStatus
from campaign_app.tracking import counting
from campaign_app.tracking.models import Act, OvertakenAct


@invariant("A letter is what the act that marked it last made of it, and as made without one")
def as_marked() -> Iterator[str]:
    said = func.coalesce(Act.after, literal(LetterStatus.MADE, LetterRecord.status.type))
    query = select(LetterRecord.id).outerjoin(Act, Act.id == LetterRecord.marked_by)
    yield from each("letter {}", query.where(LetterRecord.status != said))


@invariant("An act counts the letters on which it was done")
def acts_count() -> Iterator[str]:
    marked = select(LetterRecord.id.label("letter"), LetterRecord.marked_by.label("act"))
    done = union(
        marked.where(LetterRecord.marked_by.is_not(None)),
        select(OvertakenAct.letter_id, OvertakenAct.act_id),
        select(OvertakenAct.letter_id, OvertakenAct.by_id),
    ).subquery()
    counted = select(done.c.act, func.count().label("number")).group_by(done.c.act).subquery()
    number = func.coalesce(counted.c.number, 0)
    query = select(Act.id, Act.count, number).outerjoin(counted, counted.c.act == Act.id)
    yield from each("act {} counts {}, and was done on {}", query.where(Act.count != number))


@invariant("No letter is posted before it is made")
def posted_after_made() -> Iterator[str]:
    yield from each("letter {}", select(LetterRecord.id).where(LetterRecord.posted_on < LetterRecord.made_on))


@invariant("The database counts letters as they come and go")
def counts() -> Iterator[str]:
    if not counting.counts(db.session.connection()):
        yield "a trigger is missing; see check --recount"


@invariant("Every counter equals what there is to count")
def counted() -> Iterator[str]:
    yield from (f"letters of {cell}" for cell in counting.miscounted(db.session.connection()))
