"""Storing what a letter text says now, without changing what it said before."""

from __future__ import annotations

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.merge import Text
from campaign_app.texts.models import LetterText, TextVersion


def written_in(campaign: Campaign, language: str) -> LetterText | None:
    """What the campaign says in ``language``, if it says anything."""
    return next((text for text in campaign.texts if text.language == language), None)


def number_of(text: LetterText | None) -> int:
    """The number of the current version; 0 where nothing is stored yet."""
    return text.current.number if text else 0


def save(campaign: Campaign, text: Text, account_id: int) -> TextVersion | None:
    """A new version that says ``text``, or None where the current one says the same already."""
    stored = written_in(campaign, text.language)
    if stored is None:
        stored = LetterText(campaign=campaign, language=text.language)
        db.session.add(stored)
    elif stored.current.plain == text:
        return None
    version = TextVersion(
        number=stored.current.number + 1 if stored.versions else 1,
        subject=text.subject,
        salutation=text.salutation,
        closing=text.closing,
        body=text.body,
        account_id=account_id,
    )
    stored.versions.append(version)
    return version
