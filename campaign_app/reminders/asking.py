"""Who asked to be reminded of which letters, and when that is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from sqlalchemy import select

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.i18n import page_language
from campaign_app.letters.composing import Draft
from campaign_app.letters.handover import GOOD_FOR, Expired
from campaign_app.letters.record import PAGE, form_hash
from campaign_app.sealing import vault
from campaign_app.tracking.models import Reminder

AFTER = timedelta(days=7)  # from making a letter, unless its deadline comes sooner
BEFORE_DEADLINE = timedelta(days=2)
GIVEN_UP = timedelta(days=14)  # after the day, where no mail can be sent
EMAIL = "reminder e-mail"  # the purpose of its blind index


@dataclass(frozen=True, slots=True)
class Written:
    """The letters of one form: whom each goes to, and the token of its page."""

    campaign_id: int
    form: str
    letters: list[list[str]]

    def seal(self) -> str:
        """As a value for a hidden field of the page on which the letters are taken."""
        return _box().encrypt(json.dumps(asdict(self)).encode()).decode()

    @classmethod
    def open(cls, sealed: str) -> Written:
        """What ``seal`` sealed within the last hour. Raises Expired."""
        try:
            return cls(**json.loads(_box().decrypt(sealed.encode(), ttl=GOOD_FOR)))
        except InvalidToken as error:
            raise Expired from error


def day(campaign: Campaign) -> date:
    """On which day the writer is asked: after a week, or shortly before the deadline, and never today."""
    soon = campaign.today + AFTER
    if campaign.post_by:
        soon = min(soon, campaign.post_by - BEFORE_DEADLINE)
    return max(soon, campaign.today + timedelta(days=1))


def last_day(campaign: Campaign) -> date:
    """On which day the address is deleted at the latest."""
    return day(campaign) + GIVEN_UP


def offered(campaign: Campaign, key: str, drafts: Iterable[Draft]) -> dict[str, Any]:
    """What the page with the letters of the form with ``key`` needs to offer a reminder."""
    letters = [[draft.title, draft.identity.token] for draft in drafts]
    written = Written(campaign.id, form_hash(campaign, key), letters)
    return {"written": written, "remind_on": day(campaign), "forget_by": last_day(campaign)}


def note(written: Written, campaign: Campaign, address: str) -> None:
    """Note that the writer wants to be asked, once however often the form is sent. The caller commits."""
    if db.session.scalar(select(Reminder.id).where(Reminder.form == written.form)) is None:
        reminder = Reminder(
            campaign_id=campaign.id, form=written.form, address=address, letters=written.letters,
            address_index=vault().index(EMAIL, address), language=page_language(), remind_on=day(campaign),
            keep_until=last_day(campaign),
        )  # fmt: skip
        db.session.add(reminder)


def links(letters: Iterable[list[str]]) -> list[tuple[str, str]]:
    """Whom each letter goes to, and the address of its page."""
    site = current_app.config["SITE_URL"].rstrip("/") + PAGE
    return [(title, site + token) for title, token in letters]


def _box() -> Fernet:
    return keys.box(current_app.config["SECRET_KEY"], "reminder")
