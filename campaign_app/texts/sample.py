"""A letter as it would come out: the campaign's first target, and a writer who stands for all writers."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext

from campaign_app import languages
from campaign_app.campaigns.models import Campaign
from campaign_app.letters.composing import addressee, case
from campaign_app.letters.introduction import introduction
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import Text, Writer, merge
from campaign_app.letters.post import Addressee, PostalAddress
from campaign_app.targets.models import Part, Target
from campaign_app.texts import library
from campaign_app.texts.source import OWN_WORDS

NEVER_SENT = "0000-0000"  # the reference under a letter that nobody makes


def sample(campaign: Campaign, text: Text, target: Target | None = None) -> Letter:
    """The letter that ``text`` makes to ``target``, or else to the campaign's first one. Raises MissingDetail."""
    to = _addressee(campaign, text.language, target or first_target(campaign))
    return merge(text, case(campaign), to, _writer(campaign, text.language), day=campaign.today, reference=NEVER_SENT)


def first_target(campaign: Campaign) -> Target | None:
    """Whom the sample goes to: an office that is written to rather than sent a copy, where there is one."""
    return min(campaign.targets, key=lambda target: target.part is not Part.TO, default=None)


def examples(campaign: Campaign, language: str) -> dict[str, str]:
    """What each field says in the sample; empty where the campaign has nothing for it."""
    to, writer = _addressee(campaign, language, first_target(campaign)), _writer(campaign, language)
    day, home = campaign.today, writer.address.country
    return {
        "person": campaign.person,
        "country": languages.country_name(campaign.country, language),
        "case_reference": campaign.reference,
        "post_by": languages.written_date(campaign.post_by, language, home) if campaign.post_by else "",
        "addressee": to.holder,
        "position": to.position,
        "institution": to.institution,
        "introduction": writer.introduction,
        OWN_WORDS: "",
        "writer": writer.name,
        "place": writer.address.city,
        "writer_country": languages.country_name(home, language),
        "date": languages.written_date(day, language, home),
    }


def _addressee(campaign: Campaign, language: str, target: Target | None) -> Addressee:
    if target is not None:
        return addressee(target, language)
    return Addressee(gettext("The office that the letter goes to"), campaign.country, lines=(gettext("Its address"),))


def _writer(campaign: Campaign, language: str) -> Writer:
    city = campaign.group.city if campaign.group else ""
    patterns = library.introductions(language)
    given = {key: patterns[f"{key}_example"] for key in ("nationality", "occupation")} if patterns else {}
    return Writer(
        name=gettext("Name of the writer"),
        address=PostalAddress(
            street=gettext("Street and number"),
            city=city or gettext("Town"),
            postcode="00000",
            country=current_app.config["COUNTRY"],
        ),
        introduction=introduction(patterns, language, **given) if given else "",
        own_words=gettext(
            "[Here stand each writer’s own words: two or three sentences, polite and personal. "
            "Everything else is the same in every letter.]"
        ),
    )
