"""The account of a group's year: what it did, whom it reached, and the letters that were made and posted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from sqlalchemy import extract, select
from sqlalchemy.orm import selectinload

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.activity_models import Activity, ActivityKind
from campaign_app.groups.models import Group
from campaign_app.labels import label
from campaign_app.tables.writing import Cell
from campaign_app.tracking.tally_models import Aspect, LetterTally
from campaign_app.tracking.totals import Scope, Totals, by_campaign


@dataclass(frozen=True, slots=True)
class OfKind:
    """How often a group did something in a year, and how many people that reached."""

    kind: ActivityKind
    times: int
    people: int


@dataclass(frozen=True, slots=True)
class YearlyAccount:
    """A group's year. A letter that was made in one year and posted in the next counts in both, once each."""

    year: int
    activities: Sequence[Activity]
    letters: Sequence[tuple[Campaign, Totals]]

    @property
    def kinds(self) -> list[OfKind]:
        found = {kind: [a for a in self.activities if a.kind is kind] for kind in ActivityKind}
        return [OfKind(kind, len(done), _people(done)) for kind, done in found.items() if done]

    @property
    def people(self) -> int:
        return _people(self.activities)

    @property
    def made(self) -> int:
        return sum(totals.made for _, totals in self.letters)

    @property
    def posted(self) -> int:
        return sum(totals.posted for _, totals in self.letters)


def of(group: Group, year: int) -> YearlyAccount:
    """The account of one year."""
    scope = Scope(groups=[group.id], since=date(year, 1, 1), until=date(year, 12, 31))
    made = {id: count.made for id, count in by_campaign(scope).items() if count.made}
    posted = {id: count.posted for id, count in by_campaign(scope, Aspect.POSTED).items() if count.posted}
    query = select(Campaign).where(Campaign.id.in_(made.keys() | posted.keys())).order_by(Campaign.id)
    letters = [(c, Totals(made.get(c.id, 0), posted.get(c.id, 0))) for c in db.session.scalars(query)]
    return YearlyAccount(year, activities(group, date(year, 1, 1), date(year, 12, 31)), letters)


def activities(group: Group, since: date, until: date) -> Sequence[Activity]:
    """What the group did from one day to another, the latest first."""
    query = select(Activity).where(Activity.group_id == group.id, Activity.held_on.between(since, until))
    latest = query.order_by(Activity.held_on.desc(), Activity.id.desc())
    return db.session.scalars(latest.options(selectinload(Activity.campaigns))).all()


def years(group: Group, day: date) -> list[int]:
    """The years of which there is something to say, and the present one; the latest first."""
    found = {day.year}
    for column, group_id in ((Activity.held_on, Activity.group_id), (LetterTally.begins_on, LetterTally.group_id)):
        rows = db.session.scalars(select(extract("year", column)).where(group_id == group.id).distinct())
        found |= {int(year) for year in rows}
    return sorted(found, reverse=True)


def as_table(account: YearlyAccount) -> tuple[Sequence[str], Iterator[Sequence[Cell]]]:
    """The header and the rows of a table: the activities by their day, then the letters by campaign."""
    header = (
        gettext("What"), gettext("Day or year"), gettext("Place"), gettext("People"), gettext("Campaigns"),
        gettext("Letters made"), gettext("Letters posted"), gettext("Note"),
    )  # fmt: skip
    return header, _rows(account)


def _rows(account: YearlyAccount) -> Iterator[Sequence[Cell]]:
    for activity in reversed(account.activities):
        campaigns = "; ".join(campaign.title for campaign in activity.campaigns)
        people: Cell = "" if activity.people is None else activity.people
        day = activity.held_on.isoformat()
        yield str(label(activity.kind)), day, activity.place, people, campaigns, "", "", activity.note
    for campaign, totals in account.letters:
        yield gettext("Letters"), account.year, "", "", campaign.title, totals.made, totals.posted, ""


def _people(activities: Sequence[Activity]) -> int:
    return sum(activity.people or 0 for activity in activities)
