"""Letters and cards that people wrote by hand: counted, since no other record of them exists."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_security import current_user
from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from campaign_app.access.permissions import groups_for, mine, permission
from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.groups.activity_models import Activity
from campaign_app.groups.models import Group
from campaign_app.tracking import handwritten_list
from campaign_app.tracking.handwritten_forms import HandwrittenForm
from campaign_app.tracking.models import HandwrittenCount

bp = Blueprint("handwritten", __name__, url_prefix="/desk/handwritten")

A_PAGE = 50  # counts
EVENTS = 30  # the latest ones, to choose from


@bp.get("")
@permission("track")
def index() -> str:
    """What one's groups wrote by hand, the latest day first; an address can ask for a part of it."""
    try:
        which = handwritten_list.conditions(request.args)
    except handwritten_list.Unknown:
        abort(404)
    query = mine(HandwrittenCount, "track").where(HandwrittenCount.number > 0, *which)
    latest = query.order_by(HandwrittenCount.written_on.desc(), HandwrittenCount.id.desc())
    page = db.paginate(latest, per_page=A_PAGE, error_out=False)
    total = db.session.scalar(select(func.sum(query.subquery().c.number))) or 0
    asked = {name: value for name, value in request.args.items() if name != "page"} if which else {}
    return render_template("tracking/handwritten.html", page=page, asked=asked, total=total)


@bp.route("/new", methods=["GET", "POST"])
@permission("track")
def create() -> str | tuple[str, int] | Response:
    """Add a count."""
    form = _form()
    if not form.validate_on_submit():
        return render_template("tracking/handwritten_new.html", form=form), 422 if form.errors else 200
    count = HandwrittenCount(account_id=current_user.id)
    form.write(count)
    db.session.add(count)
    db.session.commit()
    flash(ngettext("%(num)s is counted.", "%(num)s are counted.", count.number), "good")
    return redirect(url_for(".index"), 303)


@bp.post("/<int:count_id>/delete")
@permission("track")
def delete(count_id: int) -> Response:
    """Take a count back."""
    count = db.first_or_404(mine(HandwrittenCount, "track").where(HandwrittenCount.id == count_id))
    db.session.delete(count)
    db.session.commit()
    flash(gettext("The count is taken back."), "good")
    return redirect(url_for(".index"), 303)


def _form() -> HandwrittenForm:
    ids = groups_for(current_user, "track")
    own = true() if ids is None else Group.id.in_(ids)
    groups = db.session.scalars(select(Group).where(own).order_by(Group.number)).all()
    latest = mine(Activity, "track").order_by(Activity.held_on.desc(), Activity.id.desc()).limit(EVENTS)
    return HandwrittenForm(_campaigns(ids), groups, db.session.scalars(latest).all())


def _campaigns(ids: set[int] | None) -> Sequence[Campaign]:
    """Those of one's groups, and whatever else is public: every group writes for campaigns of others."""
    own = true() if ids is None else Campaign.group_id.in_(ids)
    query = select(Campaign).where(or_(Campaign.status != Status.DRAFT, own)).order_by(Campaign.id.desc())
    return db.session.scalars(query.options(selectinload(Campaign.targets), selectinload(Campaign.texts))).all()
