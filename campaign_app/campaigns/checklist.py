"""What a campaign lacks before members can write: found before it opens, not by the first member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from campaign_app.campaigns.models import Campaign
from campaign_app.i18n import page_language
from campaign_app.languages import name as language_name
from campaign_app.letters import problems
from campaign_app.letters.merge import MissingDetail
from campaign_app.targets.models import Target
from campaign_app.texts import explain
from campaign_app.texts.models import LetterText
from campaign_app.texts.sample import sample
from campaign_app.texts.source import blanks


@dataclass(frozen=True, slots=True)
class Lack:
    """Something to do before a campaign can open, and the page on which to do it."""

    text: str
    where: str


def lacks(campaign: Campaign) -> list[Lack]:
    """Everything that stands in the way of opening the campaign, in the order in which to do it."""
    found = []
    if not campaign.targets:
        found.append(Lack(gettext("Choose whom the letters go to."), url_for("editing.targets", slug=campaign.slug)))
    if not campaign.texts:
        found.append(Lack(gettext("Write what the letters say."), url_for("texts.start", slug=campaign.slug)))
    if campaign.has_expired:
        found.append(Lack(gettext("The last day for posting has gone by."), _edit(campaign, "post_by")))
    for text in campaign.texts:
        found += _lacks_of_text(campaign, text)
    return list(dict.fromkeys(found))


def _lacks_of_text(campaign: Campaign, text: LetterText) -> list[Lack]:
    """What keeps a text from making letters to each of the targets."""
    plain = text.current.plain
    where = url_for("texts.edit", slug=campaign.slug, language=text.language)
    language = language_name(text.language, page_language())
    found = [explain.message(flaw, plain.body) for flaw in blanks(plain.body)]
    found += [explain.message(flaw, plain.subject, one_line=True) for flaw in blanks(plain.subject)]
    targets: Sequence[Target | None] = campaign.targets or [None]
    for target in targets:
        try:
            found += problems.forbidden(campaign, [sample(campaign, plain, target)]).values()
        except MissingDetail as missing:
            if missing.field == "person":
                return [Lack(problems.of_missing(missing), _edit(campaign, "person"))]
            found.append(problems.of_missing(missing))
    return [Lack(gettext("Text in %(language)s: %(what)s", language=language, what=what), where) for what in found]


def _edit(campaign: Campaign, field: str) -> str:
    return url_for("editing.edit", slug=campaign.slug, _anchor=field)
