"""The member's way: fill in, see the very page, make the letters, take them."""

from __future__ import annotations

from base64 import b64encode

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign_app.campaigns.models import Campaign
from campaign_app.campaigns.views import visible
from campaign_app.db import begin_writing, db, read_only
from campaign_app.documents.letter_pdf import TooLong
from campaign_app.documents.press import Press
from campaign_app.i18n import page_language
from campaign_app.letters import composing, files, keeping, record
from campaign_app.letters.composing import Draft
from campaign_app.letters.forms import Choice, KeptForm, WriteForm, write_form
from campaign_app.letters.handover import Expired, Handover
from campaign_app.letters.merge import MissingDetail
from campaign_app.pages import download
from campaign_app.people.permissions import permission
from campaign_app.targets.models import Part, Target

bp = Blueprint("letters", __name__)


@bp.route("/campaigns/<slug>/write", methods=["GET", "POST"])
@permission("write letters")
def write(slug: str) -> str | tuple[str, int] | Response:
    """The form; sent with ``action=make`` it makes one letter for each target, else it shows them."""
    read_only()
    choice = choose(slug)
    if not choice.campaign.takes_letters:
        return redirect(url_for("campaigns.show", slug=slug), 303)
    form = write_form(choice, current_app.config["COUNTRY"], _paper(choice.campaign))
    if request.method == "GET" or "switch" in request.form:
        return _page(form, choice)
    if request.form.get("action") != "make":
        return _page(form, choice, **_sketched(form, choice))
    if not form.validate():
        return _page(form, choice), 422
    return make(form, choice)


@bp.post("/campaigns/<slug>/write/preview")
@permission("write letters")
def preview(slug: str) -> str:
    """The letters as they would print now, as a piece of the page."""
    read_only()
    choice = choose(slug)
    form = write_form(choice, current_app.config["COUNTRY"], _paper(choice.campaign))
    return render_template("letters/_preview.html", **_sketched(form, choice))


def make(form: WriteForm, choice: Choice) -> str | tuple[str, int]:
    """Set the letters on paper, and record them once the bytes exist."""
    try:
        made = composing.drafts(form, choice)
        problems = composing.problems([draft.letter for draft in made], form, choice.campaign)
        if not problems:
            _press().pdfs([(draft.letter, form.layout) for draft in made])
    except MissingDetail as missing:
        problems = {"": [gettext("The letter lacks a detail: %(field)s.", field=missing.field)]}
    except TooLong as long:
        problems = {_longest(form): [_too_long(long.pages)]}
    if problems:
        for field, messages in problems.items():
            (form[field].errors if field else form.form_errors).extend(messages)
        return _page(form, choice), 422
    return _made(form, choice.campaign.slug, made)


def _made(form: WriteForm, slug: str, made: list[Draft]) -> str | tuple[str, int]:
    begin_writing()
    choice = choose(slug)
    if not choice.campaign.takes_letters:
        db.session.rollback()
        return _page(form, choice), 422
    hashed = record.form_hash(choice.campaign, form.key.data)
    version = choice.text.current
    rows = record.record(choice.campaign, version, hashed, [(d.target_id, d.country, d.identity) for d in made])
    handover = Handover(choice.campaign.slug, tuple(d.title for d in made), tuple(d.letter for d in made), form.layout)
    code = keeping.keep(rows, handover, form.key.data, choice.campaign) if form.keep.data else ""
    record.forget_expired()
    db.session.commit()
    return render_template(
        "letters/made.html",
        campaign=choice.campaign,
        made=made,
        handover=handover,
        code=code,
        keep_until=keeping.until(choice.campaign),
    )


@bp.post("/letters/take")
@permission("write letters")
def take() -> Response | tuple[str, int]:
    """A finished letter, or all of them, as a file."""
    read_only()
    try:
        handover = Handover.open(request.form.get("sealed", ""))
    except Expired:
        return render_template("letters/expired.html"), 410
    which, _, kind = request.form.get("take", "").partition(".")
    if kind not in files.KINDS or not (which == "all" or which.isdecimal()):
        abort(400)
    content, name = files.file(_press(), handover, kind, None if which == "all" else int(which))
    return download(content, name, files.KINDS[kind])


@bp.route("/letters/kept", methods=["GET", "POST"])
@permission("write letters")
def kept() -> str | tuple[str, int] | Response:
    """Letters that their writer asked to have kept: made again exactly, or deleted."""
    form = KeptForm()
    if not form.validate_on_submit():
        return render_template("letters/kept.html", form=form), 422 if form.is_submitted() else 200
    found = keeping.find(form.reference.data, form.code.data)
    if found is None:
        form.code.errors = [gettext("No letter is kept under this reference and code.")]
        return render_template("letters/kept.html", form=form), 422
    row, handover = found
    if request.form.get("action") == "delete":
        db.session.delete(row)
        db.session.commit()
        flash(gettext("Your letter is deleted."), "good")
        return redirect(url_for("letters.kept"), 303)
    return render_template("letters/kept_letter.html", form=form, row=row, handover=handover)


def choose(slug: str) -> Choice:
    """What the form offers in the language that is asked for, or in the reader's, or in the campaign's first."""
    campaign = visible(slug)
    texts = {text.language: text for text in campaign.texts}
    if not texts:
        abort(404)
    wanted = (request.form.get("switch"), request.form.get("language"), request.args.get("language"), page_language())
    language = next((tag for tag in wanted if tag in texts), next(iter(texts)))
    return Choice(campaign, texts[str(language)], _targets(campaign), _embassies(campaign))


def _targets(campaign: Campaign) -> list[Target]:
    return [target for target in campaign.targets if target.part is not Part.EMBASSY]


def _embassies(campaign: Campaign) -> list[Target]:
    query = select(Target).where(Target.part == Part.EMBASSY, Target.represents == campaign.country)
    return list(db.session.scalars(query.order_by(Target.country, Target.id)))


def _page(form: WriteForm, choice: Choice, **preview: object) -> str:
    return render_template(
        "letters/write.html",
        form=form,
        campaign=choice.campaign,
        choice=choice,
        keep_until=keeping.until(choice.campaign),
        preview=preview,
    )


def _sketched(form: WriteForm, choice: Choice) -> dict[str, object]:
    """The pages of the letters as images, and what is wrong with them."""
    form.day.data = form.day.data or choice.campaign.today
    try:
        drafts = composing.sketches(form, choice)
    except MissingDetail as missing:
        return {"pages": [], "problems": [gettext("The letter lacks a detail: %(field)s.", field=missing.field)]}
    letters = [draft.letter for draft in drafts]
    problems = [
        message for several in composing.problems(letters, form, choice.campaign).values() for message in several
    ]
    db.session.rollback()  # nothing of the database is held while the press works
    previews = _press().previews([(letter, form.layout) for letter in letters])
    problems += [_too_long(preview.pages) for preview in previews if preview.pages > 1][:1]
    images = [[b64encode(png).decode() for png in preview.pngs] for preview in previews]
    return {"pages": [(d.title, i) for d, i in zip(drafts, images, strict=True)], "problems": problems}


def _too_long(pages: int) -> str:
    return gettext("The letter fills %(pages)s pages; a letter has one. Please shorten your own words.", pages=pages)


def _longest(form: WriteForm) -> str:
    return "own_words" if "own_words" in form and form.own_words.data else ""


def _paper(campaign: Campaign) -> str:
    return campaign.group.paper if campaign.group else "A4"


def _press() -> Press:
    return current_app.extensions["press"]
