"""Numbers of letters, read from the tally that the database keeps: they cost the same however many letters there are.

"Made" are all letters that were made and are not void, whatever became of them since; "posted" those of them that went
into a postbox, also where they were answered or came back. A page, a report and the public totals all say it so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, cast, func, select

from campaign_app.campaigns.models import Campaign, Theme
from campaign_app.db import db
from campaign_app.letters.models import LetterStatus
from campaign_app.tracking.tally_models import NO_GROUP, Aspect, LetterTally

SMALLEST_BREAKDOWN = 10  # fewer letters than this are not broken down in public, lest a writer be recognized
WENT_OUT = (LetterStatus.POSTED, LetterStatus.ANSWERED, LetterStatus.RETURNED)
_STATES = (LetterTally.made, LetterTally.posted, LetterTally.answered, LetterTally.returned, LetterTally.void)
COUNTS = tuple(func.sum(state) for state in _STATES)


@dataclass(frozen=True, slots=True)
class Totals:
    """Letters: how many were made, and what became of them; ``void`` ones are in no other number."""

    made: int = 0
    posted: int = 0
    answered: int = 0
    returned: int = 0
    void: int = 0

    @classmethod
    def of_states(cls, made: Any, posted: Any, answered: Any, returned: Any, void: Any) -> Totals:
        """From the numbers of letters that are in each state now."""
        went_out = int(posted) + int(answered) + int(returned)
        return cls(int(made) + went_out, went_out, int(answered), int(returned), int(void))

    @property
    def waiting(self) -> int:
        """Letters that were made, and that nobody said were posted."""
        return self.made - self.posted

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.made + other.made,
            self.posted + other.posted,
            self.answered + other.answered,
            self.returned + other.returned,
            self.void + other.void,
        )

    def __bool__(self) -> bool:
        return bool(self.made or self.void)


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which letters the numbers are told; what is None is not asked about.

    ``since`` and ``until`` are the first and the last day of weeks or months, ``groups`` ids.
    """

    campaigns: Collection[int] | None = None
    groups: Collection[int] | None = None
    theme: Theme | None = None
    since: date | None = None
    until: date | None = None

    def conditions(self, aspect: Aspect) -> list[Any]:
        found: list[Any] = [LetterTally.aspect == aspect]
        if self.campaigns is not None:
            found.append(LetterTally.campaign_id.in_(self.campaigns))
        if self.theme is not None:
            found.append(LetterTally.campaign_id.in_(select(Campaign.id).where(Campaign.theme == self.theme)))
        if self.groups is not None:
            found.append(LetterTally.group_id.in_(self.groups))
        if self.since is not None:
            found.append(LetterTally.begins_on >= self.since)
        if self.until is not None:
            found.append(LetterTally.begins_on <= self.until)
        return found


EVERYTHING = Scope()


def total(scope: Scope = EVERYTHING) -> Totals:
    """All letters in one number of each kind."""
    row = db.session.execute(select(*COUNTS).where(*scope.conditions(Aspect.ALL))).one()
    return Totals.of_states(*(count or 0 for count in row))


def by_campaign(scope: Scope = EVERYTHING, aspect: Aspect = Aspect.ALL) -> dict[int, Totals]:
    """Letters by the campaign's id."""
    return _by(LetterTally.campaign_id, scope, aspect)


def by_group(scope: Scope = EVERYTHING) -> dict[int | None, Totals]:
    """Letters by the group's id; None for those of no group."""
    found = _by(LetterTally.group_id, scope)
    return {None if group == NO_GROUP else group: count for group, count in found.items()}


def by_target(scope: Scope = EVERYTHING) -> dict[int, Totals]:
    """Letters by the target's id."""
    return _by(cast(LetterTally.value, Integer), scope, Aspect.TARGET)


def by_country(scope: Scope = EVERYTHING) -> list[tuple[str, Totals]]:
    """Letters by the country they go to, most first."""
    return ranked(_by(LetterTally.value, scope, Aspect.COUNTRY))


def by_language(scope: Scope = EVERYTHING) -> list[tuple[str, Totals]]:
    """Letters by the language they are written in, most first."""
    return ranked(_by(LetterTally.value, scope, Aspect.LANGUAGE))


def by_week(scope: Scope = EVERYTHING) -> list[tuple[date, Totals]]:
    """Letters by the week they were made in (its Monday), without gaps, oldest first."""
    weeks: dict[date, Totals] = defaultdict(Totals)
    for day, count in _by(LetterTally.begins_on, scope).items():
        weeks[day - timedelta(days=day.weekday())] += count
    if not weeks:
        return []
    first, last = min(weeks), max(weeks)
    every = (first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1))
    return [(week, weeks.get(week, Totals())) for week in every]


def by_month(scope: Scope = EVERYTHING) -> list[tuple[date, Totals]]:
    """Letters by the month they were made in (its first day), without those in which there were none."""
    months: dict[date, Totals] = defaultdict(Totals)
    for day, count in _by(LetterTally.begins_on, scope).items():
        months[day.replace(day=1)] += count
    return sorted(months.items())


def totals_by_campaign(campaigns: Iterable[Campaign]) -> dict[int, Totals]:
    """The totals of each campaign by its id."""
    found = by_campaign(Scope([campaign.id for campaign in campaigns]))
    return defaultdict(Totals, found)


def ranked(counts: dict[Any, Totals]) -> list[tuple[Any, Totals]]:
    """Most letters made first."""
    return sorted(counts.items(), key=lambda one: (-one[1].made, str(one[0])))


def _by(key: Any, scope: Scope, aspect: Aspect = Aspect.ALL) -> dict[Any, Totals]:
    rows: Sequence[Any] = db.session.execute(select(key, *COUNTS).where(*scope.conditions(aspect)).group_by(key)).all()
    found = {row[0]: Totals.of_states(*row[1:]) for row in rows}
    return {key: count for key, count in found.items() if count}
