"""Where members take part: the questions of their groups, and the way to what is their own."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from campaign_app.access.permissions import mine, permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups import decisions
from campaign_app.groups.decision_forms import VoteForm
from campaign_app.groups.decision_models import Decision
from campaign_app.groups.decisions import CannotVote, Closed, VotedAlready
from campaign_app.privacy import audit

bp = Blueprint("taking_part", __name__, url_prefix="/my-group")


@bp.get("/")
@permission("take part")
def index() -> str:
    """Where members begin: what waits for their vote, what was decided, and what is held of themselves."""
    person, day = current_user.person, today()
    found = db.session.scalars(mine(Decision, "take part").options(selectinload(Decision.options))).all()
    open_ones, closed = decisions.in_order(found, day)
    waiting = decisions.waiting_for(person, day)
    groups = {m.group.id: m.group for m in current_user.roles if m.group}
    return render_template(
        "groups/taking_part.html",
        groups=list(groups.values()), waiting=waiting, closed=closed,
        voted=[decision for decision in open_ones if decision not in waiting],
    )  # fmt: skip


@bp.route("/decisions/<int:decision_id>", methods=["GET", "POST"])
@permission("take part")
def decision(decision_id: int) -> str | tuple[str, int] | Response:
    """A question: to vote on while it is open, with its count afterwards."""
    found: Decision = db.first_or_404(mine(Decision, "take part").where(Decision.id == decision_id))
    person, day, form = current_user.person, today(), VoteForm(found)
    if form.validate_on_submit():
        return _voted(found, form)
    page = render_template(
        "groups/decision.html", decision=found, form=form, is_open=found.is_open_on(day),
        may_vote=decisions.may_vote(person, found, day), has_voted=decisions.has_voted(person, found),
        has_votes=decisions.has_votes(found),
    )  # fmt: skip
    return page, 422 if request.method == "POST" else 200


def _voted(found: Decision, form: VoteForm) -> Response:
    here = url_for(".decision", decision_id=found.id)
    try:
        decisions.vote(current_user.person, found, form.chosen(found), today())
    except (CannotVote, Closed, VotedAlready) as refused:
        db.session.rollback()
        flash(_why_not(refused), "warning")
        return redirect(here, 303)
    audit.record("vote", found)
    db.session.commit()
    flash(gettext("Thank you. Your vote is counted."), "good")
    return redirect(here, 303)


def _why_not(refused: Exception) -> str:
    if isinstance(refused, VotedAlready):
        return gettext("You have voted already; everybody votes once.")
    if isinstance(refused, Closed):
        return gettext("This question is closed and takes no more votes.")
    return gettext("Only those who have a role in the group vote.")
