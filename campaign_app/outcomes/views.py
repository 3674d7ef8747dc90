"""The desk's page for what happened, and the good news that everybody may print."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign_app.access.permissions import mine, permission
from campaign_app.campaigns.models import Campaign, Status
from campaign_app.campaigns.views import visible
from campaign_app.db import db, read_only
from campaign_app.i18n import page_language
from campaign_app.letters.waiting import NoPlace, place
from campaign_app.outcomes import notes, recording
from campaign_app.outcomes.forms import OutcomeForm
from campaign_app.outcomes.models import Outcome, WhatHappened
from campaign_app.pages import download
from campaign_app.privacy import audit

bp = Blueprint("outcomes", __name__, url_prefix="/desk/campaigns/<slug>/outcomes")
public = Blueprint("good_news", __name__, url_prefix="/campaigns/<slug>/outcomes")

Answer = str | tuple[str, int] | Response


@bp.route("", methods=["GET", "POST"])
@permission("track")
def index(slug: str) -> Answer:
    """What happened, and the form for what happened now; ``what`` of the address is proposed."""
    campaign = _own_campaign(slug)
    form = OutcomeForm(campaign, data={"what": request.args.get("what", ""), "happened_on": campaign.today})
    if not form.validate_on_submit():
        return _page(campaign, form)
    outcome = Outcome(campaign=campaign, account_id=current_user.id)
    form.write(outcome)
    outcome, told = recording.record(outcome)
    audit.record("record outcome", outcome)
    outcome_id = outcome.id
    db.session.commit()
    said = gettext("The outcome is recorded, and stands on the campaign’s page.")
    if told:
        said += " " + ngettext("%(num)s writer is told.", "%(num)s writers are told.", told)
    flash(said, "good")
    return redirect(url_for(".index", slug=slug, new=outcome_id), 303)


@bp.post("/<int:outcome_id>/undo")
@permission("track")
def undo(slug: str, outcome_id: int) -> Response:
    """Delete an outcome that was recorded by mistake."""
    outcome = _outcome(_own_campaign(slug), outcome_id)
    audit.record("undo outcome", outcome)
    recording.take_back(outcome)
    db.session.commit()
    flash(gettext("The outcome is deleted."), "good")
    return redirect(url_for(".index", slug=slug), 303)


@public.get("/<int:outcome_id>/good-news.pdf")
@permission("read")
def take(slug: str, outcome_id: int) -> Response:
    """Good news as a page to print, in the language of the pages or in English."""
    read_only()
    outcome = _outcome(visible(slug), outcome_id)
    if not outcome.what.is_good:
        abort(404)
    language = page_language() if page_language() in notes.shipped() else "en"
    try:
        with place():
            pdf = notes.pdf(outcome, language)
    except NoPlace:
        abort(503)
    return download(pdf, f"{slug}-good-news.pdf", "application/pdf")


def _own_campaign(slug: str) -> Campaign:
    """The campaign of one's own groups, once it was open; else 404."""
    query = mine(Campaign, "track").where(Campaign.slug == slug, Campaign.status != Status.DRAFT)
    return db.session.scalar(query) or abort(404)


def _outcome(campaign: Campaign, outcome_id: int) -> Outcome:
    query = select(Outcome).where(Outcome.id == outcome_id, Outcome.campaign_id == campaign.id)
    return db.session.scalar(query) or abort(404)


def _page(campaign: Campaign, form: OutcomeForm) -> Answer:
    page = render_template(
        "outcomes/index.html",
        campaign=campaign,
        form=form,
        outcomes=recording.outcomes_of(campaign),
        new=request.args.get("new", type=int),
        released=WhatHappened.RELEASED,
    )
    return (page, 422) if form.is_submitted() else page
