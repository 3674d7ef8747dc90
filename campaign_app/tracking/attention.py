"""What an organizer should look at: letters before a deadline, campaigns that stand still, addresses nobody checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.targets.models import Target
from campaign_app.tracking.tally_models import Aspect, LetterTally
from campaign_app.tracking.totals import Totals

NEAR = 7  # days before the deadline
STILL = timedelta(days=60)
A_WEEK = timedelta(days=6)  # from the day by which the tally counts a letter to the last one it can have been made on


@dataclass(frozen=True, slots=True)
class Attention:
    """Campaigns whose letters should be posted now, campaigns that stand still, and addresses nobody checked lately."""

    near: list[tuple[Campaign, int]]
    still: list[Campaign]
    unverified: int

    def __bool__(self) -> bool:
        return bool(self.near or self.still or self.unverified)


def attention(campaigns: Iterable[Campaign], totals: Mapping[int, Totals], checked_since: date) -> Attention:
    """What of these campaigns asks to be looked at; an address is good if it was checked since the day."""
    current = [campaign for campaign in campaigns if campaign.status is Status.OPEN and campaign.has_opened]
    last = _last_made([campaign.id for campaign in current])
    return Attention(
        near=[(c, totals[c.id].waiting) for c in current if _is_near(c) and totals[c.id].waiting],
        still=[c for c in current if c.has_expired or _stands_still(c, last.get(c.id))],
        unverified=len(_unchecked(current, checked_since)),
    )


def _is_near(campaign: Campaign) -> bool:
    left = campaign.days_left
    return left is not None and 0 <= left <= NEAR


def _stands_still(campaign: Campaign, last: date | None) -> bool:
    """Whether no letter was made for sixty days; a petition has none."""
    since = max(campaign.opens_on, last + A_WEEK) if last else campaign.opens_on
    return campaign.takes_letters and campaign.today - since > STILL


def _last_made(campaigns: list[int]) -> dict[int, date]:
    """The beginning of the last week in which letters of each campaign were made."""
    query = select(LetterTally.campaign_id, func.max(LetterTally.begins_on)).where(
        LetterTally.aspect == Aspect.ALL, LetterTally.campaign_id.in_(campaigns)
    )
    return dict(db.session.execute(query.group_by(LetterTally.campaign_id)).all())


def _unchecked(campaigns: Iterable[Campaign], since: date) -> set[int]:
    targets: dict[int, Target] = {target.id: target for campaign in campaigns for target in campaign.targets}
    return {id for id, target in targets.items() if target.verified_on is None or target.verified_on < since}
