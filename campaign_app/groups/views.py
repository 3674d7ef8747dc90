"""Groups: the section's list of them, a group's own page, and what can be changed there."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access.permissions import can, permission
from campaign_app.campaigns.slugs import slug as slug_of
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups import activity_views, decision_views, handover_views, officer_views, registration
from campaign_app.groups.forms import DetailsForm, SectionForm
from campaign_app.groups.models import Group, GroupStatus
from campaign_app.groups.own import own_group, own_groups
from campaign_app.privacy import audit

bp = Blueprint("groups", __name__, url_prefix="/desk/groups")
for part in (officer_views, decision_views, activity_views, handover_views):
    bp.register_blueprint(part.bp)

Answer = str | tuple[str, int] | Response


@bp.get("/")
@permission("keep group")
def index() -> str | Response:
    """All groups of the section with their members and what endangers them; an organizer's only group at once."""
    groups = own_groups("keep group")
    if len(groups) == 1 and not can(current_user, "keep section"):
        return redirect(url_for(".show", slug=groups[0].slug))
    counts = registration.members(groups, today())
    short = [group for group in groups if registration.falls_short(group, counts[group.id])]
    ready = [group for group in groups if _is_ready(group, counts[group.id])]
    return render_template("groups/index.html", groups=groups, counts=counts, short=short, ready=ready)


@bp.route("/new", methods=["GET", "POST"])
@permission("keep section")
def create() -> Answer:
    """A new group, which is provisional until it has its members."""
    form = SectionForm()
    if not form.validate_on_submit():
        return render_template("groups/section.html", form=form, group=None), 422 if form.errors else 200
    group = Group()
    form.write(group)
    group.slug = _free_slug(group)
    db.session.add(group)
    audit.record("add", group)
    db.session.commit()
    flash(gettext("The group is there. Next: its details and its people."), "good")
    return redirect(url_for(".show", slug=group.slug), 303)


@bp.get("/<slug>")
@permission("keep group")
def show(slug: str) -> str:
    """A group: what it needs next, its officers, and what it prints with."""
    group, day = own_group(slug), today()
    count = registration.members([group], day)[group.id]
    return render_template(
        "groups/show.html",
        group=group,
        count=count,
        is_short=registration.falls_short(group, count),
        steps=registration.steps(group, count, day) if group.status is GroupStatus.PROVISIONAL else [],
        officers=[officer for officer in group.officers if officer.ends_on is None or officer.ends_on >= day],
        former=[officer for officer in reversed(group.officers) if officer.ends_on and officer.ends_on < day],
        today=day,
    )


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@permission("keep group")
def edit(slug: str) -> Answer:
    """Change the group's languages, its place, and what it prints with."""
    group = own_group(slug)
    form = DetailsForm(group)
    if not form.validate_on_submit():
        return render_template("groups/edit.html", form=form, group=group), 422 if form.errors else 200
    form.write(group)
    audit.record("change", group)
    db.session.commit()
    flash(gettext("The group’s details are saved."), "good")
    return redirect(url_for(".show", slug=slug), 303)


@bp.route("/<slug>/section", methods=["GET", "POST"])
@permission("keep section")
def section(slug: str) -> Answer:
    """Change the group's number, name and status."""
    group = own_group(slug, "keep section")
    form = SectionForm(group)
    if not form.validate_on_submit():
        count = registration.members([group], today())[group.id]
        page = render_template("groups/section.html", form=form, group=group, count=count)
        return page, 422 if form.errors else 200
    form.write(group)
    audit.record("change", group)
    db.session.commit()
    flash(gettext("The group is saved."), "good")
    return redirect(url_for(".show", slug=slug), 303)


def _is_ready(group: Group, count: int) -> bool:
    """Whether all that a provisional group still needs is the section's word."""
    if group.status is not GroupStatus.PROVISIONAL:
        return False
    return all(step.is_done for step in registration.steps(group, count, today())[:-1])


def _free_slug(group: Group) -> str:
    """The group's name as an address; with its number, which no other group has, where another has the same name."""
    wanted = slug_of(group.name) or f"group-{group.number}"
    with db.session.no_autoflush:
        taken = db.session.query(Group).filter_by(slug=wanted).first() is not None or wanted == "new"
    return f"{wanted}-{group.number}" if taken else wanted
