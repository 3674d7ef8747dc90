"""What came back to the demo section, and what happened to the people it wrote for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.outcomes.models import Outcome, WhatHappened
from campaign_app.replies import recording
from campaign_app.replies.models import Reply, ReplyKind

Table = dict[str, Any]
WORDS = ("sender", "language", "text", "translation", "summary")


def add_replies(tables: Iterable[Table], campaigns: Iterable[Campaign], today: date) -> None:
    """Record the replies to new campaigns, each to the oldest letter that has none."""
    new = {campaign.slug: campaign for campaign in campaigns}
    for number, table in enumerate(tables):
        if campaign := new.get(table["campaign"]):
            day = today - timedelta(days=table["days_ago"])
            letter = _oldest(campaign, day)
            reply = Reply(campaign=campaign, letter=letter, group_id=campaign.group_id, form=f"demo reply {number}")
            reply.target = letter.target if letter else campaign.targets[0]
            reply.kind, reply.received_on = ReplyKind(table["kind"]), day
            for name in WORDS:
                setattr(reply, name, table.get(name, ""))
            recording.record(reply)


def add_outcomes(tables: Iterable[Table], campaigns: Iterable[Campaign], today: date) -> None:
    """Add what happened in new campaigns."""
    new = {campaign.slug: campaign for campaign in campaigns}
    for number, table in enumerate(tables):
        if campaign := new.get(table["campaign"]):
            outcome = Outcome(campaign=campaign, what=WhatHappened(table["what"]), form=f"demo outcome {number}")
            outcome.happened_on = today - timedelta(days=table["days_ago"])
            outcome.source, outcome.text = table["source"], table["text"]
            db.session.add(outcome)


def _oldest(campaign: Campaign, day: date) -> LetterRecord | None:
    """The letter that waits longest, of those posted by ``day``."""
    waiting = (LetterRecord.status == LetterStatus.POSTED, LetterRecord.posted_on <= day)
    query = select(LetterRecord).where(LetterRecord.campaign_id == campaign.id, *waiting)
    return db.session.scalar(query.order_by(LetterRecord.posted_on, LetterRecord.id).limit(1))
