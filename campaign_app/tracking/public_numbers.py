"""What everybody may know of a campaign: its totals, and no number under ten broken down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.tracking import beside, totals
from campaign_app.tracking.totals import SMALLEST_BREAKDOWN, Scope, Totals


def campaigns() -> Sequence[Campaign]:
    """All that are public, the latest first."""
    public = select(Campaign).where(Campaign.status != Status.DRAFT)
    return db.session.scalars(public.order_by(Campaign.opens_on.desc(), Campaign.id.desc())).all()


def summaries(found: Sequence[Campaign]) -> list[dict[str, Any]]:
    """Each campaign in short."""
    scope = Scope([campaign.id for campaign in found])
    letters, by_hand = totals.by_campaign(scope), beside.handwritten(scope)
    return [_summary(one, letters.get(one.id, Totals()), by_hand.get(one.id, 0)) for one in found]


def details(campaign: Campaign) -> dict[str, Any]:
    """A campaign with its letters over time and by country, and its outcomes."""
    scope = Scope([campaign.id])
    weeks = ((week.isoformat(), count.made) for week, count in totals.by_week(scope))
    countries = ((country, count.made) for country, count in totals.by_country(scope) if count.made)
    is_told = totals.total(scope).made >= SMALLEST_BREAKDOWN
    [summary] = summaries([campaign])
    return summary | {
        "by_week": told(weeks) if is_told else {},
        "by_country": told(countries) if is_told else {},
        "outcomes": [
            {"what": one.what.value, "happened_on": one.happened_on.isoformat(), "source": one.source}
            for one in beside.outcomes([campaign.id])
        ],
    }


def told(counts: Iterable[tuple[str, int]]) -> dict[str, int | None]:
    """Each number, or None for one that is not told since it is under ten."""
    return {key: None if 0 < count < SMALLEST_BREAKDOWN else count for key, count in counts}


def _summary(campaign: Campaign, letters: Totals, by_hand: int) -> dict[str, Any]:
    return {
        "campaign": campaign.slug,
        "title": campaign.title,
        "kind": campaign.kind.value,
        "theme": campaign.theme.value,
        "country": campaign.country,
        "status": campaign.status.value,
        "opens_on": campaign.opens_on.isoformat(),
        "post_by": campaign.post_by and campaign.post_by.isoformat(),
        "goal": campaign.goal,
        "letters": {"made": letters.made, "posted": letters.posted, "handwritten": by_hand},
    }
