"""Opening, suspending and closing a campaign, each on a page that says what it does."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.campaigns.checklist import lacks
from campaign_app.campaigns.editing import has_letters, own_campaign
from campaign_app.campaigns.forms import CloseForm, SuspendForm
from campaign_app.campaigns.models import Campaign, Reason, Status
from campaign_app.db import db
from campaign_app.replies import telling
from campaign_app.replies.models import News
from campaign_app.tracking import totals

bp = Blueprint("status", __name__, url_prefix="/desk/campaigns/<slug>/status")

Answer = str | tuple[str, int] | Response


@bp.get("")
@permission("keep campaigns")
def show(slug: str) -> str:
    """Everything that can be done now with a campaign's state."""
    return _page(own_campaign(slug))


@bp.post("/open")
@permission("keep campaigns")
def start(slug: str) -> Answer:
    """Open a draft, or reopen a campaign that was suspended or closed; not while it lacks something."""
    campaign = own_campaign(slug)
    if campaign.status is Status.OPEN:
        return _unchanged(campaign)
    if lacks(campaign):
        return _page(campaign), 422
    _change(campaign, Status.OPEN)
    return _changed(campaign, gettext("The campaign is open: members can write from now on."))


@bp.post("/draft")
@permission("keep campaigns")
def withdraw(slug: str) -> Answer:
    """Make a draft again of a campaign that nobody wrote to yet."""
    campaign = own_campaign(slug)
    if campaign.status is Status.DRAFT or has_letters(campaign):
        return _unchanged(campaign)
    _change(campaign, Status.DRAFT)
    return _changed(campaign, gettext("The campaign is a draft again: only its group sees it."))


@bp.post("/suspend")
@permission("keep campaigns")
def suspend(slug: str) -> Answer:
    """Take no letters for now, and say why."""
    campaign, form = own_campaign(slug), SuspendForm(prefix="suspend")
    if campaign.status is not Status.OPEN:
        return _unchanged(campaign)
    if not form.validate():
        return _page(campaign, suspending=form), 422
    _change(campaign, Status.SUSPENDED, note=form.note.data)
    return _changed(campaign, gettext("The campaign is suspended. If that was a slip, reopen it here."))


@bp.post("/close")
@permission("keep campaigns")
def close(slug: str) -> Answer:
    """Take no more letters, and say why."""
    campaign, form = own_campaign(slug), CloseForm(prefix="close")
    if campaign.status not in (Status.OPEN, Status.SUSPENDED):
        return _unchanged(campaign)
    if not form.validate():
        return _page(campaign, closing=form), 422
    told = telling.tell(News.CLOSING, campaign.id, campaign)
    _change(campaign, Status.CLOSED, form.reason.data, form.note.data)
    said = gettext("The campaign is closed. If that was a slip, reopen it here.")
    if told:
        said += " " + ngettext("%(num)s writer is told.", "%(num)s writers are told.", told)
    return _changed(campaign, said)


def _change(campaign: Campaign, status: Status, reason: Reason | None = None, note: str = "") -> None:
    campaign.status, campaign.reason, campaign.reason_note = status, reason, note
    db.session.commit()


def _changed(campaign: Campaign, said: str) -> Response:
    flash(said, "good")
    return redirect(url_for(".show", slug=campaign.slug), 303)


def _unchanged(campaign: Campaign) -> Response:
    """Someone else was faster, or the page was old."""
    flash(
        gettext("Nothing was changed: the campaign is in another state than this page said. Please look again."),
        "warning",
    )
    return redirect(url_for(".show", slug=campaign.slug), 303)


def _unposted(campaign: Campaign) -> int:
    """How many letters were made and neither posted nor released."""
    count = totals.total(totals.Scope([campaign.id]))
    return count.made - count.posted


def _page(campaign: Campaign, **forms: Any) -> str:
    return render_template(
        "campaigns/edit_status.html",
        campaign=campaign,
        lacks=lacks(campaign),
        has_letters=has_letters(campaign),
        unposted=_unposted(campaign),
        **{"suspending": SuspendForm(None, prefix="suspend"), "closing": CloseForm(formdata=None, prefix="close")}
        | forms,
    )
