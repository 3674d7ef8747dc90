"""Counts of letters, always from the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus

SMALLEST_BREAKDOWN = 10  # fewer letters than this are not broken down in public, lest a writer be recognized
WENT_OUT = (LetterStatus.POSTED, LetterStatus.ANSWERED, LetterStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Totals:
    """Letters of a campaign: how many were made, and how many of these went into a postbox."""

    made: int = 0
    posted: int = 0


def totals_by_campaign(campaigns: Iterable[Campaign]) -> dict[int, Totals]:
    """The totals of each campaign by its id; void letters do not count."""
    rows = db.session.execute(
        select(LetterRecord.campaign_id, LetterRecord.status, func.count())
        .where(LetterRecord.campaign_id.in_([c.id for c in campaigns]), LetterRecord.status != LetterStatus.VOID)
        .group_by(LetterRecord.campaign_id, LetterRecord.status)
    )
    made: dict[int, int] = defaultdict(int)
    posted: dict[int, int] = defaultdict(int)
    for campaign, status, count in rows:
        made[campaign] += count
        posted[campaign] += count if status in WENT_OUT else 0
    return defaultdict(Totals, {campaign: Totals(made[campaign], posted[campaign]) for campaign in made})


def by_country(campaign: Campaign) -> list[tuple[str, int]]:
    """Letters by the country they go to, most first."""
    count = func.count()
    query = select(LetterRecord.country, count).where(*_counted(campaign)).group_by(LetterRecord.country)
    return [(country, number) for country, number in db.session.execute(query.order_by(count.desc()))]


def by_week(campaign: Campaign) -> list[tuple[date, int]]:
    """Letters by the week they were made in (its Monday), without gaps, oldest first."""
    rows = db.session.execute(
        select(LetterRecord.made_on, func.count()).where(*_counted(campaign)).group_by(LetterRecord.made_on)
    )
    weeks: dict[date, int] = defaultdict(int)
    for day, count in rows:
        weeks[day - timedelta(days=day.weekday())] += count
    if not weeks:
        return []
    first, last = min(weeks), max(weeks)
    every = (first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1))
    return [(week, weeks.get(week, 0)) for week in every]


def _counted(campaign: Campaign) -> tuple[ColumnElement[bool], ...]:
    return (LetterRecord.campaign_id == campaign.id, LetterRecord.status != LetterStatus.VOID)
