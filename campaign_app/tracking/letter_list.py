"""Letters one by one, as somebody finds them behind a number: the latest first, a page at the same cost wherever it is.

Each state has its own walk along an index that ends in the day and the id, from where the page before ended; what the
walks find is put in order here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select, tuple_, union_all

from campaign_app.campaigns.models import Campaign, Kind, Theme
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import LetterStatus
from campaign_app.targets.models import Target
from campaign_app.tracking import totals
from campaign_app.tracking.tally_models import NO_GROUP
from campaign_app.tracking.totals import Scope, Totals

A_PAGE = 100  # letters
AT_ONCE = 1_000  # rows that an export reads at a time


class State(StrEnum):
    """What a number of letters counts: as ``totals`` says it, a letter that was answered was made and posted too."""

    MADE = "made"
    WAITING = "waiting"
    POSTED = "posted"
    ANSWERED = "answered"
    RETURNED = "returned"
    VOID = "void"

    @property
    def statuses(self) -> tuple[LetterStatus, ...]:
        return _STATUSES[self]


_STATUSES = {
    State.MADE: (LetterStatus.MADE, *totals.WENT_OUT),
    State.WAITING: (LetterStatus.MADE,),
    State.POSTED: totals.WENT_OUT,
    State.ANSWERED: (LetterStatus.ANSWERED,),
    State.RETURNED: (LetterStatus.RETURNED,),
    State.VOID: (LetterStatus.VOID,),
}


_BY: dict[str, Callable[[Scope], dict[Any, Totals]]] = {
    "target": totals.by_target,
    "country": lambda scope: dict(totals.by_country(scope)),
    "language": lambda scope: dict(totals.by_language(scope)),
}


@dataclass(frozen=True, slots=True)
class Search:
    """Which letters are looked for; what is None is not asked about. ``groups`` are ids, with 0 for no group."""

    state: State = State.MADE
    campaign: int | None = None
    target: int | None = None
    country: str | None = None
    language: str | None = None
    kind: Kind | None = None
    theme: Theme | None = None
    groups: Collection[int] | None = None
    since: date | None = None
    until: date | None = None

    @property
    def count(self) -> int | None:
        """How many there are, where the tally tells it; else None."""
        told_apart = [name for name in ("target", "country", "language") if getattr(self, name) is not None]
        if len(told_apart) > 1 or not _begins(self.since) or not _ends(self.until):
            return None
        scope = Scope(self._campaigns, self.groups, self.theme, self.since, self.until)
        if not told_apart:
            return int(getattr(totals.total(scope), self.state))
        return int(getattr(_BY[told_apart[0]](scope).get(getattr(self, told_apart[0]), Totals()), self.state))

    @property
    def _campaigns(self) -> Collection[int] | None:
        if self.kind is None:
            return None if self.campaign is None else [self.campaign]
        of_kind = db.session.scalars(select(Campaign.id).where(Campaign.kind == self.kind))
        return [campaign for campaign in of_kind if self.campaign in (None, campaign)]


@dataclass(frozen=True, slots=True)
class Place:
    """A letter's place in the list, after which the next page begins."""

    made_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.made_on.isoformat()}.{self.id}"

    @classmethod
    def of(cls, written: str) -> Place | None:
        """From an address; None where it is none."""
        day, _, number = written.partition(".")
        try:
            return cls(date.fromisoformat(day), int(number))
        except ValueError:
            return None


def page(search: Search, after: Place | None = None, size: int = A_PAGE) -> tuple[Sequence[Row[Any]], Place | None]:
    """The letters of a page with all that is shown of them, and the place after which the next one begins, if any."""
    walks = [
        _walk(search, status, group, after, size + 1) for status in search.state.statuses for group in _apart(search)
    ]
    found = union_all(*(select(walk.subquery()) for walk in walks)).subquery()
    latest = select(found.c.id).order_by(found.c.made_on.desc(), found.c.id.desc()).limit(size + 1)
    ids = db.session.scalars(latest).all()
    rows = db.session.execute(_shown().where(LetterRecord.id.in_(ids[:size]))).all()
    rows = sorted(rows, key=lambda row: (row.made_on, row.id), reverse=True)
    return rows, Place(rows[-1].made_on, rows[-1].id) if len(ids) > size else None


def every(search: Search) -> Iterator[Row[Any]]:
    """All letters, state by state and the oldest first, of which some are in memory at once."""
    for status in search.state.statuses:
        for group in _apart(search):
            query = _shown().where(*_of_walk(search, status, group)).order_by(LetterRecord.made_on, LetterRecord.id)
            yield from db.session.execute(query.execution_options(yield_per=AT_ONCE))


def _shown() -> Any:
    """Nothing of what is shown tells of a person."""
    return (
        select(
            LetterRecord.id, LetterRecord.reference, LetterRecord.status, LetterRecord.made_on, LetterRecord.posted_on,
            LetterRecord.country, LetterRecord.language, Campaign.slug, Campaign.title, Target.position,
            Target.institution, Group.name.label("group"),
        )
        .join(Campaign, Campaign.id == LetterRecord.campaign_id)
        .join(Target, Target.id == LetterRecord.target_id)
        .outerjoin(Group, Group.id == LetterRecord.group_id)
    )  # fmt: skip


def _apart(search: Search) -> Sequence[int | None]:
    """The groups that are walked one by one, or None for all at once."""
    return [None] if search.groups is None else sorted(search.groups) or [-1]


def _walk(search: Search, status: LetterStatus, group: int | None, after: Place | None, size: int) -> Any:
    query = select(LetterRecord.made_on, LetterRecord.id).where(*_of_walk(search, status, group))
    if after is not None:
        query = query.where(tuple_(LetterRecord.made_on, LetterRecord.id) < (after.made_on, after.id))
    return query.order_by(LetterRecord.made_on.desc(), LetterRecord.id.desc()).limit(size)


def _of_walk(search: Search, status: LetterStatus, group: int | None) -> list[Any]:
    found = [*_conditions(search), LetterRecord.status == status]
    if group is not None:
        found.append(LetterRecord.group_id.is_(None) if group == NO_GROUP else LetterRecord.group_id == group)
    return found


def _conditions(search: Search) -> list[Any]:
    equal = {
        LetterRecord.campaign_id: search.campaign, LetterRecord.target_id: search.target,
        LetterRecord.country: search.country, LetterRecord.language: search.language,
    }  # fmt: skip
    found: list[Any] = [column == value for column, value in equal.items() if value is not None]
    for column, value in ((Campaign.kind, search.kind), (Campaign.theme, search.theme)):
        if value is not None:
            found.append(LetterRecord.campaign_id.in_(select(Campaign.id).where(column == value)))
    if search.since:
        found.append(LetterRecord.made_on >= search.since)
    if search.until:
        found.append(LetterRecord.made_on <= search.until)
    return found


def _begins(day: date | None) -> bool:
    """Whether the tally has a part that begins on this day."""
    return day is None or day.day == 1 or day.weekday() == 0


def _ends(day: date | None) -> bool:
    return day is None or _begins(day + timedelta(days=1))
