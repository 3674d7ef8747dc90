"""What a text looks like on paper while it is being written, and what to mend before members write with it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext, ngettext

from campaign_app.campaigns.models import Campaign
from campaign_app.documents.paper import Layout
from campaign_app.documents.press import Preview
from campaign_app.letters.checks import forbidden_in, whole_text
from campaign_app.letters.composing import forbidden_phrases
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import MissingDetail, Text
from campaign_app.texts import explain
from campaign_app.texts.sample import sample
from campaign_app.texts.source import blanks


@dataclass(frozen=True, slots=True)
class Sketch:
    """Pages as base64 PNG, and what to say beside them: ``warnings`` to mend, ``notes`` to know."""

    pages: list[str]
    warnings: list[str]
    notes: list[str]


def sketch(campaign: Campaign, text: Text) -> Sketch:
    """The sample letter from a sound ``text``, set on A4. It takes a while: hold no write lock."""
    try:
        letter = sample(campaign, text)
    except MissingDetail as missing:
        return Sketch([], [missing_message(missing)], [])
    to_fill = [explain.message(flaw, text.body) for flaw in blanks(text.body)]
    to_fill += [explain.message(flaw, text.subject, one_line=True) for flaw in blanks(text.subject)]
    unsafe = forbidden_messages(campaign, letter)
    preview: Preview = current_app.extensions["press"].preview(letter, Layout())
    images = [b64encode(png).decode() for png in preview.pngs]
    return Sketch(images, [*unsafe, *to_fill, *_of_paper(preview)], _replaced_lines(letter, text))


def missing_message(missing: MissingDetail) -> str:
    label = explain.FIELD_LABELS.get(missing.field, missing.field)
    return gettext("The text prints “%(label)s”, but the campaign has nothing for it yet.", label=label)


def forbidden_messages(campaign: Campaign, letter: Letter) -> list[str]:
    return [
        gettext("For the safety of people, “%(phrase)s” must not stand in a letter.", phrase=phrase)
        for phrase in forbidden_in(whole_text(letter), forbidden_phrases(campaign))
    ]


def _of_paper(preview: Preview) -> list[str]:
    found = []
    if preview.pages > 1:
        long = ngettext("The letter fills %(num)s page.", "The letter fills %(num)s pages.", preview.pages)
        found.append(long + " " + gettext("It must fit on one, with room for the writer’s own words."))
    for characters in preview.unprintable.values():
        found.append(gettext("No font can print: %(characters)s", characters=" ".join(characters)))
    return list(dict.fromkeys(found))


def _replaced_lines(letter: Letter, text: Text) -> list[str]:
    """Why the page may not show the salutation and closing that were typed."""
    replaced = "{" not in text.salutation and letter.salutation != text.salutation
    if not replaced:
        return []
    return [gettext("For this target the directory has a salutation, which stands in place of the one typed here.")]
