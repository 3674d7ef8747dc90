"""The short name of a campaign in its address and on the command line."""

from __future__ import annotations

import unicodedata

from sqlalchemy import select

from campaign_app.campaigns.models import Campaign
from campaign_app.characters import UNDIVIDED
from campaign_app.db import db

LONGEST = 60  # characters
UNNAMED = "campaign"
TAKEN = frozenset({"new"})  # an address of the desk's own


def slug(title: str) -> str:
    """``title`` as an address: lower case, hyphens for spaces, Latin letters plain, other scripts as they are.

    Empty where the title has neither letters nor digits.
    """
    kept = "".join(_plain(character) for character in unicodedata.normalize("NFC", title).lower())
    words = kept.replace("’", "").replace("'", "").split()
    return unicodedata.normalize("NFC", "-".join(words))[:LONGEST].strip("-")


def free_slug(title: str) -> str:
    """A slug for ``title`` that no campaign has yet, numbered where it must be."""
    wanted = slug(title) or UNNAMED
    candidate, number = wanted, 1
    while is_taken(candidate):
        number += 1
        candidate = f"{wanted[: LONGEST - 5]}-{number}"
    return candidate


def is_taken(candidate: str, but: Campaign | None = None) -> bool:
    """Whether another campaign than ``but`` has the slug, or the desk needs it."""
    owner = db.session.scalar(select(Campaign).where(Campaign.slug == candidate))
    return candidate in TAKEN or (owner is not None and owner is not but)


def _plain(character: str) -> str:
    if character in "’'":
        return character
    if unicodedata.name(character, "").startswith("LATIN "):
        taken_apart = unicodedata.normalize("NFKD", character.translate(UNDIVIDED))
        return "".join(c for c in taken_apart if not unicodedata.combining(c))
    return character if unicodedata.category(character)[0] in "LMN" else " "
