"""My data: what is held about whoever is signed in, to see, take along, correct, withdraw from and delete."""

from __future__ import annotations

import json

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import logout_user
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access import last_staff
from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.pages import download
from campaign_app.people.models import Consent, Person
from campaign_app.privacy import audit, erasing
from campaign_app.privacy.forms import CorrectForm, DeleteForm, delete_word
from campaign_app.privacy.holdings import as_json, held_about

bp = Blueprint("me", __name__, url_prefix="/me")

Answer = str | tuple[str, int] | Response


@bp.get("")
@permission("see own account")
def show() -> str:
    """All that is held about the signed-in person."""
    person = myself()
    return render_template("me/show.html", person=person, held=held_about(person), today=today())


@bp.get("/data.json")
@permission("see own account")
def data() -> Response:
    """The same for programs."""
    audit.record_reading("export", myself())
    content = json.dumps(as_json(myself()), ensure_ascii=False, indent=2)
    return download(content.encode(), "my-data.json", "application/json")


@bp.get("/data.html")
@permission("see own account")
def readable() -> Response:
    """The same to read and print, as a file that needs nothing beside it."""
    audit.record_reading("export", myself())
    content = render_template("me/data.html", held=held_about(myself()), today=today())
    return download(content.encode(), "my-data.html", "text/html")


@bp.route("/correct", methods=["GET", "POST"])
@permission("see own account")
def correct() -> Answer:
    """Correct what is one's own to correct."""
    person = myself()
    form = CorrectForm(person)
    if not form.validate_on_submit():
        return render_template("me/correct.html", form=form), 422 if form.errors else 200
    form.write(person)
    audit.record("change", person)
    db.session.commit()
    flash(gettext("Your details are stored."), "good")
    return redirect(url_for(".show"), 303)


@bp.post("/consents/<int:consent_id>/withdraw")
@permission("see own account")
def withdraw(consent_id: int) -> Response:
    """Withdraw a consent; it holds no more from this moment on."""
    consent = _my_consent(consent_id)
    if consent.withdrawn_on is None:
        consent.withdrawn_on = today()
        audit.record("withdraw", consent)
        db.session.commit()
    flash(gettext("Your consent is withdrawn. If that was a slip, you can undo it today."), "good")
    return redirect(url_for(".show"), 303)


@bp.post("/consents/<int:consent_id>/undo")
@permission("see own account")
def undo(consent_id: int) -> Response:
    """Undo ``withdraw`` on the same day; later, a new consent has to be given."""
    consent = _my_consent(consent_id)
    if consent.withdrawn_on != today():
        flash(gettext("This consent was withdrawn earlier. Please give a new one to your group."), "warning")
        return redirect(url_for(".show"), 303)
    consent.withdrawn_on = None
    audit.record("undo withdrawal", consent)
    db.session.commit()
    flash(gettext("Your consent holds again."), "good")
    return redirect(url_for(".show"), 303)


@bp.route("/delete", methods=["GET", "POST"])
@permission("see own account")
def delete() -> Answer:
    """Delete oneself, confirmed by typing a word."""
    person, form = myself(), DeleteForm()
    page = {"form": form, "word": delete_word(), "last_staff": last_staff.is_last(person)}
    if page["last_staff"] or not form.validate_on_submit():
        return render_template("me/delete.html", **page), 422 if form.is_submitted() else 200
    audit.record("erase", person)
    logout_user()
    serials = erasing.erase(person)
    return render_template("me/deleted.html", serials=serials)


def myself() -> Person:
    """The signed-in person."""
    found: Person = current_user.person
    return found


def _my_consent(consent_id: int) -> Consent:
    return next((consent for consent in myself().consents if consent.id == consent_id), None) or abort(404)
