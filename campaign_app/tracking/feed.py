"""What is new in public: campaigns, what happened since they opened, and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select

from campaign_app.campaigns.models import Campaign, CaseUpdate, Status
from campaign_app.db import db
from campaign_app.labels import label
from campaign_app.outcomes.models import Outcome
from campaign_app.pages import plain
from campaign_app.tracking import public_numbers

ENTRIES = 50
LONGEST = 500  # characters of a summary


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of news: ``id`` never changes, ``path`` leads to its campaign."""

    id: str
    title: str
    summary: str
    path: str
    moment: datetime


def entries() -> list[Entry]:
    """The latest first."""
    return sorted([*_campaigns(), *_updates(), *_outcomes()], key=lambda entry: entry.moment, reverse=True)[:ENTRIES]


def _campaigns() -> list[Entry]:
    return [_entry("campaign", c.id, c, c.title, c.story, c.opens_on) for c in public_numbers.campaigns()[:ENTRIES]]


def _updates() -> list[Entry]:
    query = select(CaseUpdate, Campaign).join(Campaign).where(Campaign.status != Status.DRAFT)
    found = db.session.execute(query.order_by(CaseUpdate.day.desc(), CaseUpdate.id.desc()).limit(ENTRIES))
    return [_entry("update", update.id, one, one.title, update.text, update.day) for update, one in found]


def _outcomes() -> list[Entry]:
    query = select(Outcome).join(Outcome.campaign).where(Campaign.status != Status.DRAFT)
    found = db.session.scalars(query.order_by(Outcome.happened_on.desc(), Outcome.id.desc()).limit(ENTRIES))
    return [
        _entry("outcome", one.id, one.campaign, f"{label(one.what)}: {one.campaign.title}", one.text, one.happened_on)
        for one in found
    ]


def _entry(kind: str, number: int, campaign: Campaign, title: str, text: str, day: date) -> Entry:
    summary = plain(text)
    shown = summary if len(summary) <= LONGEST else summary[: LONGEST - 1].rstrip() + "…"
    moment = datetime.combine(day, time(), UTC)
    return Entry(f"{kind}/{number}", title, shown, f"/campaigns/{campaign.slug}", moment)
