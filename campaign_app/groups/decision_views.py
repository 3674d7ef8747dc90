"""A group's decisions, for its organizers: questions put, closed early, withdrawn."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups import decisions
from campaign_app.groups.decision_forms import DecisionForm
from campaign_app.groups.decision_models import Decision
from campaign_app.groups.decisions import Closed, HasVotes
from campaign_app.groups.models import Group
from campaign_app.groups.own import own_group
from campaign_app.privacy import audit

bp = Blueprint("decisions", __name__, url_prefix="/<slug>/decisions")

Answer = str | tuple[str, int] | Response


@bp.get("/")
@permission("keep group")
def index(slug: str) -> str:
    """All questions that the group ever put to its members."""
    group = own_group(slug)
    found = db.session.scalars(db.select(Decision).filter_by(group_id=group.id)).all()
    open_ones, closed = decisions.in_order(found, today())
    return render_template("groups/decisions.html", group=group, open_ones=open_ones, closed=closed)


@bp.route("/new", methods=["GET", "POST"])
@permission("keep group")
def create(slug: str) -> Answer:
    """Put a question to the members."""
    group, form = own_group(slug), DecisionForm()
    if not form.validate_on_submit():
        return render_template("groups/decision_new.html", form=form, group=group), 422 if form.errors else 200
    decision = form.decision(today())
    decision.group_id = group.id
    db.session.add(decision)
    audit.record("add", decision)
    db.session.commit()
    flash(gettext("The question is put. Members find it when they sign in; you can vote here."), "good")
    return redirect(url_for("taking_part.decision", decision_id=decision.id), 303)


@bp.post("/<int:decision_id>/close")
@permission("keep group")
def close(slug: str, decision_id: int) -> Response:
    """Close a question before its day."""
    decision = _decision(own_group(slug), decision_id)
    try:
        decisions.close(decision, today())
    except Closed:
        db.session.rollback()
        flash(gettext("This question is closed already."), "warning")
    else:
        audit.record("close", decision)
        db.session.commit()
        flash(gettext("The question is closed, and the count is there for all members to see."), "good")
    return redirect(url_for("taking_part.decision", decision_id=decision_id), 303)


@bp.post("/<int:decision_id>/withdraw")
@permission("keep group")
def withdraw(slug: str, decision_id: int) -> Response:
    """Take a question back that nobody voted on."""
    decision = _decision(own_group(slug), decision_id)
    try:
        audit.record("withdraw", decision)
        decisions.withdraw(decision)
    except HasVotes:
        db.session.rollback()
        flash(gettext("Somebody has voted meanwhile, so the question stays. You can close it early."), "warning")
        return redirect(url_for("taking_part.decision", decision_id=decision_id), 303)
    db.session.commit()
    flash(gettext("The question is withdrawn."), "good")
    return redirect(url_for(".index", slug=slug), 303)


def _decision(group: Group, decision_id: int) -> Decision:
    found: Decision = db.first_or_404(db.select(Decision).filter_by(id=decision_id, group_id=group.id))
    return found
