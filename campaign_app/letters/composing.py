"""From rows to finished letters: here campaigns and targets become plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app

from campaign_app.campaigns.models import Campaign
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import Case, First, Text, Writer, merge
from campaign_app.letters.post import Addressee
from campaign_app.letters.record import PAGE, Identity
from campaign_app.targets.models import Part, Target
from campaign_app.targets.salutations import greeting_for


@dataclass(frozen=True, slots=True)
class Addressed:
    """A target as letters in one language address it."""

    target_id: int
    title: str
    addressee: Addressee


@dataclass(frozen=True, slots=True)
class Sender:
    """What letters of a campaign have in common: the case, and where their QR codes lead (an address but its token).

    ``links`` is empty where a letter must not show which organization stands behind it.
    """

    case: Case
    links: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to one target, as it will be made."""

    target_id: int
    title: str
    country: str
    identity: Identity
    letter: Letter


def compose(
    text: Text,
    sender: Sender,
    writer: Writer,
    chosen: Sequence[Addressed],
    day: date,
    identify: Callable[[Addressed], Identity],
    first: First | None = None,
) -> list[Draft]:
    """A letter from ``writer`` to each of the chosen targets, in the language of ``text``. Raises MissingDetail."""
    copies = tuple(to.addressee for to in chosen if to.addressee.part == Part.COPY)
    made = []
    for to in chosen:
        known_by = identify(to)
        letter = merge(
            text,
            sender.case,
            to.addressee,
            writer,
            day=day,
            copies=copies if to.addressee.part == Part.TO else (),
            reference=known_by.reference,
            link=sender.links + known_by.token if sender.links else "",
            first=first,
        )
        made.append(Draft(to.target_id, to.title, to.addressee.country, known_by, letter))
    return made


def addressed(target: Target, language: str) -> Addressed:
    """The target as letters in ``language`` address it."""
    return Addressed(target.id, target.title, addressee(target, language))


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


def sender_of(campaign: Campaign) -> Sender:
    links = current_app.config["SITE_URL"].rstrip("/") + PAGE if campaign.may_name_organization else ""
    return Sender(case(campaign), links)


def case(campaign: Campaign) -> Case:
    return Case(campaign.person, campaign.country, campaign.reference, campaign.post_by, campaign.sender_address)
