"""A person's roles: begun, ended, taken up again."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from campaign_app.access.last_staff import LastStaff
from campaign_app.access.permissions import mine, permission
from campaign_app.days import today, yesterday
from campaign_app.db import db
from campaign_app.groups.own import own_groups
from campaign_app.people import roles
from campaign_app.people.forms import DatesForm, NewRoleForm
from campaign_app.people.models import Membership, Person
from campaign_app.people.own import ACTION, own_person
from campaign_app.privacy import audit

bp = Blueprint("roles", __name__, url_prefix="/<int:person_id>/roles")

Answer = str | tuple[str, int] | Response


@bp.route("/new", methods=["GET", "POST"])
@permission("keep people")
def create(person_id: int) -> Answer:
    """Give a person another role, in a group of one's own."""
    person = own_person(person_id)
    form = NewRoleForm(person, own_groups(ACTION))
    if not form.validate_on_submit():
        page = render_template("people/role.html", form=form, person=person, membership=None)
        return page, 422 if form.errors else 200
    person.memberships.append(membership := form.membership)
    audit.record("add", membership)
    return _saved(person, gettext("The role is given."))


@bp.route("/<int:membership_id>", methods=["GET", "POST"])
@permission("keep people")
def edit(person_id: int, membership_id: int) -> Answer:
    """Change when a role begins and ends."""
    membership = _membership(person_id, membership_id)
    form = DatesForm(obj=membership)
    if form.validate_on_submit():
        membership.starts_on = form.starts_on.data
        if form.ends_on.data is None:
            membership.ends_on = None
            return _changed(membership, gettext("The role’s time is changed."))
        return _ended(membership, form.ends_on.data, gettext("The role’s time is changed."))
    page = render_template("people/role.html", form=form, person=membership.person, membership=membership)
    return page, 422 if form.errors else 200


@bp.post("/<int:membership_id>/end")
@permission("keep people")
def end(person_id: int, membership_id: int) -> Response:
    """End a role at once: yesterday becomes its last day; or undo that."""
    membership = _membership(person_id, membership_id)
    if "undo" in request.form:
        membership.ends_on = None
        return _changed(membership, gettext("The role is held again."))
    return _ended(membership, yesterday(), gettext("The role is ended, and what it allowed is closed."))


def _ended(membership: Membership, last_day: date, said: str) -> Response:
    try:
        roles.end(membership, last_day, today())
    except LastStaff:
        db.session.rollback()
        flash(gettext("Nobody else could sign in as staff. Give that role to another account first."), "error")
        return redirect(url_for("people.show", person_id=membership.person_id, _anchor="roles"), 303)
    return _changed(membership, said)


def _changed(membership: Membership, said: str) -> Response:
    audit.record("change", membership)
    return _saved(membership.person, said)


def _saved(person: Person, said: str) -> Response:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("people.show", person_id=person.id, _anchor="roles"), 303)


def _membership(person_id: int, membership_id: int) -> Membership:
    query = mine(Membership, ACTION).where(Membership.id == membership_id, Membership.person_id == person_id)
    found: Membership = db.first_or_404(query)
    return found
