"""Opening and closing a letter evening, and what it comes to."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, func, select, update

from campaign_app import keys
from campaign_app.campaigns.models import Campaign, Kind, Status
from campaign_app.days import today
from campaign_app.db import db, now
from campaign_app.evenings.models import Evening, EveningTable, WaitingLetters
from campaign_app.groups.activity_models import Activity, ActivityKind
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import LetterStatus
from campaign_app.tracking.models import HandwrittenCount

KEY = 16  # bytes


@dataclass(frozen=True, slots=True)
class Place:
    """What people write at a table: for a campaign, to a target, in a language."""

    campaign: Campaign
    target_id: int
    language: str
    title: str

    @property
    def value(self) -> str:
        return f"{self.campaign.id}-{self.target_id}-{self.language}"


def places(group_id: int | None) -> list[Place]:
    """Every table that can stand at an evening of a group: for each campaign that takes letters now."""
    query = select(Campaign).where(Campaign.status == Status.OPEN, Campaign.kind != Kind.PETITION)
    open_now = db.session.scalars(query.order_by(Campaign.post_by.is_(None), Campaign.post_by, Campaign.id))
    campaigns = sorted((c for c in open_now if c.takes_letters), key=lambda c: c.group_id != group_id)  # its own first
    return [
        Place(campaign, target.id, text.language, target.title)
        for campaign in campaigns
        for target in campaign.targets
        for text in campaign.texts
    ]


def token(key: str) -> str:
    """What opens the kiosk: it follows from the evening's key, so that its link can be shown again."""
    return keys.token(current_app.config["SECRET_KEY"], "evening", key)


def opened(group_id: int, account_id: int, hours: int, chosen: Sequence[Place]) -> Evening:
    """A new evening, which the caller stores."""
    key = secrets.token_urlsafe(KEY)
    tables = [
        EveningTable(campaign_id=place.campaign.id, target_id=place.target_id, language=place.language)
        for place in chosen
    ]
    return Evening(
        group_id=group_id, held_on=today(), key=key, token_hash=keys.token_hash(token(key)),
        ends_at=now() + timedelta(hours=hours), account_id=account_id, tables=tables,
    )  # fmt: skip


def close(evening: Evening, people: int | None, place: str) -> None:
    """End it: the kiosk no longer opens, what waited to be printed goes, and the group's activity is noted."""
    evening.closed_at = now()
    evening.activity = Activity(
        group_id=evening.group_id, kind=ActivityKind.LETTER_EVENING, held_on=evening.held_on, place=place,
        people=people, campaigns=list({table.campaign_id: table.campaign for table in evening.tables}.values()),
    )  # fmt: skip
    db.session.flush()
    counts = HandwrittenCount.evening_id == evening.id
    db.session.execute(update(HandwrittenCount).where(counts).values(activity_id=evening.activity_id))
    db.session.execute(delete(WaitingLetters).where(WaitingLetters.evening_id == evening.id))


@dataclass(frozen=True, slots=True)
class Counts:
    """Letters of an evening: those that the app made and that were not released, those posted, and those by hand."""

    made: int
    posted: int
    by_hand: int

    @property
    def all(self) -> int:
        return self.made + self.by_hand


def counts(evening: Evening) -> Counts:
    states = select(LetterRecord.status, func.count()).where(LetterRecord.evening_id == evening.id)
    by_status = dict(db.session.execute(states.group_by(LetterRecord.status)).all())
    by_hand = select(func.coalesce(func.sum(HandwrittenCount.number), 0))
    written = db.session.scalar(by_hand.where(HandwrittenCount.evening_id == evening.id)) or 0
    made = sum(count for status, count in by_status.items() if status is not LetterStatus.VOID)
    unposted = by_status.get(LetterStatus.MADE, 0)
    return Counts(made, made - unposted, written)


def counts_of(activities: Iterable[Activity]) -> dict[int, Counts]:
    """What the evenings came to that are noted among a group's activities, by the activity's id."""
    query = select(Evening).where(Evening.activity_id.in_([activity.id for activity in activities]))
    return {evening.activity_id: counts(evening) for evening in db.session.scalars(query) if evening.activity_id}
