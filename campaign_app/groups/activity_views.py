"""A group's activities, and the account of a year that they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import or_
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.campaigns.models import Campaign, Status
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.documents.unfit import Unprintable
from campaign_app.evenings.opening import counts_of
from campaign_app.groups import yearly_account, yearly_pages
from campaign_app.groups.activity_forms import ActivityForm
from campaign_app.groups.activity_models import Activity
from campaign_app.groups.models import Group
from campaign_app.groups.own import own_group
from campaign_app.pages import download
from campaign_app.privacy import audit
from campaign_app.tables.writing import CSV_TYPE, csv_pieces

bp = Blueprint("activities", __name__, url_prefix="/<slug>/activities")

Answer = str | tuple[str, int] | Response


@bp.get("/")
@permission("keep group")
def index(slug: str) -> str:
    """What the group did in a year; in this one unless another is asked for."""
    group = own_group(slug)
    years = yearly_account.years(group, today())
    asked = request.args.get("year", type=int)
    year = asked if asked in years else years[0]
    activities = yearly_account.activities(group, date(year, 1, 1), date(year, 12, 31))
    page = {"years": years, "year": year, "activities": activities, "written": counts_of(activities)}
    return render_template("groups/activities.html", group=group, **page)


@bp.route("/new", methods=["GET", "POST"])
@permission("keep group")
def create(slug: str) -> Answer:
    """Note what the group did."""
    group = own_group(slug)
    form = ActivityForm(_campaigns(group))
    if not form.validate_on_submit():
        page = render_template("groups/activity.html", form=form, group=group, activity=None)
        return page, 422 if form.errors else 200
    activity = Activity(group_id=group.id)
    form.write(activity)
    db.session.add(activity)
    audit.record("add", activity)
    return _saved(group, activity, gettext("The activity is noted."))


@bp.route("/<int:activity_id>", methods=["GET", "POST"])
@permission("keep group")
def edit(slug: str, activity_id: int) -> Answer:
    """Change an activity."""
    group = own_group(slug)
    activity = _activity(group, activity_id)
    form = ActivityForm(_campaigns(group, activity), activity)
    if not form.validate_on_submit():
        page = render_template("groups/activity.html", form=form, group=group, activity=activity)
        return page, 422 if form.errors else 200
    form.write(activity)
    audit.record("change", activity)
    return _saved(group, activity, gettext("The activity is saved."))


@bp.post("/<int:activity_id>/delete")
@permission("keep group")
def delete(slug: str, activity_id: int) -> Response:
    """Delete an activity that was noted by mistake."""
    group = own_group(slug)
    activity = _activity(group, activity_id)
    audit.record("delete", activity)
    db.session.delete(activity)
    return _saved(group, activity, gettext("The activity is deleted."))


@bp.get("/<int:year>/account")
@permission("keep group")
def account(slug: str, year: int) -> str:
    """The account of a year, to read and print."""
    group, years = _with_years(slug, year)
    found = yearly_account.of(group, year)
    return render_template("groups/yearly_account.html", group=group, account=found, years=years, today=today())


@bp.get("/<int:year>/account.pdf")
@permission("keep group")
def paper(slug: str, year: int) -> Response:
    """The account of a year on the group's paper."""
    group, _years = _with_years(slug, year)
    try:
        content = yearly_pages.pdf(group, yearly_account.of(group, year))
    except Unprintable as unfit:
        flash(
            gettext("These characters cannot be printed: %(characters)s.", characters=", ".join(unfit.characters)),
            "error",
        )
        return redirect(url_for(".account", slug=slug, year=year))
    return download(content, f"{group.slug}-{year}.pdf", "application/pdf")


@bp.get("/<int:year>/account.csv")
@permission("keep group")
def table(slug: str, year: int) -> Response:
    """The account of a year as a table."""
    group, _years = _with_years(slug, year)
    pieces = csv_pieces(*yearly_account.as_table(yearly_account.of(group, year)))
    return download(b"".join(pieces), f"{group.slug}-{year}.csv", CSV_TYPE)


def _with_years(slug: str, year: int) -> tuple[Group, list[int]]:
    """The group with the years of which it has an account; there is no page of any other."""
    group = own_group(slug)
    years = yearly_account.years(group, today())
    return (group, years) if year in years else abort(404)


def _saved(group: Group, activity: Activity, said: str) -> Response:
    year = activity.held_on.year
    db.session.commit()
    flash(said, "good")
    return redirect(url_for(".index", slug=group.slug, year=year), 303)


def _activity(group: Group, activity_id: int) -> Activity:
    found: Activity = db.first_or_404(db.select(Activity).filter_by(id=activity_id, group_id=group.id))
    return found


def _campaigns(group: Group, activity: Activity | None = None) -> Sequence[Campaign]:
    """What an activity can be for: the group's campaigns and the section's, and what it was for already."""
    own = Campaign.group_id == group.id
    of_section = Campaign.group_id.is_(None) & (Campaign.status != Status.DRAFT)
    before = Campaign.id.in_([campaign.id for campaign in activity.campaigns] if activity else [])
    return db.session.scalars(
        db.select(Campaign).where(or_(own, of_section, before)).order_by(Campaign.id.desc())
    ).all()
