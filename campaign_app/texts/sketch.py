"""What a text looks like on paper while it is being written, and what to mend before members write with it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext

from campaign_app.campaigns.models import Campaign
from campaign_app.documents.paper import Layout
from campaign_app.documents.press import Broken, Preview, TimedOut
from campaign_app.letters import problems
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import MissingDetail, Text
from campaign_app.letters.waiting import NoPlace, place
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
        return Sketch([], [problems.of_missing(missing)], [])
    to_fill = [explain.message(flaw, text.body) for flaw in blanks(text.body)]
    to_fill += [explain.message(flaw, text.subject, one_line=True) for flaw in blanks(text.subject)]
    found = [*problems.forbidden(campaign, [letter]).values(), *to_fill]
    try:
        with place():
            preview: Preview = current_app.extensions["press"].preview(letter, Layout())
    except (TimedOut, Broken, NoPlace):
        return Sketch([], [*found, problems.of_time()], [])
    images = [b64encode(png).decode() for png in preview.pngs]
    return Sketch(images, [*found, *_of_paper(preview)], _replaced_lines(letter, text))


def _of_paper(preview: Preview) -> list[str]:
    found = []
    if preview.pages > 1:
        found.append(problems.of_pages(preview.pages))
    found += [problems.of_characters(characters) for characters in preview.unprintable.values()]
    return list(dict.fromkeys(found))


def _replaced_lines(letter: Letter, text: Text) -> list[str]:
    """Why the page may not show the salutation and closing that were typed."""
    replaced = "{" not in text.salutation and letter.salutation != text.salutation
    if not replaced:
        return []
    return [gettext("For this target the directory has a salutation, which stands in place of the one typed here.")]
