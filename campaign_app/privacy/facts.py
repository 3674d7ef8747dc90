"""How the facts that are held about a person read on a page, and the words for kinds that templates ask for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _

from campaign_app.i18n import page_language
from campaign_app.labels import LABELS
from campaign_app.languages import country_name
from campaign_app.pages import moment, written_day
from campaign_app.people.models import Address
from campaign_app.privacy import words

NAMES: dict[str, Any] = {
    "name": _("Name"),
    "native_name": _("Name in your own script"),
    "pronoun": _("Pronoun for letters"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "letter_address": _("Address that may stand on letters"),
    "private_address": _("Private address, for the group alone"),
    "nationality": _("Nationality"),
    "occupation": _("Occupation"),
    "languages_read": _("Reads"),
    "languages_written": _("Writes"),
    "note": _("Note"),
    "created_at": _("Stored since"),
    "active": _("Can sign in"),
    "second_factor": _("Has a second factor"),
    "last_used_at": _("Last used"),
    "browser": _("Browser"),
    "system": _("System"),
    "started_at": _("Since"),
    "last_seen_at": _("Last seen"),
    "made_at": _("Made on"),
    "expires_at": _("Expires on"),
    "role": _("Role"),
    "group": _("Group"),
    "starts_on": _("From"),
    "ends_on": _("To"),
    "duty": _("Duty"),
    "title": _("Title"),
    "purpose": _("Purpose"),
    "wording": _("Wording"),
    "version": _("Version"),
    "way": _("Given by"),
    "given_on": _("Given on"),
    "withdrawn_on": _("Withdrawn on"),
    "amount": _("Amount in the smallest unit"),
    "currency": _("Currency"),
    "paid_on": _("Paid on"),
    "paid_until": _("Paid until"),
    "at": _("When"),
    "action": _("Action"),
    "subject": _("What"),
    "count": _("Count"),
    "place": _("Place"),
    "sheets": _("Sheets"),
    "issued_at": _("Issued on"),
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        fact=written, fact_name=lambda name: NAMES.get(name, name), address_lines=address_lines
    )
    app.jinja_env.globals.update(what_is=words.what, why_is=words.why, until_when=words.until)


def written(fact: Any) -> Any:
    """A fact as people read it."""
    if isinstance(fact, datetime):
        return moment(fact)
    if isinstance(fact, date):
        return written_day(fact)
    if isinstance(fact, StrEnum):
        return LABELS.get((type(fact), fact), fact)
    return "" if fact is None else fact


def address_lines(address: Address) -> str:
    """An address line by line, small to big."""
    country = country_name(address.get("country", ""), page_language())
    parts = [address.get(part, "") for part in ("street", "city", "region", "postcode")]
    return "\n".join(filter(None, [*parts, country]))
