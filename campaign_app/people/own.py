"""The people whom a page is about, for those who may keep them."""

from __future__ import annotations

from collections.abc import Sequence

from campaign_app.access.permissions import mine
from campaign_app.db import db
from campaign_app.people.models import Membership, Person

ACTION = "keep people"


def own_person(person_id: int) -> Person:
    """The person, if one of the groups of whoever is signed in knows them; else there is no such page."""
    found: Person = db.first_or_404(mine(Person, ACTION).where(Person.id == person_id))
    return found


def own_memberships(person: Person) -> Sequence[Membership]:
    """The person's memberships in the groups of whoever is signed in, the open ones first."""
    query = mine(Membership, ACTION).where(Membership.person_id == person.id)
    return db.session.scalars(query.order_by(Membership.ends_on.is_not(None), Membership.starts_on.desc())).all()
