"""What stands on the paper of a run besides letters, and why some of it cannot be printed, in the reader's language."""

from __future__ import annotations

from flask_babel import force_locale, gettext

from campaign_app.documents import case_sheet, checklist, rulers
from campaign_app.documents.envelopes import Hint
from campaign_app.documents.unfit import NoRoom
from campaign_app.i18n import page_language
from campaign_app.languages import country_name
from campaign_app.print_runs.postage import NoZone, TooHeavy


def of_checklist() -> checklist.Words:
    return checklist.Words(
        title=gettext("Checklist"),
        number=gettext("No."),
        writer=gettext("Writer"),
        guest=gettext("guest"),
        addressee=gettext("To"),
        country=gettext("Country"),
        reference=gettext("Letter reference"),
        page=gettext("Page %(page)s of %(pages)s"),
        language=page_language(),
    )


def of_test_page() -> rulers.Words:
    return rulers.Words(
        title=gettext("Test page"),
        scale=gettext("Print at 100 % (“actual size”), not fitted to the page."),
        measure=gettext("Lay a ruler on the print: the numbers are millimetres from the edges of the paper."),
        correct=gettext(
            "Where 100 is 101.5 mm from the left edge, enter −1.5 as the offset to the right; likewise down."
        ),
        offset=gettext("Offset of this page: %(x)s mm to the right, %(y)s mm down."),
        sender=gettext("Sender"),
        stamps=gettext("Stamps"),
        addressee=gettext("Addressee"),
        language=page_language(),
    )


def of_case_sheet(language: str) -> case_sheet.Words:
    """In the language of the sheet, as far as the pages speak it."""
    with force_locale(language.replace("-", "_")):
        return case_sheet.Words(gettext("What we ask for"), gettext("Write to"), gettext("Post by"))


def of_no_room(none: NoRoom) -> str:
    """What to do about an address that is too large for its place."""
    if none.field == "sender":
        return gettext("The sender’s address “%(address)s” does not fit on the envelope.", address=none.address)
    return gettext(
        "The address “%(address)s” does not fit. Please shorten it, or take larger labels or envelopes.",
        address=none.address,
    )


def of_hint(hint: Hint) -> str:
    """What somebody who posts in Korea should know."""
    if hint is Hint.NOT_STANDARD:
        return gettext("Korea’s post asks more for envelopes of this size; DL and C6 are of standard size.")
    return gettext("There is no postcode. Korea’s post asks more for letters without one.")


def of_postage(error: NoZone | TooHeavy) -> str:
    """Why the tariff has no price for a letter."""
    if isinstance(error, TooHeavy):
        return gettext(
            "The tariff has no price for %(grams)s g in the zone “%(zone)s”.", grams=error.grams, zone=error.zone
        )
    if not error.country:
        return gettext("An address has no country, so its postage is not known.")
    return gettext("The tariff has no zone for %(country)s.", country=country_name(error.country, page_language()))
