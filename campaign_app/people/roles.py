"""Roles that begin and end: what may be given, and what cannot be taken."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from campaign_app.access.models import Account
from campaign_app.db import db
from campaign_app.people.listing import holds
from campaign_app.people.models import Membership, Person, Role


class LastStaff(Exception):
    """Nobody else could sign in as staff any more."""


def end(membership: Membership, last_day: date, day: date) -> None:
    """Let a role end with ``last_day``. Raises LastStaff where it ends before ``day`` and the section needs it."""
    if last_day < day and is_last_staff(membership, day):
        raise LastStaff
    membership.ends_on = last_day


def is_last_staff(membership: Membership, day: date) -> bool:
    """Whether no other account holds the role of staff."""
    if membership.role is not Role.STAFF or not membership.holds_on(day):
        return False
    others = select(Account.id).join(Membership, Membership.person_id == Account.person_id)
    others = others.where(Membership.role == Role.STAFF, holds(day), Account.active, Membership.id != membership.id)
    return db.session.scalar(others.limit(1)) is None


def held(person: Person, role: Role, group_id: int | None, day: date) -> bool:
    """Whether the person holds the role in the group already, or will."""
    return any(
        (membership.role, membership.group_id) == (role, group_id)
        and (membership.ends_on is None or membership.ends_on >= day)
        for membership in person.memberships
    )
