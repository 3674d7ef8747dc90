"""The directory of targets: found, added, changed, checked, deleted."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access.permissions import can, permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.i18n import page_language
from campaign_app.letters.composing import addressee
from campaign_app.letters.post import addressee_lines
from campaign_app.pages import local_address
from campaign_app.targets import address_words, directory, holders, import_views
from campaign_app.targets.address_hints import address_format
from campaign_app.targets.directory import Search
from campaign_app.targets.form import TargetForm, greetings_form, target_form
from campaign_app.targets.models import Target
from campaign_app.targets.salutations import greeting_for

bp = Blueprint("targets", __name__, url_prefix="/targets")
bp.register_blueprint(import_views.bp)

PER_PAGE = 50

# A page, or a page with the status of a form that could not be taken, or the way to the next page.
Answer = str | tuple[str, int] | Response


@bp.get("/")
@permission("keep targets")
def index() -> str:
    """The directory, by words in any script, country, kind of office, and what nobody checked for a year."""
    asked = {name: value for name in ("words", "country", "office", "unverified") if (value := request.args.get(name))}
    search = Search(**asked)
    page = db.paginate(directory.found(search, today(), page_language()), per_page=PER_PAGE)
    return render_template(
        "targets/index.html",
        page=page,
        search=search,
        asked=asked,
        countries=directory.countries(page_language()),
        offices=directory.offices(),
        uses=directory.uses(page.items),
        checked_since=today() - directory.VERIFIED_FOR,
    )


@bp.route("/new", methods=["GET", "POST"])
@permission("keep targets")
def create() -> Answer:
    """A new office in the directory, unless it is there already; ``next`` leads back to who wanted it."""
    return _edited(target_form(), None)


@bp.get("/<int:target_id>")
@permission("keep targets")
def show(target_id: int) -> str:
    """An office: its envelope, who holds it, how it is greeted, and who writes to it."""
    target = db.get_or_404(Target, target_id)
    plain = addressee(target, "en")
    campaigns = directory.campaigns_of(target)
    seen = [c for c in campaigns if c.is_public or can(current_user, "keep campaigns", c)]
    return render_template(
        "targets/show.html",
        target=target,
        envelope=addressee_lines(plain, current_app.config["COUNTRY"]),
        abroad=addressee_lines(plain, ""),
        greetings=_greetings(target),
        outdated=holders.outdated_greetings(target),
        undoable=holders.can_be_undone(target, today()),
        hints=address_words.hint_sentences(target.lines.splitlines(), target.country),
        campaigns=seen,
        unseen=len(campaigns) - len(seen),
        today=today(),
        is_old=target.verified_on is None or target.verified_on < today() - directory.VERIFIED_FOR,
    )


@bp.route("/<int:target_id>/edit", methods=["GET", "POST"])
@permission("keep targets")
def edit(target_id: int) -> Answer:
    """Change an office; a new holder ends the time of the former one."""
    target = db.get_or_404(Target, target_id)
    return _edited(target_form(target), target)


@bp.post("/<int:target_id>/checked")
@permission("keep targets")
def checked(target_id: int) -> Response:
    """Note that the address was checked today, or undo it by giving the day it was checked ``before``."""
    target = db.get_or_404(Target, target_id)
    before = target.verified_on
    undo = "before" in request.form
    target.verified_on = _past_day(request.form["before"]) if undo else today()
    db.session.commit()
    flash(gettext("The day was put back.") if undo else gettext("The address is marked as checked today."), "good")
    known = None if undo else before.isoformat() if before else "never"
    return redirect(url_for("targets.show", target_id=target_id, before=known), 303)


@bp.post("/<int:target_id>/undo-holder")
@permission("keep targets")
def undo_holder(target_id: int) -> Response:
    """Give the office back to the holder whose time was ended today."""
    target = db.get_or_404(Target, target_id)
    if not holders.can_be_undone(target, today()):
        abort(409)
    holders.undo_change(target, today())
    db.session.commit()
    flash(gettext("The former holder holds the office again."), "good")
    return redirect(url_for("targets.show", target_id=target_id), 303)


@bp.route("/<int:target_id>/delete", methods=["GET", "POST"])
@permission("keep targets")
def delete(target_id: int) -> Answer:
    """Take an office out of the directory, once confirmed, where nothing was ever written to it."""
    target = db.get_or_404(Target, target_id)
    in_use = directory.is_in_use(target)
    if request.method == "GET" or in_use:
        page = render_template("targets/delete.html", target=target, in_use=in_use)
        return page if request.method == "GET" else (page, 409)
    db.session.delete(target)
    db.session.commit()
    flash(gettext("“%(title)s” was deleted.", title=target.title), "good")
    return redirect(url_for("targets.index"), 303)


@bp.get("/address-format")
@permission("keep targets")
def format_of_address() -> str:
    """How an address is built in a country: a piece of the form, for the script that follows the choice."""
    return render_template("targets/_address_format.html", **_format(request.args.get("country", "")))


@bp.get("/greetings")
@permission("keep targets")
def greetings() -> str:
    """The greetings proposed for a kind of office and some languages: a piece of the form."""
    form = greetings_form(request.args.get("office", ""), request.args.getlist("languages"))
    return render_template("targets/_greetings.html", form=form)


def _edited(form: TargetForm, target: Target | None) -> Answer:
    """Store what was typed, or show it again with what is wrong, or with the office it looks like."""
    twins = []
    if form.validate_on_submit():
        twins = directory.twins(form.likeness, but=target)
        if not twins or form.keep_both.data:
            return _stored(form, target)
    page = render_template(
        "targets/edit.html",
        form=form,
        target=target,
        twins=twins,
        back=local_address(request.args.get("next")),
        **_format(form.country.data, form.lines.data),
    )
    return (page, 422) if form.is_submitted() else page


def _stored(form: TargetForm, target: Target | None) -> Response:
    row = target or Target()
    form.write(row)
    db.session.add(row)
    db.session.commit()
    said = gettext("“%(title)s” was saved.") if target else gettext("“%(title)s” is in the directory.")
    flash(said % {"title": row.title}, "good")
    back = local_address(request.args.get("next"))
    return redirect(f"{back}?tick={row.id}" if back else url_for("targets.show", target_id=row.id), 303)


def _format(country: str | None, lines: str | None = "") -> dict[str, object]:
    """How addresses in the country are built, and what is amiss with the lines, for the piece of the form."""
    known = address_format(country) if country else None
    return {
        "country": country,
        "format_lines": address_words.written_format(known) if known else [],
        "required_parts": address_words.required_parts(known) if known else [],
        "postcodes": known.postcode_examples if known else (),
        "hints": address_words.hint_sentences((lines or "").splitlines(), country) if country else [],
    }


def _greetings(target: Target) -> list[tuple[str, str, str, bool]]:
    """Language, salutation, closing, and whether they were agreed rather than proposed."""
    agreed = {greeting.language for greeting in target.greetings}
    shown = dict.fromkeys([*target.languages, "en", "ko", *agreed])
    return [(language, *greeting_for(target, language), language in agreed) for language in shown]


def _past_day(written: str) -> date | None:
    try:
        return min(date.fromisoformat(written), today())
    except ValueError:
        return None
