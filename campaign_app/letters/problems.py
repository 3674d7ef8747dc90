"""What keeps a letter from being made, in words for whoever can mend it."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app
from flask_babel import gettext, ngettext

from campaign_app.campaigns.models import Campaign
from campaign_app.documents.unfit import OutsideWindow, TooLong, Unfit, Unprintable
from campaign_app.letters.checks import forbidden_in, whole_text
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import MissingDetail
from campaign_app.texts.explain import FIELD_LABELS


def forbidden(campaign: Campaign, letters: Iterable[Letter]) -> dict[str, str]:
    """The phrases in the letters that must not stand there, each with what to say of it."""
    phrases = forbidden_phrases(campaign)
    found = dict.fromkeys(phrase for letter in letters for phrase in forbidden_in(whole_text(letter), phrases))
    return {
        phrase: gettext("For the safety of people, “%(phrase)s” must not stand in a letter.", phrase=phrase)
        for phrase in found
    }


def forbidden_phrases(campaign: Campaign) -> list[str]:
    """The campaign's own phrases, and the organization's names where it may not be named."""
    names = [current_app.config["SECTION_NAME"], *current_app.config["ORGANIZATION_NAMES"]]
    return [*campaign.forbidden_phrases, *([] if campaign.may_name_organization else names)]


def of_missing(missing: MissingDetail) -> str:
    label = FIELD_LABELS.get(missing.field, missing.field)
    return gettext("The letter needs “%(label)s”, and there is nothing for it yet.", label=label)


def of_characters(characters: Iterable[str]) -> str:
    return gettext("No font can print: %(characters)s", characters=" ".join(characters))


def of_pages(pages: int) -> str:
    return ngettext(
        "The letter fills %(num)s page; it must fit on one.",
        "The letter fills %(num)s pages; it must fit on one.",
        pages,
    )


def of_time() -> str:
    return gettext("This takes too long to set. Please make it shorter or simpler.")


def of_window() -> str:
    return gettext("The address does not fit this envelope window. Please choose another one, or none.")


def of_unfit(unfit: Unfit) -> str:
    """What a press has to say of a letter that it cannot print."""
    match unfit:
        case TooLong():
            return of_pages(unfit.pages)
        case OutsideWindow():
            return of_window()
        case Unprintable():
            return of_characters(unfit.characters)
    raise unfit
