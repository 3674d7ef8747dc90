"""Recording that letters were made: once a form and target, however often the form is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import select

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.letters.models import LetterRecord

if TYPE_CHECKING:
    from campaign_app.letters.composing import Draft

REFERENCE_LENGTH = 8  # characters: 40 bits
PAGE = "/l/"  # where the page of each letter is, followed by its token


@dataclass(frozen=True, slots=True)
class Identity:
    """What a letter is known by: its short reference on paper, and the unguessable token in its QR code."""

    reference: str
    token: str


def form_hash(campaign: Campaign, key: str) -> str:
    """What is stored of a form's own key, to know the form again when it is sent twice."""
    return keys.token_hash(f"{campaign.id}:{key}")


def identity(form: str, key: str, target_id: int) -> Identity:
    """The letter's identity, the same each time the form is sent. Its reference is not in use by another letter."""
    token = keys.token(current_app.config["SECRET_KEY"], "letter", key, form, str(target_id))
    known = db.session.scalar(select(LetterRecord.reference).filter_by(form=form, target_id=target_id))
    return Identity(known or references([token])[token], token)


def references(tokens: Iterable[str]) -> dict[str, str]:
    """A short reference for each of some hundred tokens: it follows from the token, and no other letter has it."""
    secret = current_app.config["SECRET_KEY"]
    given: dict[str, str] = {}
    waiting, attempt = list(tokens), 0
    while waiting:
        drawn = {token: _reference(keys.hmac_digest(secret, "reference", token, str(attempt))) for token in waiting}
        known = select(LetterRecord.reference).where(LetterRecord.reference.in_(drawn.values()))
        taken = {*given.values(), *db.session.scalars(known)}
        for token, reference in drawn.items():
            if reference not in taken:
                given[token] = reference
                taken.add(reference)
        waiting, attempt = [token for token in waiting if token not in given], attempt + 1
    return given


def record(
    campaign: Campaign, version_id: int, language: str, form: str, drafts: Iterable[Draft]
) -> dict[int, LetterRecord]:
    """Record each letter that is not recorded yet; the rows of all of them by target id.

    The caller has begun a writing transaction and commits it.
    """
    rows = db.session.scalars(select(LetterRecord).filter_by(form=form))
    recorded = {row.target_id: row for row in rows}
    for draft in drafts:
        if draft.target_id not in recorded:
            recorded[draft.target_id] = LetterRecord(
                campaign=campaign,
                target_id=draft.target_id,
                group_id=campaign.group_id,
                text_version_id=version_id,
                language=language,
                country=draft.country,
                reference=draft.identity.reference,
                token_hash=keys.token_hash(draft.identity.token),
                form=form,
                made_on=campaign.today,
                made_at=now(),
            )
            db.session.add(recorded[draft.target_id])
    return recorded


def _reference(digest: bytes) -> str:
    digits = "".join(keys.ALPHABET[byte & 31] for byte in digest[:REFERENCE_LENGTH])
    return f"{digits[:4]}-{digits[4:]}"
