"""What keeps a sheet from being printed, in words for whoever can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _

from campaign_app import languages
from campaign_app.documents.unfit import NoRoomOnSheet, TooWide, Unfit, Unprintable
from campaign_app.i18n import page_language
from campaign_app.letters.problems import of_characters
from campaign_app.petitions.wording import NoText

FIELDS: dict[str, Any] = {
    "title": _("Title"), "text": _("Text"), "notice": _("Privacy notice"), "who_may_sign": _("Who may sign"),
    "addressees": _("Addressees"), "organizer": _("Organizer"), "return_address": _("Return address"),
    "own_columns": _("Own columns"),
}  # fmt: skip
REMEDIES: dict[str, Any] = {
    "portrait": _("portrait instead of landscape"),
    "landscape": _("landscape instead of portrait"),
    "one language": _("one language on a sheet"),
    "no tear-off": _("no strip for e-mail"),
    "no large print": _("no large print"),
}


def of_sheet(problem: Unfit | NoText) -> str:
    """What to say of a sheet that cannot be printed as it is."""
    if isinstance(problem, NoText):
        name = languages.name(problem.language, page_language())
        return gettext("The petition has no text in this language yet: %(language)s.", language=name)
    if isinstance(problem, NoRoomOnSheet):
        return " ".join(_no_room(problem))
    if isinstance(problem, Unprintable):
        return f"{FIELDS[problem.field]}: {of_characters(problem.characters)}"
    if isinstance(problem, TooWide):
        return gettext("%(field)s: this is longer than its line on the sheet.", field=FIELDS[problem.field])
    raise problem


def _no_room(problem: NoRoomOnSheet) -> Iterator[str]:
    missing = format_decimal(round(problem.millimetres, 1))
    yield gettext("The texts leave too little room: %(missing)s mm are missing for rows to sign in.", missing=missing)
    helps = [_remedy(remedy) for remedy in problem.remedies]
    if helps:
        yield gettext("Any of these helps: %(remedies)s; or a shorter text.", remedies=", ".join(helps))
    else:
        yield gettext("The text has to be shorter.")


def _remedy(remedy: str) -> str:
    kind, _, number = remedy.partition(" ")
    return gettext("at most %(count)s rows", count=number) if kind == "rows" else str(REMEDIES[remedy])
