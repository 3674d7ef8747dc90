"""The member's form: it asks for what the letter will say, and for nothing else."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Regexp

from campaign_app import languages
from campaign_app.campaigns.models import Campaign, SenderAddress
from campaign_app.days import today
from campaign_app.documents.paper import PAPERS, WINDOWS, Layout
from campaign_app.forms import Form, LongSelectField, TicksField, options, required
from campaign_app.i18n import page_language
from campaign_app.letters import haste
from campaign_app.letters.introduction import LINKS, introduction
from campaign_app.letters.merge import First, Writer
from campaign_app.letters.post import PostalAddress
from campaign_app.mail import sends_mail
from campaign_app.targets.models import Target
from campaign_app.texts import library
from campaign_app.texts.models import LetterText
from campaign_app.texts.source import INTRODUCTION, OWN_WORDS

_ = lazy_gettext

LONGEST_OWN_WORDS = 4000  # characters: more than the rest of a page holds in any script
FURTHEST_DATE = timedelta(days=60)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")  # whether it exists, only sending to it tells
UNSEEN = ""  # a label; without one, WTForms makes one of the name and opens its translations for it, at each request

LINK_LABELS = {
    "family": _("My family lives there"),
    "friends": _("I have friends there"),
    "visited": _("I have visited it"),
    "lived": _("I lived there"),
    "born": _("I was born there"),
    "work": _("My work connects me with it"),
}


class WriteForm(Form):
    """Who writes, to whom, what in their own words, and on which paper."""

    key = HiddenField(UNSEEN, [required, Regexp(r"[\w-]{16,64}\Z")])
    language = HiddenField(UNSEEN)
    targets = TicksField(_("To"), coerce=int)
    name = StringField(
        _("Your name"),
        [required, Length(max=300)],
        description=_("As it should stand under the letter, in any script."),
    )
    street = TextAreaField(_("Street and house number"), [Length(max=300)])
    city = StringField(_("City"))
    region = StringField(_("State or province"))
    postcode = StringField(_("Postcode"))
    country = LongSelectField(_("The country you write from"))
    nationality = StringField(_("Nationality"))
    occupation = StringField(_("Occupation"))
    links = TicksField(_("What links you to the country"))
    own_words = TextAreaField(
        _("In your own words"),
        [Length(max=LONGEST_OWN_WORDS)],
        description=_("Two or three polite sentences: why this matters to you. No insults, no politics of the day."),
    )
    day = DateField(_("Date"), [required])
    paper = SelectField(_("Paper"), choices=options([("A4", _("A4")), ("Letter", _("US Letter"))]))
    window = SelectField(_("Envelope window"))
    large_print = BooleanField(_("Large print"))
    fold_marks = BooleanField(_("Marks where to fold"))
    keep = BooleanField(UNSEEN)
    tell = BooleanField(UNSEEN)
    email = StringField(_("Your e-mail address"), [Length(max=254)])
    opened = HiddenField(UNSEEN)
    website = StringField(_("Leave this empty"))

    def validate_website(self, field: StringField) -> None:
        if field.data:
            raise ValidationError(gettext("Please leave this field empty."))

    def validate_email(self, field: StringField) -> None:
        if self.tell.data and not ADDRESS.fullmatch(field.data or ""):
            raise ValidationError(gettext("This is no e-mail address."))

    def validate_day(self, field: DateField) -> None:
        if field.data and abs(field.data - today()) > FURTHEST_DATE:
            raise ValidationError(gettext("A letter is dated close to the day it is posted."))

    def validate_targets(self, field: TicksField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose at least one."))

    @property
    def layout(self) -> Layout:
        return Layout(
            PAPERS.get(self.paper.data) or PAPERS["A4"],
            WINDOWS.get(self.window.data),
            self.large_print.data,
            self.fold_marks.data,
        )

    def writer(self, unnamed: str = "") -> Writer:
        """The writer as merge wants it; ``unnamed`` stands for a name that is not typed yet."""
        language = self.language.data
        given = {key: self[key].data or "" for key in ("nationality", "occupation", "links") if key in self}
        return Writer(
            name=self.name.data or unnamed,
            address=PostalAddress(
                **{key: self[key].data or "" for key in ("street", "city", "region", "postcode") if key in self},
                country=self.country.data,
            ),
            introduction=introduction(library.introductions(language), language, **given) if given else "",
            own_words=self.own_words.data or "" if "own_words" in self else "",
        )


@dataclass(frozen=True)
class Follows:
    """Which letters a new one follows up, all to the same target; ``first`` is what it says of them."""

    first: First
    letter_ids: tuple[int, ...]
    group_id: int | None


@dataclass(frozen=True)
class Choice:
    """What a form for a campaign offers: its text in the chosen language, and the targets.

    ``texts`` are those in all languages. ``preview`` is where the form is sent to be seen.
    """

    campaign: Campaign
    text: LetterText
    targets: list[Target]
    embassies: list[Target]
    texts: Sequence[LetterText] = ()
    preview: str = ""
    follows: Follows | None = None


def write_form(choice: Choice, country: str, paper: str) -> WriteForm:
    """The form for a campaign and language, without the fields that its letter would not use."""
    form = WriteForm()
    _offer(form, choice)
    if not form.is_submitted():
        _propose(form, choice, country, paper)
    for name in _unused(choice):
        del form[name]
    return form


def _offer(form: WriteForm, choice: Choice) -> None:
    form.language.data = choice.text.language
    form.targets.choices = options((target.id, target.title) for target in (*choice.targets, *choice.embassies))
    form.country.choices = _countries(page_language())
    by_hand = ("", gettext("None: I write or stick the address"))
    form.window.choices = options([by_hand, *((name, name) for name in WINDOWS)])
    form.links.choices = options((link, LINK_LABELS[link]) for link in LINKS)
    examples = library.introductions(choice.text.language) or {}
    form.nationality.description = examples.get("nationality_example", "")
    form.occupation.description = examples.get("occupation_example", "")


@cache
def _countries(language: str) -> list[SelectChoice]:
    """The countries to choose from, made once a language: there are 250, and every form has them."""
    return options([("", gettext("Choose…")), *languages.countries(language)])


def _propose(form: WriteForm, choice: Choice, country: str, paper: str) -> None:
    form.key.data = secrets.token_urlsafe(16)
    form.opened.data = haste.stamp()
    form.country.data = country
    form.paper.data = paper
    form.window.data = choice.campaign.group.window if choice.campaign.group else ""
    form.day.data = choice.campaign.today
    form.targets.data = [t.id for t in choice.targets] + [t.id for t in choice.embassies if t.country == country]


def _unused(choice: Choice) -> set[str]:
    """The form's fields that a letter from this text, under this campaign's safety flag, does not use."""
    version = choice.text.current
    used = version.plain.fields
    unused = set()
    if INTRODUCTION not in used or not library.introductions(choice.text.language):
        unused |= {"nationality", "occupation", "links"}
    if not sends_mail():
        unused |= {"tell", "email"}
    if OWN_WORDS not in used:
        unused.add("own_words")
    if choice.campaign.sender_address is not SenderAddress.FULL:
        unused |= {"street", "region", "postcode"}
    if choice.campaign.sender_address in (SenderAddress.COUNTRY, SenderAddress.NONE):
        unused.add("city")
    return unused


class KeptForm(Form):
    """What opens a kept letter."""

    reference = StringField(_("Reference of the letter"), [required, Length(max=40)])
    code = StringField(_("Code"), [required, Length(max=60)])
