"""The public pages: all campaigns, and each campaign."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, abort, current_app, render_template, request, send_from_directory
from flask_security import current_user
from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from campaign_app.access.permissions import can, permission
from campaign_app.campaigns.models import Campaign, Picture, Status, Theme
from campaign_app.db import db
from campaign_app.outcomes.recording import outcomes_of
from campaign_app.petitions.totals import signatures
from campaign_app.tracking import beside, charts, totals

bp = Blueprint("campaigns", __name__)

BY_SLUG = select(Campaign).where(Campaign.slug == bindparam("slug"))


@bp.get("/")
@permission("read")
def index() -> str:
    """Open campaigns, soonest deadline first, by country and theme; below them those that have ended."""
    query = select(Campaign).where(Campaign.status != Status.DRAFT).options(selectinload(Campaign.pictures))
    campaigns = db.session.scalars(query.order_by(Campaign.post_by.is_(None), Campaign.post_by, Campaign.id)).all()
    current = [campaign for campaign in campaigns if campaign.is_current]
    country, theme = request.args.get("country", ""), request.args.get("theme", "")
    return render_template(
        "campaigns/index.html",
        campaigns=[c for c in current if country in ("", c.country) and theme in ("", c.theme)],
        past=[campaign for campaign in campaigns if campaign.has_ended],
        totals=totals.totals_by_campaign(campaigns),
        countries=sorted({campaign.country for campaign in current}),
        themes=[one for one in Theme if any(one is campaign.theme for campaign in current)],
        country=country,
        theme=theme,
    )


@bp.get("/campaigns/<slug>")
@permission("read")
def show(slug: str) -> str:
    """A campaign's story, its demands, what happened since, and what its letters add up to."""
    campaign = visible(slug)
    scope = totals.Scope([campaign.id])
    return render_template(
        "campaigns/show.html",
        campaign=campaign,
        totals=totals.total(scope),
        handwritten=beside.handwritten(scope).get(campaign.id, 0),
        weeks=charts.columns([(week, count.made) for week, count in totals.by_week(scope)], totals.SMALLEST_BREAKDOWN),
        countries=[(country, count.made) for country, count in totals.by_country(scope) if count.made],
        smallest=totals.SMALLEST_BREAKDOWN,
        outcomes=outcomes_of(campaign),
        signatures=signatures([campaign.id])[campaign.id],
    )


@bp.get("/pictures/<file>")
@permission("read")
def picture(file: str) -> Response:
    """A picture of a story, as it was re-encoded when it was stored."""
    if db.session.scalar(select(Picture.id).where(Picture.file == file)) is None:
        abort(404)
    answer = send_from_directory(Path(current_app.instance_path) / "files", file, max_age=86_400)
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def visible(slug: str) -> Campaign:
    """The campaign, or 404 where there is none or it is a draft of others."""
    campaign = db.session.scalar(BY_SLUG, {"slug": slug})
    if campaign is None or not is_visible(campaign):
        abort(404)
    return campaign


def is_visible(campaign: Campaign) -> bool:
    """Whether whoever asks may see it: a draft is for those who keep it."""
    return campaign.is_public or can(current_user, "keep campaigns", campaign)
