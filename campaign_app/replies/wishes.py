"""Writers who asked to be told what becomes of their letters: what they ask for, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import select

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.i18n import page_language
from campaign_app.letters.models import LetterRecord
from campaign_app.replies.models import WantsToKnow

AFTER_DEADLINE = timedelta(days=365)  # authorities take months to answer, and courts longer
STOP = "/letters/told/"  # where a writer ends it, followed by the wish's token


def until(campaign: Campaign) -> date:
    """The last day on which a writer is told anything."""
    return (campaign.post_by or campaign.today) + AFTER_DEADLINE


def note(rows: Mapping[int, LetterRecord], email: str, campaign: Campaign) -> None:
    """Note that the writer of one form's letters wants to know, once however often the form is sent.

    The caller commits.
    """
    db.session.flush()
    first = min(row.id for row in rows.values())
    if db.session.scalar(select(WantsToKnow.id).where(WantsToKnow.letter_id == first)) is None:
        stop_hash = keys.token_hash(stop_token(first))
        wish = WantsToKnow(letter_id=first, email=email, stop_hash=stop_hash, language=page_language())
        wish.keep_until = until(campaign)
        db.session.add(wish)


def stop_token(letter_id: int) -> str:
    """What is in the link by which the writer ends it; nobody else can guess it."""
    return keys.token(current_app.config["SECRET_KEY"], "end of news", str(letter_id))


def of_token(token: str) -> WantsToKnow | None:
    """The wish that the link in an e-mail belongs to, while there is one."""
    return db.session.scalar(select(WantsToKnow).where(WantsToKnow.stop_hash == keys.token_hash(token)))


def stop_link(wish: WantsToKnow) -> str:
    return current_app.config["SITE_URL"].rstrip("/") + STOP + stop_token(wish.letter_id)
