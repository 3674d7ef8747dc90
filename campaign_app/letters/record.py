"""Recording that letters were made: once a form and target, however often the form is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app
from sqlalchemy import bindparam, insert, select

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.letters.models import LetterRecord

if TYPE_CHECKING:
    from sqlalchemy import Table

    from campaign_app.letters.composing import Draft

REFERENCE_LENGTH = 8  # characters: 40 bits
PAGE = "/l/"  # where the page of each letter is, followed by its token
TARGETS_OF_FORM = select(LetterRecord.target_id).where(LetterRecord.form == bindparam("form"))
RECORD = insert(cast("Table", LetterRecord.__table__))
KNOWN = select(LetterRecord.reference, LetterRecord.token_hash).where(
    LetterRecord.reference.in_(bindparam("references", expanding=True))
)


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
    return identities(form, key, [target_id])[target_id]


def identities(form: str, key: str, target_ids: Iterable[int]) -> dict[int, Identity]:
    """What ``identity`` says of the letters to several targets, by target id."""
    secret = current_app.config["SECRET_KEY"]
    tokens = {id: keys.token(secret, "letter", key, form, str(id)) for id in target_ids}
    known = references(tokens.values())
    return {id: Identity(known[token], token) for id, token in tokens.items()}


def references(tokens: Iterable[str]) -> dict[str, str]:
    """A short reference for each of some hundred tokens: it follows from the token, and no other letter has it.

    The letter that a token belongs to keeps the reference that it has.
    """
    secret = current_app.config["SECRET_KEY"]
    given: dict[str, str] = {}
    waiting, attempt = list(tokens), 0
    while waiting:
        drawn = {token: _reference(keys.hmac_digest(secret, "reference", token, str(attempt))) for token in waiting}
        known = db.session.execute(KNOWN, {"references": [*drawn.values()]})
        taken = {row.reference: row.token_hash for row in known} | dict.fromkeys(given.values(), "")
        for token, reference in drawn.items():
            if taken.get(reference) in (None, keys.token_hash(token)):
                given[token] = reference
                taken[reference] = ""
        waiting, attempt = [token for token in waiting if token not in given], attempt + 1
    return given


def record(campaign: Campaign, version_id: int, language: str, form: str, drafts: Iterable[Draft]) -> None:
    """Record each letter that is not recorded yet. The caller has begun a writing transaction and commits it."""
    recorded = set(db.session.scalars(TARGETS_OF_FORM, {"form": form}))
    common = {
        "campaign_id": campaign.id, "group_id": campaign.group_id, "text_version_id": version_id, "language": language,
        "form": form, "made_on": campaign.today, "made_at": now(),
    }  # fmt: skip
    rows = [
        common
        | {
            "target_id": draft.target_id,
            "country": draft.country,
            "reference": draft.identity.reference,
            "token_hash": keys.token_hash(draft.identity.token),
        }
        for draft in drafts
        if draft.target_id not in recorded
    ]
    if rows:
        db.session.execute(RECORD, rows)


def of_form(form: str) -> dict[int, LetterRecord]:
    """The letters that a form made, by target id."""
    rows = db.session.scalars(select(LetterRecord).where(LetterRecord.form == form))
    return {row.target_id: row for row in rows}


def _reference(digest: bytes) -> str:
    digits = "".join(keys.ALPHABET[byte & 31] for byte in digest[:REFERENCE_LENGTH])
    return f"{digits[:4]}-{digits[4:]}"
