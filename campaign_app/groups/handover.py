"""Passing a group on: the successor's role begins on the day on which the old access ends by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from campaign_app.access.models import Account
from campaign_app.characters import searched
from campaign_app.db import db
from campaign_app.groups.handover_models import Handover
from campaign_app.groups.models import Duty, Group, Officer
from campaign_app.people.listing import holds
from campaign_app.people.models import Membership, Person, Role

STEPS = ("campaigns", "outstanding", "stock", "return_address", "people", "notes")


class ArrangedAlready(Exception):
    """A successor is chosen already."""


class TooLate(Exception):
    """The handover has happened, or none was arranged."""


def current(group: Group, day: date) -> Handover | None:
    """The handover that is being prepared, or whose day is still to come."""
    coming = or_(Handover.starts_on.is_(None), Handover.starts_on > day)
    return db.session.scalar(select(Handover).where(Handover.group_id == group.id, coming).order_by(Handover.id.desc()))


def last(group: Group, day: date) -> Handover | None:
    """The latest handover that has happened."""
    happened = select(Handover).where(Handover.group_id == group.id, Handover.starts_on <= day)
    return db.session.scalar(happened.order_by(Handover.starts_on.desc(), Handover.id.desc()))


def begun(group: Group, day: date) -> Handover:
    """The handover that is being prepared; a new one where there is none."""
    db.session.refresh(group, with_for_update=True)  # or two people who begin at once would begin two
    handover = current(group, day)
    if handover is None:
        handover = Handover(group_id=group.id, ticked=[], notes="", changes={})
        db.session.add(handover)
    return handover


def tick(handover: Handover, done: str, undone: str) -> None:
    """Tick a step off and undo that of another; what is none of the steps is passed over."""
    ticked = {*handover.ticked, done} - {undone}
    handover.ticked = [step for step in STEPS if step in ticked]


def organizers(group: Group, day: date) -> list[Person]:
    """Who keeps the group today."""
    keeps = and_(Membership.group_id == group.id, Membership.role == Role.ORGANIZER, holds(day))
    query = select(Person).where(Person.memberships.any(keeps))
    return _by_name(db.session.scalars(query).all())


def successors(group: Group, day: date) -> list[Person]:
    """The group's people who can sign in."""
    accounts = select(Account.person_id).where(Account.active)
    belongs = and_(Membership.group_id == group.id, holds(day))
    query = select(Person).where(Person.memberships.any(belongs), Person.id.in_(accounts))
    return _by_name(db.session.scalars(query).all())


def arrange(handover: Handover, outgoing: Person, successor: Person, starts_on: date, *, stays: bool) -> None:
    """Let ``successor`` coordinate from ``starts_on`` on, and what ``outgoing`` may do end with the day before.

    Whoever stays does so as a member. Raises ArrangedAlready.
    """
    if handover.is_arranged:
        raise ArrangedAlready
    group_id, last_day = handover.group_id, starts_on - timedelta(days=1)
    handover.outgoing, handover.successor, handover.starts_on = outgoing, successor, starts_on
    ending = {Role.ORGANIZER} if stays else {Role.ORGANIZER, Role.MEMBER}
    ended = {
        "roles": _ended(_roles(group_id, outgoing, starts_on, ending), last_day),
        "terms": _ended(_terms(group_id, outgoing, starts_on), last_day),
    }
    roles = [_new_role(group_id, successor, Role.ORGANIZER, starts_on)]
    roles += [_new_role(group_id, outgoing, Role.MEMBER, starts_on)] if stays else []
    terms = [_new_term(group_id, successor, starts_on)]
    db.session.flush()
    begun = {"roles": [role.id for role in roles if role], "terms": [term.id for term in terms if term]}
    handover.changes = {"ended": ended, "begun": begun}


def take_back(handover: Handover, day: date) -> None:
    """Let everything stay as it was before ``arrange``. Raises TooLate where it has happened, or was not arranged."""
    if handover.starts_on is None or handover.has_happened_on(day):
        raise TooLate
    last_day = handover.starts_on - timedelta(days=1)
    for model, kind in ((Membership, "roles"), (Officer, "terms")):
        for row_id, before in handover.changes["ended"][kind]:
            row: Any = db.session.get(model, row_id)
            if row is not None and row.ends_on == last_day:  # nobody changed it since
                row.ends_on = before and date.fromisoformat(before)
        for row_id in handover.changes["begun"][kind]:
            if (row := db.session.get(model, row_id)) is not None:
                db.session.delete(row)
    handover.outgoing = handover.successor = handover.starts_on = None
    handover.changes = {}


def _roles(group_id: int, person: Person, day: date, roles: set[Role]) -> list[Membership]:
    """The person's roles in the group that would go on, or begin, on ``day``."""
    goes_on = or_(Membership.ends_on.is_(None), Membership.ends_on >= day)
    own = Membership.person_id == person.id, Membership.group_id == group_id, Membership.role.in_(roles)
    return list(db.session.scalars(select(Membership).where(*own, goes_on)))


def _terms(group_id: int, person: Person, day: date) -> list[Officer]:
    """The person's terms as coordinator that would go on, or begin, on ``day``."""
    goes_on = or_(Officer.ends_on.is_(None), Officer.ends_on >= day)
    own = Officer.person_id == person.id, Officer.group_id == group_id, Officer.duty == Duty.COORDINATOR
    return list(db.session.scalars(select(Officer).where(*own, goes_on)))


def _ended(rows: Sequence[Any], last_day: date) -> list[tuple[int, str | None]]:
    """End all rows, and say which they are and when they would have ended."""
    before = [(row.id, row.ends_on and row.ends_on.isoformat()) for row in rows]
    for row in rows:
        row.ends_on = last_day
    return before


def _new_role(group_id: int, person: Person, role: Role, day: date) -> Membership | None:
    """A role from ``day`` on, unless the person will hold it without an end then."""
    if any(_goes_on(held, day) for held in _roles(group_id, person, day, {role})):
        return None
    new = Membership(person_id=person.id, group_id=group_id, role=role, starts_on=day)
    db.session.add(new)
    return new


def _new_term(group_id: int, person: Person, day: date) -> Officer | None:
    """A coordinator's term from ``day`` on, unless the person will be coordinator without an end then."""
    if any(_goes_on(held, day) for held in _terms(group_id, person, day)):
        return None
    new = Officer(group_id=group_id, person_id=person.id, duty=Duty.COORDINATOR, starts_on=day)
    db.session.add(new)
    return new


def _goes_on(held: Membership | Officer, day: date) -> bool:
    return held.starts_on <= day and held.ends_on is None


def _by_name(people: Sequence[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (searched(person.name), person.id))
