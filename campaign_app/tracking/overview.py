"""All numbers of a dashboard or a report at once: letters from every side, and what stands beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from campaign_app.campaigns.models import Campaign, Kind
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.outcomes.models import Outcome
from campaign_app.tracking import beside, totals
from campaign_app.tracking.beside import Replies, Sheets
from campaign_app.tracking.models import HandwrittenCount
from campaign_app.tracking.tally_models import NOBODY
from campaign_app.tracking.totals import Scope, Totals


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: what it is (``key`` is how an address names it), its letters, and those written by hand."""

    key: str
    name: Any
    letters: Totals
    handwritten: int = 0


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign with all that is counted of it."""

    campaign: Campaign
    letters: Totals
    handwritten: int
    replies: Replies
    sheets: Sheets

    @property
    def is_empty(self) -> bool:
        return not (self.letters or self.handwritten or self.replies.by_kind or self.sheets.total)

    @property
    def towards_goal(self) -> int:
        """What counts towards the campaign's goal: letters, those written by hand too, or signatures."""
        if self.campaign.kind is Kind.PETITION:
            return self.sheets.valid
        return self.letters.made + self.handwritten


@dataclass(frozen=True, slots=True)
class Overview:
    """What a scope of letters adds up to."""

    letters: Totals
    handwritten: int
    weeks: Sequence[tuple[date, Totals]]
    months: Sequence[tuple[date, Totals]]
    campaigns: Sequence[CampaignLine]
    groups: Sequence[Line]
    kinds: Sequence[Line]
    countries: Sequence[Line]
    languages: Sequence[Line]
    replies: Replies
    sheets: Sheets
    outcomes: Sequence[Outcome] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.campaigns


def overview(scope: Scope) -> Overview:
    """Read all of it."""
    campaigns = _campaigns(scope)
    return Overview(
        letters=totals.total(scope),
        handwritten=sum(line.handwritten for line in campaigns),
        weeks=totals.by_week(scope),
        months=totals.by_month(scope),
        campaigns=campaigns,
        groups=list(_groups(scope)),
        kinds=list(_kinds(campaigns)),
        countries=[Line(code, code, count) for code, count in totals.by_country(scope)],
        languages=[Line(tag, tag, count) for tag, count in totals.by_language(scope)],
        replies=beside.together(line.replies for line in campaigns),
        sheets=beside.sheets_together(line.sheets for line in campaigns),
        outcomes=beside.outcomes([line.campaign.id for line in campaigns], scope.since, scope.until),
    )


def campaign_lines(scope: Scope) -> list[CampaignLine]:
    """The numbers of the scope's campaigns, the oldest first, also where they are all zero."""
    letters, by_hand = totals.by_campaign(scope), beside.handwritten(scope)
    replies, sheets = beside.replies(scope), beside.sheets(scope)
    query = select(Campaign).order_by(Campaign.id)
    if scope.campaigns is not None:
        query = query.where(Campaign.id.in_(scope.campaigns))
    return [
        CampaignLine(one, letters.get(one.id, Totals()), by_hand.get(one.id, 0), replies[one.id], sheets[one.id])
        for one in db.session.scalars(query)
    ]


def _campaigns(scope: Scope) -> list[CampaignLine]:
    """Campaigns of which there is something to tell, most letters first, those written by hand too."""
    found = [line for line in campaign_lines(scope) if not line.is_empty]
    return sorted(found, key=lambda line: -line.letters.made - line.handwritten)


def _groups(scope: Scope) -> Iterator[Line]:
    letters, by_hand = totals.by_group(scope), beside.handwritten(scope, HandwrittenCount.group_id)
    ids = letters.keys() | by_hand.keys()
    known = {group.id: group for group in db.session.scalars(select(Group).where(Group.id.in_(ids - {None})))}
    lines = [_group(known.get(id or 0), letters.get(id, Totals()), by_hand.get(id, 0)) for id in ids]
    yield from sorted(lines, key=lambda line: (-line.letters.made, -line.handwritten, line.key))


def _group(group: Group | None, letters: Totals, by_hand: int) -> Line:
    return Line(group.slug if group else NOBODY, group.name if group else "", letters, by_hand)


def _kinds(campaigns: Iterable[CampaignLine]) -> Iterator[Line]:
    letters: dict[Kind, Totals] = defaultdict(Totals)
    by_hand: dict[Kind, int] = defaultdict(int)
    for line in campaigns:
        letters[line.campaign.kind] += line.letters
        by_hand[line.campaign.kind] += line.handwritten
    lines = [Line(kind.value, kind, letters[kind], by_hand[kind]) for kind in Kind if letters[kind] or by_hand[kind]]
    yield from sorted(lines, key=lambda line: -line.letters.made)
