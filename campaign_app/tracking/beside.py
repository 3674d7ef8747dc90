"""What stands beside the letters that the app made: those written by hand, sheets and signatures, replies, outcomes.

Of these there are few rows, which are counted as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import func, select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord
from campaign_app.outcomes.models import Outcome
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from campaign_app.replies.models import Reply, ReplyKind
from campaign_app.tracking.models import HandwrittenCount
from campaign_app.tracking.tally_models import NO_GROUP
from campaign_app.tracking.totals import Scope


@dataclass(slots=True)
class Replies:
    """What came back: how many by kind, and after how many days where it is known which letter was answered."""

    by_kind: Counter[ReplyKind] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Replies that say something: a letter that came back undelivered is no answer."""
        return self.by_kind.total() - self.by_kind[ReplyKind.RETURNED_MAIL]

    @property
    def median_days(self) -> int | None:
        """The waiting time that half of the replies did not exceed."""
        waits = sorted(self.days.items())
        sums = accumulate(count for _, count in waits)
        half = (self.days.total() + 1) // 2
        return next((days for (days, _), reached in zip(waits, sums, strict=True) if reached >= half), None)


@dataclass(slots=True)
class Sheets:
    """Signature sheets by where they are, and the signatures that were counted on them."""

    by_status: Counter[SheetStatus] = field(default_factory=Counter)
    raw: int = 0
    valid: int = 0

    @property
    def total(self) -> int:
        return self.by_status.total()


def handwritten(scope: Scope, column: Any = HandwrittenCount.campaign_id, only: Any = None) -> dict[Any, int]:
    """Letters and cards written by hand, or ``only`` some of them, by a column of ``HandwrittenCount``."""
    conditions = [*within(scope, HandwrittenCount, HandwrittenCount.written_on), *([] if only is None else [only])]
    number = func.sum(HandwrittenCount.number)
    return dict(db.session.execute(select(column, number).where(*conditions).group_by(column)).all())


def replies(scope: Scope) -> dict[int, Replies]:
    """Replies by the campaign's id, those that came within the period."""
    found: dict[int, Replies] = defaultdict(Replies)
    conditions = within(scope, Reply, Reply.received_on)
    kinds: Any = select(Reply.campaign_id, Reply.kind, func.count()).where(*conditions)
    for campaign, kind, count in db.session.execute(kinds.group_by(Reply.campaign_id, Reply.kind)):
        found[campaign].by_kind[kind] = count
    sent_on = func.coalesce(LetterRecord.posted_on, LetterRecord.made_on)
    waits = select(Reply.campaign_id, sent_on, Reply.received_on, func.count()).join(Reply.letter)
    waits = waits.where(*conditions, Reply.kind != ReplyKind.RETURNED_MAIL)
    for campaign, sent, received, count in db.session.execute(waits.group_by(*list(waits.selected_columns)[:3])):
        found[campaign].days[(received - sent).days] += count
    return found


def sheets(scope: Scope) -> dict[int, Sheets]:
    """Sheets by the campaign's id, wherever they are today; the period is not asked about."""
    found: dict[int, Sheets] = defaultdict(Sheets)
    columns = (Petition.campaign_id, Sheet.status)
    numbers = (func.count(), func.sum(Sheet.raw), func.sum(Sheet.valid))
    query: Any = select(*columns, *numbers).join(Sheet.petition).where(*within(scope, Petition)).group_by(*columns)
    for campaign, status, count, raw, valid in db.session.execute(query):
        found[campaign].by_status[status] = count
        found[campaign].raw += int(raw or 0)
        found[campaign].valid += int(valid or 0)
    return found


def outcomes(campaigns: Collection[int], since: date | None = None, until: date | None = None) -> list[Outcome]:
    """What happened to the people, the latest first."""
    query = select(Outcome).where(Outcome.campaign_id.in_(campaigns), *_between(Outcome.happened_on, since, until))
    return list(db.session.scalars(query.order_by(Outcome.happened_on.desc(), Outcome.id.desc())))


def together(parts: Iterable[Replies]) -> Replies:
    """All of them in one."""
    whole = Replies()
    for part in parts:
        whole.by_kind.update(part.by_kind)
        whole.days.update(part.days)
    return whole


def sheets_together(parts: Iterable[Sheets]) -> Sheets:
    """All of them in one."""
    whole = Sheets()
    for part in parts:
        whole.by_status.update(part.by_status)
        whole.raw += part.raw
        whole.valid += part.valid
    return whole


def within(scope: Scope, table: Any, day: Any = None) -> list[Any]:
    """The conditions by which rows of a table are those of the scope, by its ``day`` where one is named."""
    found: list[Any] = []
    if scope.campaigns is not None:
        found.append(table.campaign_id.in_(scope.campaigns))
    if scope.theme is not None:
        found.append(table.campaign_id.in_(select(Campaign.id).where(Campaign.theme == scope.theme)))
    if scope.groups is not None:
        found.append(func.coalesce(table.group_id, NO_GROUP).in_(scope.groups))
    return found + (_between(day, scope.since, scope.until) if day is not None else [])


def _between(day: Any, since: date | None, until: date | None) -> list[Any]:
    return [*([day >= since] if since else []), *([day <= until] if until else [])]
