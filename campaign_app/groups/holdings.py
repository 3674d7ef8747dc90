"""What groups hold about people besides duties: that they voted and that a group was handed over, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import func, or_, select

from campaign_app.db import db
from campaign_app.groups.decision_models import Decision, Voter
from campaign_app.groups.handover_models import Handover
from campaign_app.groups.models import Group
from campaign_app.people.models import Person
from campaign_app.privacy.forgetting import Due, forgets
from campaign_app.privacy.holdings import Row, holds


@holds("votes", _("Questions that you voted on; for what is not kept"), "voters")
def votes(person: Person) -> Iterable[Row]:
    voted = select(Decision).join(Voter).where(Voter.person_id == person.id).order_by(Decision.id)
    for decision in db.session.scalars(voted):
        yield {"group": decision.group.name, "subject": decision.question}


@holds("handovers", _("Handovers of a group from you or to you"), "handovers")
def handovers(person: Person) -> Iterable[Row]:
    part = or_(Handover.outgoing_id == person.id, Handover.successor_id == person.id)
    query = select(Group.name, Handover.starts_on).join(Group, Group.id == Handover.group_id).where(part)
    for name, starts_on in db.session.execute(query.order_by(Handover.id)):
        yield {"group": name, "starts_on": starts_on}


@forgets("voters")
def old_voters(before: date) -> Due:
    """A closed question stays on record with its counts; who voted on it does not."""
    ended = func.coalesce(Decision.closed_early_on, Decision.closes_on)
    return Voter, Voter.decision_id.in_(select(Decision.id).where(ended < before))


@forgets("handovers")
def old_handovers(before: date) -> Due:
    return Handover, Handover.starts_on < before
