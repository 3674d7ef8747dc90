"""A person's consents: recorded in the very words that were agreed to, and withdrawn."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.people.agreeing import ConsentForm
from campaign_app.people.models import Consent
from campaign_app.people.own import own_person
from campaign_app.people.wordings import WORDINGS
from campaign_app.privacy import audit

bp = Blueprint("consents", __name__, url_prefix="/<int:person_id>/consents")

Answer = str | tuple[str, int] | Response


@bp.route("/new", methods=["GET", "POST"])
@permission("keep people")
def create(person_id: int) -> Answer:
    """Record what a person agreed to."""
    person = own_person(person_id)
    form = ConsentForm()
    if not form.validate_on_submit():
        page = render_template("people/consent.html", form=form, person=person, wordings=WORDINGS)
        return page, 422 if form.errors else 200
    person.consents.append(consent := form.consent)
    audit.record("add", consent)
    return _saved(person_id, gettext("The consent is recorded."))


@bp.post("/<int:consent_id>/withdraw")
@permission("keep people")
def withdraw(person_id: int, consent_id: int) -> Response:
    """Note that a consent was withdrawn today, or undo that on the same day."""
    person = own_person(person_id)
    consent: Consent = db.first_or_404(db.select(Consent).filter_by(id=consent_id, person_id=person.id))
    undo = "undo" in request.form
    if consent.withdrawn_on != (today() if undo else None):
        abort(409)
    consent.withdrawn_on = None if undo else today()
    audit.record("change", consent)
    said = gettext("The consent holds again.") if undo else gettext("The consent is withdrawn.")
    return _saved(person_id, said)


def _saved(person_id: int, said: str) -> Response:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("people.show", person_id=person_id, _anchor="consents"), 303)
