"""What the site keeps and why, for everybody; deleting a person on request, for those who keep people."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access import last_staff
from campaign_app.access.permissions import groups_for, mine, permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.people.models import Person
from campaign_app.privacy import audit, erasing
from campaign_app.privacy.forgetting import KINDS
from campaign_app.privacy.forms import DeleteForm, delete_word

bp = Blueprint("privacy", __name__)


@bp.get("/privacy")
@permission("read")
def notice() -> str:
    """What is kept about those who write without an account: nothing; and about others."""
    return render_template("privacy/notice.html", kinds=sorted(KINDS))


@bp.route("/desk/people/<int:person_id>/erase", methods=["GET", "POST"])
@permission("keep people")
def erase(person_id: int) -> str | tuple[str, int] | Response:
    """Delete a person who asked for it, with everything that is held about them."""
    person = db.session.scalar(mine(Person, "keep people").where(Person.id == person_id)) or abort(404)
    why_not, form = _why_not(person), DeleteForm()
    if why_not or not form.validate_on_submit():
        page = {"person": person, "form": form, "word": delete_word(), "why_not": why_not}
        return render_template("privacy/erase.html", **page), 422 if form.is_submitted() else 200
    audit.record("erase", person)
    serials = erasing.erase(person)
    if serials:
        return render_template("privacy/erased.html", serials=serials)
    flash(gettext("The person is deleted. The letters stay as counts."), "good")
    return redirect(url_for("desk.index"), 303)


def _why_not(person: Person) -> str:
    """Why the signed-in person cannot delete ``person``, or an empty string."""
    if person.id == current_user.person_id:
        return gettext("Delete yourself on the page “My data”.")
    if last_staff.is_last(person):
        return gettext("This is the last account of the section’s staff. Give the role to somebody else first.")
    groups = groups_for(current_user, "keep people")
    if groups is not None and not groups.issuperset(_serves(person)):
        return gettext("The person belongs to another group or to the staff, too. Please ask the section’s staff.")
    return ""


def _serves(person: Person) -> set[int | None]:
    """The groups in which the person has a role today; None stands for the section."""
    day = today()
    return {membership.group_id for membership in person.memberships if membership.holds_on(day)}
