"""A group's officers: named, changed, and their terms ended."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.characters import searched
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups.forms import OfficerForm
from campaign_app.groups.models import Group, Officer
from campaign_app.groups.own import own_group
from campaign_app.people.models import Membership, Person
from campaign_app.privacy import audit

bp = Blueprint("officers", __name__, url_prefix="/<slug>/officers")

Answer = str | tuple[str, int] | Response


@bp.route("/new", methods=["GET", "POST"])
@permission("keep group")
def create(slug: str) -> Answer:
    """Give one of the group's people a duty."""
    group = own_group(slug)
    form = OfficerForm(_people(group), data={"starts_on": today()})
    if not form.validate_on_submit():
        return render_template("groups/officer.html", form=form, group=group, officer=None), 422 if form.errors else 200
    officer = Officer()
    form.write(officer)
    group.officers.append(officer)
    audit.record("add", officer)
    return _saved(group, gettext("The officer is named."))


@bp.route("/<int:officer_id>", methods=["GET", "POST"])
@permission("keep group")
def edit(slug: str, officer_id: int) -> Answer:
    """Change a duty or its term."""
    group = own_group(slug)
    officer = _officer(group, officer_id)
    form = OfficerForm(_people(group, officer.person), officer)
    if not form.validate_on_submit():
        page = render_template("groups/officer.html", form=form, group=group, officer=officer)
        return page, 422 if form.errors else 200
    form.write(officer)
    audit.record("change", officer)
    return _saved(group, gettext("The officer is saved."))


@bp.post("/<int:officer_id>/end")
@permission("keep group")
def end(slug: str, officer_id: int) -> Response:
    """End a term today, or undo that."""
    group = own_group(slug)
    officer = _officer(group, officer_id)
    undo = "undo" in request.form
    officer.ends_on = None if undo else max(today(), officer.starts_on)
    audit.record("change", officer)
    return _saved(group, gettext("The term goes on.") if undo else gettext("The term ends today."))


def _saved(group: Group, said: str) -> Response:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("groups.show", slug=group.slug, _anchor="officers"), 303)


def _officer(group: Group, officer_id: int) -> Officer:
    found: Officer = db.first_or_404(db.select(Officer).filter_by(id=officer_id, group_id=group.id))
    return found


def _people(group: Group, *others: Person) -> Sequence[Person]:
    """Who belongs to the group today, and ``others``, sorted by name."""
    day = today()
    memberships = db.session.scalars(db.select(Membership).filter_by(group_id=group.id))
    people = {membership.person for membership in memberships if membership.holds_on(day)} | set(others)
    return sorted(people, key=lambda person: (searched(person.name), person.id))
