"""The desk's pages for campaigns: make one, edit it, choose its targets, see what it still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from campaign_app.access.permissions import is_staff, mine, permission
from campaign_app.campaigns import pictures
from campaign_app.campaigns.checklist import lacks
from campaign_app.campaigns.forms import CampaignForm, TargetsForm, values_of
from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.forms import options
from campaign_app.groups.own import own_groups
from campaign_app.i18n import page_language
from campaign_app.letters.models import LetterRecord
from campaign_app.outcomes.recording import outcomes_of
from campaign_app.petitions.models import Petition
from campaign_app.targets import directory
from campaign_app.targets.models import Target
from campaign_app.tracking.totals import totals_by_campaign

bp = Blueprint("editing", __name__, url_prefix="/desk/campaigns")

MOST_FOUND = 50  # targets on a page; more words find fewer


@bp.route("/new", methods=["GET", "POST"])
@permission("keep campaigns")
def create() -> str | tuple[str, int] | Response:
    """A new campaign, which stays a draft until it is opened."""
    groups, zone = own_groups("keep campaigns"), current_app.config["TIME_ZONE"]
    propose = {"time_zone": zone, "opens_on": Campaign(time_zone=zone).today}
    propose |= {"group_id": groups[0].id} if groups and not is_staff(current_user) else {}
    form = CampaignForm(None, groups, whole_section=is_staff(current_user), data=propose)
    if not form.validate_on_submit():
        return render_template("campaigns/edit.html", form=form, campaign=None), 422 if form.errors else 200
    campaign = Campaign()
    form.apply_to(campaign)
    db.session.add(campaign)
    db.session.commit()
    flash(gettext("The campaign is stored as a draft. Next: its targets and a text."), "good")
    return redirect(url_for(".show", slug=campaign.slug), 303)


@bp.get("/<slug>")
@permission("keep campaigns")
def show(slug: str) -> str:
    """A campaign's state, what it lacks, and everything that belongs to it."""
    campaign = own_campaign(slug)
    return render_template(
        "campaigns/edit_show.html",
        campaign=campaign,
        lacks=lacks(campaign),
        totals=totals_by_campaign([campaign])[campaign.id],
        has_letters=has_letters(campaign),
        outcomes=outcomes_of(campaign),
    )


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@permission("keep campaigns")
def edit(slug: str) -> str | tuple[str, int] | Response:
    """What a campaign is about, when, and what keeps its people safe."""
    campaign = own_campaign(slug)
    form = CampaignForm(
        campaign, own_groups("keep campaigns"), whole_section=is_staff(current_user), data=values_of(campaign)
    )
    if has_letters(campaign):
        del form.group_id  # letters stay with the group under which they were made
    if not form.validate_on_submit():
        return render_template("campaigns/edit.html", form=form, campaign=campaign), 422 if form.errors else 200
    form.apply_to(campaign)
    db.session.commit()
    flash(gettext("The campaign is stored."), "good")
    return redirect(url_for(".show", slug=campaign.slug), 303)


@bp.route("/<slug>/targets", methods=["GET", "POST"])
@permission("keep campaigns")
def targets(slug: str) -> str | tuple[str, int] | Response:
    """Tick targets of the shared directory; what is ticked stays on the page whatever is searched for."""
    campaign = own_campaign(slug)
    proposed = request.args.getlist("tick", type=int)  # a target that was added to the directory a moment ago
    form = TargetsForm(data={"targets": [*(target.id for target in campaign.targets), *proposed]})
    search = directory.Search(request.values.get("words", ""), request.values.get("country", campaign.country))
    found = db.session.scalars(directory.found(search, campaign.today, page_language()).limit(MOST_FOUND)).all()
    ticked = _targets(form.targets.data or [])
    shown = [*ticked, *(target for target in found if target not in ticked)]
    form.targets.choices = options((target.id, target.title) for target in shown)
    action = request.form.get("action")
    if action in ("save", "new") and form.validate_on_submit():
        campaign.targets = list(ticked)
        db.session.commit()
        if action == "save" or ticked:
            flash(gettext("The targets are stored."), "good")
        show, here = url_for(".show", slug=slug), url_for(".targets", slug=slug)
        add = url_for("targets.create", next=here, country=campaign.country)
        return redirect(add if action == "new" else show, 303)
    countries = directory.countries(page_language())
    page = {"campaign": campaign, "form": form, "search": search, "countries": countries, "most": MOST_FOUND}
    return render_template(
        "campaigns/edit_targets.html", ticked=ticked, shown=shown, **page
    ), 422 if form.errors else 200


@bp.post("/<slug>/delete")
@permission("keep campaigns")
def delete(slug: str) -> Response:
    """Delete a draft under which no letter was ever made, with its texts and pictures."""
    campaign = own_campaign(slug)
    if campaign.status is not Status.DRAFT or has_letters(campaign) or _has_petitions(campaign):
        flash(
            gettext("Only a draft without letters and petitions can be deleted. Close the campaign instead."), "warning"
        )
        return redirect(url_for(".show", slug=slug), 303)
    files = [picture.file for picture in campaign.pictures]
    db.session.delete(campaign)
    db.session.commit()
    for file in files:
        pictures.remove(file, picture_folder())
    flash(gettext("The draft is deleted."), "good")
    return redirect(url_for("desk.index"), 303)


def own_campaign(slug: str) -> Campaign:
    """The campaign, if it belongs to a group of the signed-in person; else 404."""
    found = db.session.scalar(mine(Campaign).where(Campaign.slug == slug))
    return found or abort(404)


def has_letters(campaign: Campaign) -> bool:
    """Whether a letter was ever made, void ones included."""
    return bool(db.session.scalar(select(exists().where(LetterRecord.campaign_id == campaign.id))))


def _has_petitions(campaign: Campaign) -> bool:
    return bool(db.session.scalar(select(exists().where(Petition.campaign_id == campaign.id))))


def picture_folder() -> Path:
    return Path(current_app.instance_path) / "files"


def _targets(ids: Sequence[int]) -> Sequence[Target]:
    query = select(Target).where(Target.id.in_(ids)).options(selectinload(Target.holders))
    return db.session.scalars(query.order_by(Target.id)).all()
