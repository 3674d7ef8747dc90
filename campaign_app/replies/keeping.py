"""How long replies and wishes are kept, what a person is told of them, and what goes with a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, or_, select

from campaign_app.days import midnight
from campaign_app.db import db
from campaign_app.people.models import Person
from campaign_app.privacy.due import BEHIND
from campaign_app.privacy.erasing import parts_with
from campaign_app.privacy.forgetting import Due, forgets
from campaign_app.privacy.holdings import Row, holds
from campaign_app.replies.models import Reply, WantsToKnow

WORDS = ("sender", "text", "translation", "summary")


def forget_words(reply: Reply) -> None:
    """Delete what a reply says, with its scan; that it came stays counted. The caller commits."""
    if reply.scan is not None:
        db.session.delete(reply.scan)
    for name in WORDS:
        setattr(reply, name, "")


@forgets("reply scans", delete=forget_words)
def replies(before: date) -> Due:
    says = or_(Reply.scan_id.is_not(None), *(getattr(Reply, name) != "" for name in WORDS))
    return Reply, (Reply.recorded_at < midnight(before)) & says


@forgets("wishes for news")
def wishes(before: date) -> Due:
    return WantsToKnow, WantsToKnow.keep_until < before - BEHIND


@holds("wishes for news", _("Letters of which you asked to have news"), kind="wishes for news")
def wishes_of(person: Person) -> Iterable[Row]:
    if not person.email_index:
        return
    query = select(WantsToKnow).where(WantsToKnow.email_index == person.email_index).order_by(WantsToKnow.id)
    for wish in db.session.scalars(query):
        letter = wish.letter
        yield {
            "email": wish.email, "campaign": letter.campaign.title, "reference": letter.reference,
            "keep_until": wish.keep_until,
        }  # fmt: skip


@parts_with
def part_with(person: Person) -> None:
    if person.email_index:
        db.session.execute(delete(WantsToKnow).where(WantsToKnow.email_index == person.email_index))
