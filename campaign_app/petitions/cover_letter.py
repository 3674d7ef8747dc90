"""The letter that goes with a delivery, through the same path as every other letter."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.numbers import format_decimal

from campaign_app import languages
from campaign_app.letters.composing import addressee
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import Case, Text, Writer, merge
from campaign_app.letters.post import PostalAddress
from campaign_app.petitions.models import Petition
from campaign_app.resources import LETTER_TEMPLATES
from campaign_app.targets.models import Target

FALLBACK = "en"
_POSTCODE = re.compile(r"\b\d{4,7}\b")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a cover letter says, before it has an addressee."""

    subject: str
    body: str
    salutation: str
    closing: str


def offered(petition: Petition) -> list[str]:
    """The languages for which there are words, those of the petition first."""
    return sorted(_words(), key=lambda language: (language not in petition.languages, language != FALLBACK, language))


def proposed(petition: Petition, language: str, sheets: int, valid: int, checked: bool) -> Wording:
    """What the letter would say in ``language`` of so many sheets with so many valid signatures.

    ``checked`` tells whether two people counted every sheet.
    """
    text, words = petition.text_in(language), dict(_words()[language])
    how = {True: words.pop("checked"), False: words.pop("counted")}
    values = {
        "{title}": text.title if text else petition.title,
        "{organizer}": petition.organizer,
        "{how}": how[checked],
        "{sheets}": format_decimal(sheets, locale=languages.locale(language)),
        "{valid}": format_decimal(valid, locale=languages.locale(language)),
    }
    return Wording(**{name: _filled(source.strip(), values) for name, source in words.items()})


def write(petition: Petition, target: Target, language: str, wording: Wording, name: str, day: date) -> Letter:
    """The finished letter to ``target``. Raises MissingDetail."""
    # What was typed is a value and never a source: the subject takes the place of the person that a letter is about.
    text = Text(language, "{{ person }}", wording.salutation, wording.closing, "{{ own_words }}")
    case = Case(wording.subject, petition.campaign.country)
    writer = Writer(name, _address(petition), own_words=wording.body)
    return merge(text, case, addressee(target, language), writer, day=day)


def _address(petition: Petition) -> PostalAddress:
    """Where the petition's sheets return to; the line with the city becomes the last one, as post abroad has it."""
    group = petition.group
    city, country = (group.city, group.country) if group else ("", "")
    lines = petition.return_address.splitlines()
    last = [line for line in lines if city and city.casefold() in line.casefold()]
    postcode = _POSTCODE.search(" ".join(last))
    street = [petition.organizer, *(line for line in lines if line not in last and line.strip() != petition.organizer)]
    return PostalAddress("\n".join(street), city, "", postcode[0] if postcode else "", country)


def _filled(source: str, values: dict[str, str]) -> str:
    return re.sub(r"\{\w+\}", lambda mark: values[mark[0]], source)


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((LETTER_TEMPLATES / "cover_letters.toml").read_text("utf-8"))
