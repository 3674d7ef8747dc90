"""The token on each sheet: 128 bits that nobody can guess, stored as their hash alone, in the link of its QR code."""

from __future__ import annotations

from flask import current_app

from campaign_app import keys
from campaign_app.petitions.serials import PAGE
from campaign_app.petitions.sheet_models import SheetBatch


def token(batch: SheetBatch, number: int) -> str:
    """The token of the batch's sheet with that number: the same whenever it is printed again."""
    return keys.token(current_app.config["SECRET_KEY"], "sheet", batch.key, str(number))


def link(batch: SheetBatch, number: int) -> str:
    """What the QR code of a sheet says: its page, or the token alone where the organization may not be named."""
    named = batch.petition.campaign.may_name_organization
    return (current_app.config["SITE_URL"].rstrip("/") + PAGE if named else "") + token(batch, number)


def hash_in(code: str) -> str:
    """The hash by which the sheet is found whose QR code says ``code``."""
    return keys.token_hash(code.rsplit("/", 1)[-1])
