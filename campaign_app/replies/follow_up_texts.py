"""What letters say that ask again: the campaign's own text or, until it has one, the one that we ship."""

from __future__ import annotations

from sqlalchemy import select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.texts import library
from campaign_app.texts.models import LetterText, TextUse, TextVersion

ALWAYS = "en"  # the language that is offered whatever the campaign is written in


def offered(campaign: Campaign, language: str) -> list[LetterText]:
    """The texts in ``language``, in the campaign's other ones and in English; those we ship are not stored yet."""
    own = {text.language: text for text in _stored(campaign.id)}
    tags = dict.fromkeys([language, *(text.language for text in campaign.texts), ALWAYS])
    return [
        own.get(tag) or _shipped(tag) for tag in tags if tag in own or (library.FOLLOW_UP, tag) in library.shipped()
    ]


def store(text: LetterText, campaign_id: int) -> int:
    """Store a text that we ship as the campaign's, unless it has one by now; the id of its version.

    The caller has begun a writing transaction and commits it.
    """
    for known in _stored(campaign_id):
        if known.language == text.language:
            return known.current.id
    new = _shipped(text.language)
    new.campaign_id = campaign_id
    db.session.add(new)
    db.session.flush()
    return new.current.id


def _stored(campaign_id: int) -> list[LetterText]:
    query = select(LetterText).where(LetterText.campaign_id == campaign_id, LetterText.use == TextUse.FOLLOW_UP)
    return list(db.session.scalars(query.order_by(LetterText.id)))


def _shipped(language: str) -> LetterText:
    text = library.shipped()[library.FOLLOW_UP, language].text
    said = {name: getattr(text, name) for name in ("subject", "salutation", "closing", "body")}
    return LetterText(language=language, use=TextUse.FOLLOW_UP, versions=[TextVersion(number=1, **said)])
