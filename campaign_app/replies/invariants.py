"""What must hold of replies, follow-ups and what writers are told."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from campaign_app.campaigns.models import Campaign
from campaign_app.invariants import each, invariant
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.replies.models import FollowUp, Notice, Reply, ReplyKind, WantsToKnow
from campaign_app.stored_files.models import StoredFile

SCAN = "reply scans"  # the purpose of their stored files


@invariant("A reply belongs to its letter’s campaign and group, and its letter went out")
def replies_of_their_letters() -> Iterator[str]:
    wrong = or_(
        Reply.campaign_id != LetterRecord.campaign_id,
        Reply.group_id.is_distinct_from(LetterRecord.group_id),
        LetterRecord.status.not_in((LetterStatus.ANSWERED, LetterStatus.RETURNED)),
        (Reply.kind == ReplyKind.RETURNED_MAIL) & (LetterRecord.status != LetterStatus.RETURNED),
    )
    yield from each("reply {}", select(Reply.id).join(LetterRecord, LetterRecord.id == Reply.letter_id).where(wrong))


@invariant("A reply to no known letter belongs to its campaign’s group")
def replies_of_their_groups() -> Iterator[str]:
    query = select(Reply.id).join(Campaign, Campaign.id == Reply.campaign_id).where(Reply.letter_id.is_(None))
    yield from each("reply {}", query.where(Reply.group_id.is_distinct_from(Campaign.group_id)))


@invariant("The scan of a reply is its group’s, and kept for that alone")
def scans_of_replies() -> Iterator[str]:
    query = select(Reply.id).join(StoredFile, StoredFile.id == Reply.scan_id)
    other = or_(StoredFile.group_id.is_distinct_from(Reply.group_id), StoredFile.purpose != SCAN)
    yield from each("reply {}", query.where(other))


@invariant("A letter follows up an earlier one of its own campaign to the same target")
def follow_ups() -> Iterator[str]:
    letter, first = aliased(LetterRecord), aliased(LetterRecord)
    query = select(FollowUp.letter_id, FollowUp.follows_id).join(letter, letter.id == FollowUp.letter_id)
    query = query.join(first, first.id == FollowUp.follows_id)
    wrong = or_(letter.campaign_id != first.campaign_id, letter.target_id != first.target_id, letter.id <= first.id)
    yield from each("letter {} after {}", query.where(wrong))


@invariant("A writer is told once at most, and by a wish of the first letter of a form")
def told_once() -> Iterator[str]:
    sent_before_begun = Notice.sent_at.is_not(None) & Notice.begun_at.is_(None)
    yield from each("notice {}", select(Notice.id).where(sent_before_begun))
    first, other = aliased(LetterRecord), aliased(LetterRecord)
    query = select(WantsToKnow.id).join(first, first.id == WantsToKnow.letter_id)
    yield from each("wish {}", query.join(other, (other.form == first.form) & (other.id < first.id)))
