"""Recording what happened, and telling writers who asked for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.outcomes.models import Outcome
from campaign_app.replies import telling
from campaign_app.replies.models import News


def outcomes_of(campaign: Campaign) -> Sequence[Outcome]:
    """What happened, the latest first."""
    query = select(Outcome).where(Outcome.campaign_id == campaign.id)
    return db.session.scalars(query.order_by(Outcome.happened_on.desc(), Outcome.id.desc())).all()


def record(outcome: Outcome) -> tuple[Outcome, int]:
    """Store an outcome, once however often its form is sent; how many writers will be told. The caller commits."""
    if made := db.session.scalar(select(Outcome).where(Outcome.form == outcome.form)):
        return made, 0
    db.session.add(outcome)
    db.session.flush()
    return outcome, telling.tell(News.OUTCOME, outcome.id, outcome.campaign)


def take_back(outcome: Outcome) -> None:
    """Delete an outcome that was recorded by mistake; who was not told yet is not told. The caller commits."""
    telling.take_back(News.OUTCOME, outcome.id)
    db.session.delete(outcome)
