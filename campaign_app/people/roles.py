"""Roles that begin and end: what may be given, and what cannot be taken."""

from __future__ import annotations

from datetime import date

from campaign_app.access import last_staff
from campaign_app.access.last_staff import LastStaff
from campaign_app.people.models import Membership, Person, Role


def end(membership: Membership, last_day: date, day: date) -> None:
    """Let a role end with ``last_day``. Raises LastStaff where it ends before ``day`` and the section needs it."""
    serves = membership.role is Role.STAFF and membership.holds_on(day)
    if serves and last_day < day and last_staff.is_last(membership.person):
        raise LastStaff
    membership.ends_on = last_day


def held(person: Person, role: Role, group_id: int | None, day: date) -> bool:
    """Whether the person holds the role in the group already, or will."""
    return any(
        (membership.role, membership.group_id) == (role, group_id)
        and (membership.ends_on is None or membership.ends_on >= day)
        for membership in person.memberships
    )
