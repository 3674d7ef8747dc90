"""Good news on paper: a page for everybody who wrote, set like any letter."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flask import current_app

from campaign_app import languages, resources
from campaign_app.documents.paper import PAPERS, Layout
from campaign_app.documents.press import Press
from campaign_app.letters.letter import Letter
from campaign_app.outcomes.models import Outcome
from campaign_app.texts import source
from campaign_app.texts.library import parts
from campaign_app.tracking import totals


@dataclass(frozen=True, slots=True)
class NoteText:
    """What a note says in one language; ``happened`` has a sentence for each kind of good news."""

    addressee: str
    subject: str
    salutation: str
    closing: str
    happened: Mapping[str, str]
    body: str


@cache
def shipped() -> Mapping[str, NoteText]:
    """The texts in ``letter_templates/good_news/`` by language (BCP 47)."""
    files = sorted((resources.LETTER_TEMPLATES / "good_news").glob("*.md"))
    return {file.stem: _read(file.read_text("utf-8"), file.name) for file in files}


def _read(content: str, name: str) -> NoteText:
    front, body = parts(content, name)
    return NoteText(**tomllib.loads(front), body=body)


def note(outcome: Outcome, language: str) -> Letter:
    """The note about good news. Raises KeyError where it is not good news, or not written in ``language``."""
    text, campaign = shipped()[language], outcome.campaign
    posted = totals.total(totals.Scope([campaign.id])).posted
    values = {
        "person": campaign.person or campaign.title,
        "country": languages.country_name(campaign.country, language),
        "day": languages.written_date(outcome.happened_on, language),
        "letters": str(posted) if posted >= totals.SMALLEST_BREAKDOWN else "",
        "own_words": outcome.text,
    }
    values["happened"] = source.line(text.happened[outcome.what], values)
    by = _sender(outcome)
    return Letter(
        language=language,
        sender=by,
        place_and_date=languages.written_date(campaign.today, language),
        addressee=(source.line(text.addressee, values),),
        subject=source.line(text.subject, values),
        salutation=text.salutation,
        body=source.blocks(text.body, values),
        closing=text.closing,
        name=by[0],
    )


def pdf(outcome: Outcome, language: str) -> bytes:
    """The note on paper. Raises what ``note`` does, and ``Unfit`` where it does not fit its page."""
    press: Press = current_app.extensions["press"]
    group = outcome.campaign.group
    return press.pdf(note(outcome, language), Layout(PAPERS[group.paper if group else "A4"]))


def _sender(outcome: Outcome) -> tuple[str, ...]:
    """Who sends the note; nobody by name where the organization must not be named."""
    campaign = outcome.campaign
    if not campaign.may_name_organization:
        return (campaign.title,)
    section: str = current_app.config["SECTION_NAME"]
    return (campaign.group.name, section) if campaign.group else (section,)
