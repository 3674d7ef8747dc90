"""Voting: once, in secret, and counted when it is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from flask import url_for
from flask_babel import ngettext
from sqlalchemy import ColumnElement, and_, case, exists, select, update
from sqlalchemy.orm import selectinload

from campaign_app.access.permissions import mine
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups import outstanding
from campaign_app.groups.decision_models import Decision, DecisionOption, Voter
from campaign_app.groups.models import Group
from campaign_app.people.models import Person


class CannotVote(Exception):
    """The person has no role in the group now."""


class VotedAlready(Exception):
    """A person votes once."""


class Closed(Exception):
    """The decision takes no more votes."""


class HasVotes(Exception):
    """Somebody voted, so that the question stays."""


def may_vote(person: Person, decision: Decision, day: date) -> bool:
    """Whether the person has a role in the group now; to serve the whole section gives no vote."""
    return any(m.group_id == decision.group_id and m.holds_on(day) for m in person.memberships)


def has_voted(person: Person, decision: Decision) -> bool:
    return db.session.get(Voter, (decision.id, person.id)) is not None


def has_votes(decision: Decision) -> bool:
    """Whether anybody voted yet."""
    return bool(db.session.scalar(select(exists().where(Voter.decision_id == decision.id)))) or decision.votes > 0


def vote(person: Person, decision: Decision, option: DecisionOption, day: date) -> None:
    """Count a vote, and note apart from it that the person voted. Raises CannotVote, Closed or VotedAlready."""
    _lock(decision)
    if not may_vote(person, decision, day):
        raise CannotVote
    if not decision.is_open_on(day):
        raise Closed
    if has_voted(person, decision):
        raise VotedAlready
    db.session.add(Voter(decision_id=decision.id, person_id=person.id))
    _count(decision, option)


def close(decision: Decision, day: date) -> None:
    """Take no more votes from now on. Whoever saw the count cannot open it again. Raises Closed."""
    _lock(decision)
    if not decision.is_open_on(day):
        raise Closed
    decision.closed_early_on = day


def withdraw(decision: Decision) -> None:
    """Take a question back that nobody voted on yet. Raises HasVotes."""
    _lock(decision)
    if has_votes(decision):
        raise HasVotes
    db.session.delete(decision)


def in_order(decisions: Iterable[Decision], day: date) -> tuple[Sequence[Decision], Sequence[Decision]]:
    """The open ones, the next to close first, and the closed ones, the latest first."""
    by_end = sorted(decisions, key=lambda decision: (decision.ended_on, decision.id))
    return [d for d in by_end if d.is_open_on(day)], [d for d in reversed(by_end) if not d.is_open_on(day)]


def waiting_for(person: Person, day: date) -> list[Decision]:
    """The open questions that the signed-in person has not answered yet."""
    voted = select(Voter.decision_id).where(Voter.person_id == person.id)
    query = mine(Decision, "take part").where(_open(day), Decision.id.not_in(voted))
    found = db.session.scalars(query.options(selectinload(Decision.options))).all()
    return [decision for decision in in_order(found, day)[0] if may_vote(person, decision, day)]


@outstanding.source
def open_questions(group: Group) -> Iterable[outstanding.Outstanding]:
    """What a successor should know: questions that members are still voting on."""
    count = len(db.session.scalars(select(Decision.id).where(Decision.group_id == group.id, _open(today()))).all())
    if count:
        text = ngettext("%(num)s question is open for votes", "%(num)s questions are open for votes", count)
        yield outstanding.Outstanding(text, url_for("groups.decisions.index", slug=group.slug))


def _count(decision: Decision, option: DecisionOption) -> None:
    """One vote more. All options are written, for PostgreSQL keeps with each row which transaction wrote it last, and
    the row that says who voted comes from the same one.
    """
    more = case((DecisionOption.id == option.id, 1), else_=0)
    every = update(DecisionOption).where(DecisionOption.decision_id == decision.id)
    db.session.execute(every.values(votes=DecisionOption.votes + more))


def _open(day: date) -> ColumnElement[bool]:
    return and_(Decision.closed_early_on.is_(None), Decision.closes_on >= day)


def _lock(decision: Decision) -> None:
    """Let nobody else vote, close or withdraw meanwhile."""
    db.session.refresh(decision, with_for_update=True)
