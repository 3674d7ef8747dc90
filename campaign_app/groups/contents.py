"""What a group consists of, as a handover shows it: its campaigns, and its people by what they agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from campaign_app.campaigns.models import Campaign, Status
from campaign_app.characters import searched
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.listing import holds
from campaign_app.people.models import Membership, Person, Purpose


def campaigns(group: Group) -> Sequence[Campaign]:
    """The group's campaigns that are not over, the next deadline first."""
    query = select(Campaign).where(Campaign.group_id == group.id, Campaign.status != Status.CLOSED)
    return db.session.scalars(query.order_by(Campaign.post_by.is_(None), Campaign.post_by, Campaign.id)).all()


def people(group: Group, day: date) -> Sequence[Person]:
    """Who belongs to the group on ``day``, sorted by name."""
    belongs = Person.memberships.any((Membership.group_id == group.id) & holds(day))
    found = db.session.scalars(select(Person).where(belongs).options(selectinload(Person.consents)))
    return sorted(found, key=lambda person: (searched(person.name), person.id))


def consents(people: Sequence[Person]) -> list[tuple[Purpose, int]]:
    """How many agreed to what."""
    return [(purpose, sum(person.consents_to(purpose) for person in people)) for purpose in Purpose]


def reachable(people: Sequence[Person]) -> list[Person]:
    """Those whom the group may write to."""
    return [person for person in people if person.consents_to(Purpose.CONTACT)]
