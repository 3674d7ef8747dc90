"""Letters that asked for a reply and got none after their campaign's waiting time, and the letters that ask again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from campaign_app.access.permissions import mine
from campaign_app.campaigns.models import Campaign, Kind, Status
from campaign_app.db import db
from campaign_app.letters.forms import Follows
from campaign_app.letters.merge import First
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.replies.models import FollowUp
from campaign_app.targets.models import Part, Target

NAMED = 3  # references that a follow-up names; it is one line of a letter


@dataclass(frozen=True, slots=True)
class Waiting:
    """Letters of a campaign to one target that wait for a reply for too long: how many, and the oldest of them."""

    campaign: Campaign
    target: Target
    count: int
    since: date
    oldest_id: int

    @property
    def days(self) -> int:
        return (self.campaign.today - self.since).days


def waiting() -> list[Waiting]:
    """What waits in one's own groups, by campaign and target, the longest first."""
    campaigns = {campaign.id: campaign for campaign in db.session.scalars(_campaigns())}
    if not campaigns:
        return []
    columns = (LetterRecord.campaign_id, LetterRecord.target_id)
    counts = (func.count(), func.min(LetterRecord.posted_on), func.min(LetterRecord.id))
    query = _own(select(*columns, *counts)).where(_overdue(campaigns.values())).group_by(*columns)
    rows = db.session.execute(query).all()
    targets = {target.id: target for target in db.session.scalars(select(Target).where(Target.part != Part.COPY))}
    found = [Waiting(campaigns[c], targets[t], count, since, id) for c, t, count, since, id in rows if t in targets]
    return sorted(found, key=lambda one: (one.since, one.oldest_id))


def is_overdue(letter: LetterRecord) -> bool:
    """Whether the letter waits for a reply for too long, and nobody asked again yet."""
    query = select(LetterRecord.id).where(LetterRecord.id == letter.id, _overdue([letter.campaign]))
    return letter.target.part is not Part.COPY and db.session.scalar(query) is not None


def like(letter: LetterRecord) -> Sequence[LetterRecord]:
    """The letters of one's own groups that wait like this one: same campaign, target and group, the oldest first."""
    same = (
        LetterRecord.campaign_id == letter.campaign_id,
        LetterRecord.target_id == letter.target_id,
        LetterRecord.group_id.is_not_distinct_from(letter.group_id),
    )
    query = _own(select(LetterRecord)).where(*same, _overdue([letter.campaign]))
    found: Sequence[LetterRecord] = db.session.scalars(query.order_by(LetterRecord.posted_on, LetterRecord.id)).all()
    return found


def following(letters: Sequence[LetterRecord]) -> Follows:
    """What a letter says that follows up ``letters``, of which the oldest comes first."""
    oldest = letters[0]
    named = ", ".join(letter.reference for letter in letters[:NAMED])
    day = oldest.posted_on or oldest.made_on
    return Follows(First(day, named), tuple(letter.id for letter in letters), oldest.group_id)


def is_taken(follows: Follows, form: str) -> bool:
    """Whether another form than this one has followed up any of the letters by now."""
    others = select(FollowUp.letter_id).join(LetterRecord, LetterRecord.id == FollowUp.letter_id)
    others = others.where(FollowUp.follows_id.in_(follows.letter_ids), LetterRecord.status != LetterStatus.VOID)
    return db.session.scalar(others.where(LetterRecord.form != form).limit(1)) is not None


def link(rows: Iterable[LetterRecord], follows: Follows) -> None:
    """Note which letters the new ones follow up, once however often the form is sent. The caller commits."""
    for row in rows:
        row.group_id = follows.group_id
        db.session.flush()
        for letter_id in follows.letter_ids:
            db.session.merge(FollowUp(letter_id=row.id, follows_id=letter_id))


def _campaigns() -> Select[Campaign]:
    """Those whose letters can be followed up; a campaign of another group is one where one's own group wrote."""
    return select(Campaign).where(
        Campaign.status == Status.OPEN, Campaign.asks_for_replies.is_(True), Campaign.kind != Kind.PETITION
    )


def _own(query: Any) -> Any:
    """The query, for letters of one's own groups."""
    own = mine(LetterRecord, "track").whereclause
    return query.where(own) if own is not None else query


def _overdue(campaigns: Iterable[Campaign]) -> ColumnElement[bool]:
    """Posted, without a reply, not followed up, and for longer than the campaign waits."""
    late = or_(
        false(),
        *(
            and_(
                LetterRecord.campaign_id == campaign.id,
                LetterRecord.posted_on <= campaign.today - timedelta(days=campaign.waiting_days),
            )
            for campaign in campaigns
            if campaign.takes_follow_ups and campaign.asks_for_replies
        ),
    )
    again = aliased(LetterRecord)
    asked_again = select(FollowUp.letter_id).join(again, again.id == FollowUp.letter_id)
    asked_again = asked_again.where(FollowUp.follows_id == LetterRecord.id, again.status != LetterStatus.VOID)
    return and_(LetterRecord.status == LetterStatus.POSTED, ~asked_again.exists(), late)
