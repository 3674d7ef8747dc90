"""From a filled form to finished letters: here rows become plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import gettext

from campaign_app.campaigns.models import Campaign
from campaign_app.letters.forms import Choice, WriteForm
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import Case, Writer, merge
from campaign_app.letters.post import Addressee
from campaign_app.letters.record import Identity, form_hash, identity
from campaign_app.targets.models import Part, Target
from campaign_app.targets.salutations import greeting_for

SKETCH = Identity("0000-0000", "0" * 22)  # as long as a real one, so that a sketch fills the same page


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to one target, as it will be made."""

    target_id: int
    title: str
    country: str
    identity: Identity
    letter: Letter


def drafts(form: WriteForm, choice: Choice) -> list[Draft]:
    """One letter for each chosen target, as it will be made and recorded. Raises MissingDetail."""
    key = form.key.data
    hashed = form_hash(choice.campaign, key)
    return _merged(form.writer(), form, choice, lambda target: identity(hashed, key, target.id))


def sketches(form: WriteForm, choice: Choice) -> list[Draft]:
    """The letters as far as they can be seen while the form is being filled in. Raises MissingDetail."""
    return _merged(form.writer(unnamed=gettext("Your name")), form, choice, lambda _: SKETCH)


def _merged(writer: Writer, form: WriteForm, choice: Choice, identify: Callable[[Target], Identity]) -> list[Draft]:
    campaign, text = choice.campaign, choice.text.current.plain
    chosen = [(target, addressee(target, text.language)) for target in chosen_targets(form, choice)]
    copies = tuple(to for _, to in chosen if to.part == Part.COPY)
    made = []
    for target, to in chosen:
        known_by = identify(target)
        letter = merge(
            text,
            case(campaign),
            to,
            writer,
            day=form.day.data or campaign.today,
            copies=copies if to.part == Part.TO else (),
            reference=known_by.reference,
            link=_link(campaign, known_by),
        )
        made.append(Draft(target.id, target.title, target.country, known_by, letter))
    return made


def chosen_targets(form: WriteForm, choice: Choice) -> list[Target]:
    """The ticked targets; of embassies only those in the country that the writer writes from."""
    ticked = set(form.targets.data or ())
    embassies = [target for target in choice.embassies if target.country == form.country.data]
    return [target for target in (*choice.targets, *embassies) if target.id in ticked]


def addressee(target: Target, language: str) -> Addressee:
    """The target in plain values, greeted in ``language``."""
    salutation, closing = greeting_for(target, language)
    return Addressee(
        position=target.position,
        country=target.country,
        institution=target.institution,
        holder=target.holder.full_name if target.holder else "",
        lines=tuple(target.lines.splitlines()),
        native_lines=tuple(target.native_lines.splitlines()),
        salutation=salutation,
        closing=closing,
        part=target.part,
    )


def case(campaign: Campaign) -> Case:
    return Case(campaign.person, campaign.country, campaign.reference, campaign.post_by, campaign.sender_address)


def _link(campaign: Campaign, known_by: Identity) -> str:
    """Where the letter's QR code leads; none where the letter must not show which organization stands behind it."""
    if not campaign.may_name_organization:
        return ""
    return current_app.config["SITE_URL"].rstrip("/") + url_for("tracking.letter", token=known_by.token)
