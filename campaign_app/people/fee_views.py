"""Membership fees that a person paid."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.people import money
from campaign_app.people.agreeing import FeeForm
from campaign_app.people.models import FeePayment
from campaign_app.people.own import own_person
from campaign_app.privacy import audit

bp = Blueprint("fees", __name__, url_prefix="/<int:person_id>/fees")

Answer = str | tuple[str, int] | Response


@bp.route("/new", methods=["GET", "POST"])
@permission("keep people")
def create(person_id: int) -> Answer:
    """Note a fee that was paid."""
    person = own_person(person_id)
    last = person.payments[-1].currency if person.payments else money.currency_of(current_app.config["COUNTRY"])
    form = FeeForm(last)
    if not form.validate_on_submit():
        return render_template("people/fee.html", form=form, person=person), 422 if form.errors else 200
    person.payments.append(payment := form.payment)
    audit.record("add", payment)
    return _saved(person_id, gettext("The fee is noted."))


@bp.post("/<int:fee_id>/remove")
@permission("keep people")
def remove(person_id: int, fee_id: int) -> Response:
    """Take out a fee that was noted by mistake."""
    person = own_person(person_id)
    payment: FeePayment = db.first_or_404(db.select(FeePayment).filter_by(id=fee_id, person_id=person.id))
    audit.record("delete", payment)
    db.session.delete(payment)
    return _saved(person_id, gettext("The fee is taken out."))


def _saved(person_id: int, said: str) -> Response:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("people.show", person_id=person_id, _anchor="fees"), 303)
