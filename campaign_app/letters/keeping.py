"""Keeping a letter for a writer who asks for it: sealed with a code that only the writer is given."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date, timedelta

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from sqlalchemy import select

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.handover import Handover
from campaign_app.letters.models import KeptLetter, LetterRecord

AFTER_DEADLINE = timedelta(days=30)
WITHOUT_DEADLINE = timedelta(days=90)
CODE_LENGTH = 20  # characters: 100 bits


def until(campaign: Campaign) -> date:
    """The last day on which a kept letter can be opened."""
    return campaign.post_by + AFTER_DEADLINE if campaign.post_by else campaign.today + WITHOUT_DEADLINE


def keep(rows: Mapping[int, LetterRecord], handover: Handover, key: str, campaign: Campaign) -> str:
    """Keep the letters of one form; the code that opens them, the same each time the form is sent."""
    digest = keys.hmac_digest(current_app.config["SECRET_KEY"], "keep", key)
    code = "".join(keys.ALPHABET[byte & 31] for byte in digest[:CODE_LENGTH])
    sealed = _box(code).encrypt(handover.to_json().encode())
    db.session.flush()
    first = min(row.id for row in rows.values())
    db.session.merge(KeptLetter(letter_id=first, sealed=sealed, keep_until=until(campaign)))
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def find(reference: str, code: str) -> tuple[KeptLetter, Handover] | None:
    """The letters kept under the reference of any of them, if the code opens them."""
    form = select(LetterRecord.form).where(LetterRecord.reference == spelled(reference))
    ids = select(LetterRecord.id).where(LetterRecord.form.in_(form))
    row = db.session.scalar(select(KeptLetter).where(KeptLetter.letter_id.in_(ids)))
    if row is None or row.keep_until < row.letter.campaign.today:
        return None
    try:
        return row, Handover.from_json(_box(spelled(code).replace("-", "")).decrypt(row.sealed).decode())
    except InvalidToken:
        return None


def spelled(typed: str) -> str:
    """A reference or code as we write it, whatever case, spaces or look-alike letters were typed."""
    plain = "".join(c for c in typed.upper() if c.isalnum()).translate(str.maketrans("OIL", "011"))
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def _box(code: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(keys.derived_key(code, "kept letter")))
