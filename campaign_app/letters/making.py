"""From a filled form to letters on paper, and to their record once the paper exists."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import bindparam, select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, writing_in_turn
from campaign_app.documents import fonts
from campaign_app.documents.press import Broken, Press, Preview, TimedOut
from campaign_app.documents.unfit import OutsideWindow, Unfit
from campaign_app.letters import keeping, problems, record
from campaign_app.letters.checks import forbidden_in
from campaign_app.letters.composing import Draft
from campaign_app.letters.drafts import drafts, sketches
from campaign_app.letters.forms import Choice, WriteForm
from campaign_app.letters.handover import Handover
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import MissingDetail
from campaign_app.letters.waiting import place
from campaign_app.replies import follow_up_texts, follow_ups, wishes

BY_ID = select(Campaign).where(Campaign.id == bindparam("id"))
WHOLE_FORM = ""
# The form's field that a part of a letter comes from.
FIELD_OF = {"sender": "name", "name": "name", "body": "own_words", "place_and_date": "city"}
TYPED = ("own_words", "name", "street", "city", "region", "postcode", "nationality", "occupation")

Problems = dict[str, list[str]]


class Refused(Exception):
    """The letters cannot be made: ``problems`` says why by the form's field, or by ``WHOLE_FORM``."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self.problems = problems

    def tell(self, form: WriteForm) -> None:
        """Say each problem at its field of the form, or above it."""
        for field, messages in self.problems.items():
            (form[field].errors if field else form.form_errors).extend(messages)


@dataclass(frozen=True, slots=True)
class Finished:
    """Letters whose paper exists. ``version_id`` is the text that they were made from, 0 where it is not stored yet."""

    drafts: list[Draft]
    version_id: int
    handover: Handover


def finish(form: WriteForm, choice: Choice) -> Finished:
    """Set the letters on paper; nothing is recorded yet. Raises Refused, and NoPlace where too many wait."""
    version_id, name = choice.text.current.id or 0, choice.campaign.slug
    try:
        made = drafts(form, choice)
    except MissingDetail as missing:
        raise Refused({WHOLE_FORM: [problems.of_missing(missing)]}) from missing
    letters = tuple(draft.letter for draft in made)
    if found := _problems(letters, form, choice.campaign):
        raise Refused(found)
    db.session.rollback()  # nothing of the database is held while the press works
    try:
        with place():
            press().pdfs([(letter, form.layout) for letter in letters])
    except Unfit as unfit:
        raise Refused({_field_of(unfit, form): [problems.of_unfit(unfit)]}) from unfit
    except (TimedOut, Broken) as error:
        raise Refused({WHOLE_FORM: [problems.of_time()]}) from error
    titles = tuple(draft.title for draft in made)
    return Finished(made, version_id, Handover(name, titles, letters, form.layout))


@dataclass(frozen=True, slots=True)
class Recorded:
    """That letters are on record: their campaign as it was then, and the code that opens kept letters, if any."""

    campaign: Campaign
    code: str


def put_on_record(finished: Finished, form: WriteForm, choice: Choice, campaign_id: int) -> Recorded | None:
    """Record finished letters, once however often the form is sent.

    None where the campaign stopped taking letters in the meantime, or somebody else followed up the same ones; then
    nothing is recorded.
    """
    with writing_in_turn():
        campaign = db.session.scalars(BY_ID, {"id": campaign_id}).one()
        follows = choice.follows
        if not (campaign.takes_follow_ups if follows else campaign.takes_letters):
            return None
        form_hash = record.form_hash(campaign, form.key.data)
        if follows and follow_ups.is_taken(follows, form_hash):
            return None
        version_id = finished.version_id or follow_up_texts.store(choice.text, campaign_id)
        record.record(campaign, version_id, form.language.data, form_hash, finished.drafts)
        if follows:
            follow_ups.link(record.of_form(form_hash).values(), follows)
        if "tell" in form and form.tell.data:
            wishes.note(record.of_form(form_hash), form.email.data, campaign)
        code = ""
        if form.keep.data:
            code = keeping.keep(record.of_form(form_hash), finished.handover, form.key.data, campaign)
        db.session.expunge(campaign)  # the page shows it when the transaction is over, without reading it again
    return Recorded(campaign, code)


@dataclass(frozen=True, slots=True)
class Sketch:
    """Pages as (title, base64 PNG of each page), and what would keep the letters from being made."""

    pages: list[tuple[str, list[str]]]
    problems: list[str]


def sketch(form: WriteForm, choice: Choice) -> Sketch:
    """The letters as they would print now. Raises NoPlace where too many wait for the press."""
    if mistyped := _mistyped(form):
        return Sketch([], mistyped)
    try:
        made = sketches(form, choice)
    except MissingDetail as missing:
        return Sketch([], [problems.of_missing(missing)])
    letters = [draft.letter for draft in made]
    found = [message for messages in _problems(letters, form, choice.campaign).values() for message in messages]
    db.session.rollback()  # nothing of the database is held while the press works
    try:
        with place():
            previews = press().previews([(letter, form.layout) for letter in letters])
    except (TimedOut, Broken):
        return Sketch([], [*found, problems.of_time()])
    found += [message for preview in previews for message in _of_paper(preview)]
    pages = [(draft.title, _images(preview)) for draft, preview in zip(made, previews, strict=True)]
    return Sketch(pages, list(dict.fromkeys(found)))


def _mistyped(form: WriteForm) -> list[str]:
    """What is wrong with what was typed so far; what is still empty is no fault yet."""
    form.validate()
    typed = [form[name] for name in TYPED if name in form and form[name].data]
    found = [f"{field.label.text}: {field.errors[0]}" for field in typed if field.errors]
    for field in form:
        field.errors = ()
    return found


def press() -> Press:
    """The application's press."""
    found: Press = current_app.extensions["press"]
    return found


def _problems(letters: list[Letter] | tuple[Letter, ...], form: WriteForm, campaign: Campaign) -> Problems:
    """What must be mended before these letters are set on paper, each where it was typed."""
    found: Problems = {}
    for phrase, message in problems.forbidden(campaign, letters).items():
        found.setdefault(_typed_in(form, [phrase]) or WHOLE_FORM, []).append(message)
    for letter in letters:
        for part, characters in fonts.find_unprintable(letter).items():
            field = _typed_in(form, characters) or FIELD_OF.get(part, WHOLE_FORM)
            messages = found.setdefault(field if field in form else WHOLE_FORM, [])
            if (message := problems.of_characters(characters)) not in messages:
                messages.append(message)
    return found


def _typed_in(form: WriteForm, phrases: list[str]) -> str:
    """The form's field in which one of the phrases was typed, if any."""
    for name in TYPED:
        typed = form[name].data or "" if name in form else ""
        if any(phrase in typed or forbidden_in(typed, [phrase]) for phrase in phrases):
            return name
    return ""


def _field_of(unfit: Unfit, form: WriteForm) -> str:
    """Where to mend what the press cannot print."""
    if isinstance(unfit, OutsideWindow):
        return "window"
    return "own_words" if "own_words" in form and form.own_words.data else WHOLE_FORM


def _of_paper(preview: Preview) -> list[str]:
    too_long = [problems.of_pages(preview.pages)] if preview.pages > 1 else []
    return too_long + ([problems.of_window()] if preview.outside else [])


def _images(preview: Preview) -> list[str]:
    return [b64encode(png).decode() for png in preview.pngs]
