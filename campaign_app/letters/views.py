"""The member's way: fill in, see the very page, make the letters, take them."""

from __future__ import annotations

import re
from operator import attrgetter

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.campaigns.models import Campaign, campaign_target
from campaign_app.campaigns.views import is_visible
from campaign_app.db import db, read_only
from campaign_app.groups.models import Group
from campaign_app.i18n import page_language
from campaign_app.letters import files, haste, keeping, making
from campaign_app.letters.forms import Choice, KeptForm, WriteForm, write_form
from campaign_app.letters.handover import Expired, Handover
from campaign_app.letters.making import Refused, Sketch
from campaign_app.letters.waiting import NoPlace, place
from campaign_app.pages import download
from campaign_app.reminders import asking
from campaign_app.replies import wishes
from campaign_app.targets.models import Greeting, Holder, Part, Target
from campaign_app.texts.models import LetterText, TextUse, TextVersion

bp = Blueprint("letters", __name__)

TAKEN = re.compile(r"[0-9]{1,4}\.(pdf|docx)|all\.(pdf|zip)")  # a letter's number from 0, or all of them

# What each form needs, in two queries; SQLAlchemy takes longer to put them together than to send them. What is read
# along is only what a letter says: of texts the newest version, of offices their holder and how to greet them.
_LATER = aliased(TextVersion)
TEXTS = (
    select(LetterText)
    .join(LetterText.campaign)
    .outerjoin(Campaign.group)
    .join(LetterText.versions)
    .where(
        Campaign.slug == bindparam("slug"),
        LetterText.use == TextUse.APPEAL,
        ~exists().where(_LATER.text_id == TextVersion.text_id, _LATER.number > TextVersion.number),
    )
    .options(
        contains_eager(LetterText.versions),
        contains_eager(LetterText.campaign).contains_eager(Campaign.group).load_only(Group.paper, Group.window),
    )
    .order_by(LetterText.id)
)
_OWN = select(campaign_target.c.target_id).where(campaign_target.c.campaign_id == bindparam("campaign"))
TO_WRITE_TO = (
    select(Target)
    .outerjoin(Holder, and_(Holder.target_id == Target.id, Holder.until.is_(None)))
    .outerjoin(Greeting, and_(Greeting.target_id == Target.id, Greeting.language == bindparam("language")))
    .where(
        or_(
            and_(Target.part != Part.EMBASSY, Target.id.in_(_OWN)),
            and_(Target.part == Part.EMBASSY, Target.represents == bindparam("country")),
        )
    )
    .options(contains_eager(Target.holders), contains_eager(Target.greetings))
    .order_by(Target.country, Target.id, Holder.id)
)


@bp.route("/campaigns/<slug>/write", methods=["GET", "POST"])
@permission("write letters")
def write(slug: str) -> str | tuple[str, int] | Response:
    """The form; sent with ``action=make`` it makes one letter for each target, else it shows them."""
    read_only()
    choice = choose(slug)
    if not choice.campaign.takes_letters:
        return redirect(url_for("campaigns.show", slug=slug), 303)
    return answer(form_of(choice), choice)


@bp.post("/campaigns/<slug>/write/preview")
@permission("write letters")
def preview(slug: str) -> str:
    """The letters as they would print now, as a piece of the page."""
    read_only()
    choice = choose(slug)
    return previewed(form_of(choice), choice)


def form_of(choice: Choice) -> WriteForm:
    """The member's form, as it was sent or as it begins."""
    return write_form(choice, current_app.config["COUNTRY"], _paper(choice.campaign))


def answer(form: WriteForm, choice: Choice) -> str | tuple[str, int] | Response:
    """The form, what it would print, or the letters that it makes."""
    if request.method == "GET" or "switch" in request.form:
        return _page(form, choice)
    if request.form.get("action") == "make":
        haste.note(form.opened.data or "")
        return _make(form, choice) if form.validate() else (_page(form, choice), 422)
    try:
        return _page(form, choice, making.sketch(form, choice))
    except NoPlace:
        form.form_errors.append(busy())
        return _page(form, choice), 503


def previewed(form: WriteForm, choice: Choice) -> str:
    """What the form would print now, as a piece of the page."""
    try:
        return render_template("letters/_preview.html", sketch=making.sketch(form, choice))
    except NoPlace:
        abort(503)


def _make(form: WriteForm, choice: Choice) -> str | tuple[str, int] | Response:
    """Make the letters of a valid form and hand them over, or say at its fields why not."""
    campaign_id, slug = choice.campaign.id, choice.campaign.slug
    try:
        finished = making.finish(form, choice)
    except Refused as refused:
        refused.tell(form)
        return _page(form, choice), 422
    except NoPlace:
        form.form_errors.append(busy())
        return _page(form, choice), 503
    recorded = making.put_on_record(finished, form, choice, campaign_id)
    if recorded is None:
        flash(gettext("No letter was made: the campaign takes none any more, or somebody else was quicker."), "warning")
        return redirect(url_for("campaigns.show", slug=slug), 303)
    campaign, code = recorded.campaign, recorded.code
    told = "tell" in form and form.tell.data
    told_until = wishes.until(campaign) if told else None
    reminding = asking.offered(campaign, form.key.data, finished.drafts)
    days = {"keep_until": keeping.until(campaign), "told_until": told_until}
    return render_template("letters/made.html", campaign=campaign, finished=finished, code=code, **days, **reminding)


@bp.post("/letters/take")
@permission("write letters")
def take() -> Response | tuple[str, int]:
    """A finished letter, or all of them, as a file."""
    read_only()
    try:
        handover = Handover.open(request.form.get("sealed", ""))
    except Expired:
        return render_template("letters/expired.html"), 410
    wanted = request.form.get("take", "")
    if not TAKEN.fullmatch(wanted):
        abort(400)
    which, kind = wanted.split(".")
    try:
        with place():
            content, name = files.file(making.press(), handover, kind, None if which == "all" else int(which))
    except NoPlace:
        abort(503)
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
    texts = {text.language: text for text in db.session.scalars(TEXTS, {"slug": slug}).unique()}
    if not texts:
        abort(404)
    wanted = (request.form.get("switch"), request.form.get("language"), request.args.get("language"), page_language())
    text = next((texts[tag] for tag in wanted if tag in texts), next(iter(texts.values())))
    campaign = text.campaign
    if not is_visible(campaign):
        abort(404)
    preview = url_for("letters.preview", slug=slug)
    return Choice(campaign, text, *_targets_and_embassies(campaign, text.language), [*texts.values()], preview)


def _targets_and_embassies(campaign: Campaign, language: str) -> tuple[list[Target], list[Target]]:
    """The campaign's own targets, and the embassies of its country wherever they are, to be greeted in ``language``."""
    wanted = {"campaign": campaign.id, "country": campaign.country, "language": language}
    found = db.session.scalars(TO_WRITE_TO, wanted).unique().all()
    targets = sorted((target for target in found if target.part is not Part.EMBASSY), key=attrgetter("id"))
    return targets, [target for target in found if target.part is Part.EMBASSY]


def _page(form: WriteForm, choice: Choice, sketch: Sketch | None = None) -> str:
    """The form, with the letters as they would print where they were asked for."""
    campaign = choice.campaign
    days = {"keep_until": keeping.until(campaign), "tell_until": wishes.until(campaign)}
    return render_template("letters/write.html", form=form, campaign=campaign, choice=choice, sketch=sketch, **days)


def busy() -> str:
    return gettext("Many people are writing at this moment. Please try again in a few seconds; your words are kept.")


def _paper(campaign: Campaign) -> str:
    return campaign.group.paper if campaign.group else "A4"
