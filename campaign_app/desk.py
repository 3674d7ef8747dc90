"""The desk: where organizers and staff begin."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_security import current_user
from sqlalchemy.orm import selectinload

from campaign_app.access.permissions import can, mine, permission
from campaign_app.campaigns.models import Campaign, Status
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups import registration
from campaign_app.groups.decisions import waiting_for
from campaign_app.groups.own import own_groups
from campaign_app.privacy import forgetting
from campaign_app.targets.directory import VERIFIED_FOR
from campaign_app.tracking.attention import attention
from campaign_app.tracking.totals import totals_by_campaign

bp = Blueprint("desk", __name__)


@bp.get("/desk")
@permission("keep campaigns")
def index() -> str:
    """The campaigns of one's groups, with what each of them needs next."""
    query = mine(Campaign).options(selectinload(Campaign.texts), selectinload(Campaign.targets))
    campaigns = db.session.scalars(query.order_by(Campaign.post_by.is_(None), Campaign.post_by, Campaign.id)).all()
    order = (Status.OPEN, Status.DRAFT, Status.SUSPENDED, Status.CLOSED)
    by_status = [(status, [c for c in campaigns if c.status is status]) for status in order]
    questions = waiting_for(current_user.person, today())
    waiting = can(current_user, "keep retention") and forgetting.is_waiting()
    totals = totals_by_campaign(campaigns)
    short = registration.short(own_groups("keep group"), today())
    look = attention(campaigns, totals, today() - VERIFIED_FOR)
    page = {"attention": look, "totals": totals, "waiting": waiting, "questions": questions, "short": short}
    return render_template("desk/index.html", by_status=by_status, **page)
