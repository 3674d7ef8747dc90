"""The page that an outgoing coordinator works through, and what comes of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.documents.unfit import Unprintable
from campaign_app.groups import contents, handover, handover_pack, outstanding
from campaign_app.groups.handover import STEPS, ArrangedAlready, TooLate
from campaign_app.groups.handover_forms import HandoverForm, PassForm
from campaign_app.groups.models import Group
from campaign_app.groups.own import own_group
from campaign_app.pages import download
from campaign_app.people.models import Person
from campaign_app.privacy import audit

bp = Blueprint("handover", __name__, url_prefix="/<slug>/handover")

Answer = str | tuple[str, int] | Response


@bp.route("/", methods=["GET", "POST"])
@permission("keep group")
def show(slug: str) -> Answer:
    """Everything that has to be handed over, and how far it is. Whatever is pressed, what was typed is kept."""
    group, day = own_group(slug), today()
    form = HandoverForm(group, handover.current(group, day))
    if form.validate_on_submit():
        return _kept(group, form)
    people = contents.people(group, day)
    if request.method == "GET":
        audit.record_reading("open handover", group, count=len(people))
    current = handover.current(group, day)
    page = render_template(
        "groups/handover.html",
        group=group, form=form, handover=current, last=handover.last(group, day), steps=STEPS,
        ticked=current.ticked if current else [], campaigns=contents.campaigns(group),
        outstanding=outstanding.of(group), people=people, consents=contents.consents(people),
        reachable=contents.reachable(people),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _kept(group: Group, form: HandoverForm) -> Response:
    """Keep what was typed, and tick off what was pressed or undo that; then go on where it was pressed."""
    current = handover.begun(group, today())
    form.write(group, current)
    done, undone = request.form.get("tick", ""), request.form.get("undo", "")
    handover.tick(current, done, undone)
    audit.record("change", current)
    db.session.commit()
    if "pass" in request.form:
        return redirect(url_for(".pass_on", slug=group.slug), 303)
    if not done and not undone:
        flash(gettext("What you wrote is kept."), "good")
    part = f"part-{done or undone}" if done or undone else None
    return redirect(url_for(".show", slug=group.slug, _anchor=part), 303)


@bp.route("/pass", methods=["GET", "POST"])
@permission("keep group")
def pass_on(slug: str) -> Answer:
    """Choose who takes over, and when."""
    group, day = own_group(slug), today()
    people = handover.successors(group, day)
    form = PassForm(handover.organizers(group, day), people, current_user.person)
    if not form.validate_on_submit():
        page = render_template("groups/handover_pass.html", form=form, group=group)
        return page, 422 if form.errors else 200
    outgoing, successor = (db.session.get_one(Person, form[name].data) for name in ("outgoing_id", "successor_id"))
    current = handover.begun(group, day)
    try:
        handover.arrange(current, outgoing, successor, form.day, stays=form.stays.data)
    except ArrangedAlready:
        db.session.rollback()
        flash(gettext("A successor is chosen already. Take that back first."), "warning")
        return redirect(url_for(".show", slug=slug, _anchor="pass"), 303)
    audit.record("hand over", current, outgoing=outgoing.id, successor=successor.id)
    return _saved(group, gettext("The handover is arranged. Print the pack, and give it to your successor."))


@bp.post("/take-back")
@permission("keep group")
def take_back(slug: str) -> Response:
    """Take the choice of a successor back, before its day."""
    group, day = own_group(slug), today()
    try:
        current = handover.begun(group, day)
        handover.take_back(current, day)
    except TooLate:
        db.session.rollback()
        flash(gettext("There is nothing to take back."), "warning")
        return redirect(url_for(".show", slug=slug, _anchor="pass"), 303)
    audit.record("take back", current)
    return _saved(group, gettext("The handover is taken back; everybody keeps the role that they have."))


@bp.get("/pack.pdf")
@permission("keep group")
def pack(slug: str) -> Response:
    """The handover on paper."""
    group = own_group(slug)
    audit.record_reading("export handover", group)
    try:
        content = handover_pack.pdf(group, today())
    except Unprintable as missing:
        said = gettext("These characters cannot be printed: %(characters)s.", characters=" ".join(missing.characters))
        flash(f"{missing.field}: {said}", "error")
        return redirect(url_for(".show", slug=slug), 303)
    return download(content, f"{group.slug}-handover.pdf", "application/pdf")


def _saved(group: Group, said: str) -> Response:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for(".show", slug=group.slug, _anchor="pass"), 303)
