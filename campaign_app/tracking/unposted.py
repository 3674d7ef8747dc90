"""What was made for a campaign and not posted: looked through when the campaign ends."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response
from wtforms import DateField, ValidationError

from campaign_app.access.permissions import mine, permission
from campaign_app.campaigns.forms import NO_SUCH_DAY, given
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.forms import Form, TicksField
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.privacy import audit
from campaign_app.tracking import marking, totals
from campaign_app.tracking.models import Act, How

bp = Blueprint("unposted", __name__, url_prefix="/desk/campaigns/<slug>/unposted")

A_PAGE = 100  # letters
POST, VOID = "post", "void"

Which = tuple[ColumnElement[bool], ...]


class UnpostedForm(Form):
    """Which letters are meant, and when they were posted where they were."""

    day = DateField(lazy_gettext("Posted on"), [given], invalid_value_message=NO_SUCH_DAY)
    letters = TicksField(lazy_gettext("Letters"), coerce=int, validate_choice=False)

    def __init__(self, today: date, **values: object) -> None:
        super().__init__(**values)
        self._today = today

    def validate_day(self, field: DateField) -> None:
        if field.data and field.data > self._today:
            raise ValidationError(gettext("That day is still to come."))


@bp.get("")
@permission("track")
def show(slug: str) -> str:
    """The letters of one's groups that nobody marked yet, the oldest first."""
    campaign = _own_campaign(slug)
    return _page(campaign, UnpostedForm(campaign.today, formdata=None, data={"day": campaign.today}))


@bp.post("")
@permission("track")
def mark(slug: str) -> tuple[str, int] | Response:
    """Mark those that are ticked, or all of them, as posted, or release them."""
    campaign = _own_campaign(slug)
    form = UnpostedForm(campaign.today)
    action, _, extent = request.form.get("action", "").partition(" ")
    if action not in (POST, VOID):
        abort(400)
    if extent != "all" and not form.letters.data:
        form.letters.errors = [gettext("Tick the letters that you mean first.")]
        return _page(campaign, form), 422
    if action == POST and not form.validate():
        return _page(campaign, form), 422
    which = _of(campaign) if extent == "all" else (*_of(campaign), LetterRecord.id.in_(form.letters.data))
    if action == POST:
        act = marking.mark(which, LetterStatus.MADE, LetterStatus.POSTED, How.LIST, form.day.data)
    else:
        act = marking.mark(which, LetterStatus.MADE, LetterStatus.VOID, How.LIST)
    audit.record("mark letters of campaign", campaign, count=act.count)
    return _done(slug, act, action, 0 if extent == "all" else len(form.letters.data))


@bp.post("/undo")
@permission("track")
def undo(slug: str) -> Response:
    """Take back what was marked last."""
    campaign = _own_campaign(slug)
    act = marking.undo(request.form.get("act", 0, int), _of(campaign), How.LIST)
    db.session.commit()
    count = act.count if act else 0
    flash(ngettext("%(num)s letter is as it was before.", "%(num)s letters are as they were before.", count), "good")
    return redirect(url_for(".show", slug=slug), 303)


def _own_campaign(slug: str) -> Campaign:
    return db.session.scalar(mine(Campaign, "track").where(Campaign.slug == slug)) or abort(404)


def _of(campaign: Campaign) -> Which:
    """The campaign's letters of one's own groups."""
    own = mine(LetterRecord, "track").whereclause
    return (LetterRecord.campaign_id == campaign.id, *([own] if own is not None else []))


def _done(slug: str, act: Act, action: str, meant: int) -> Response:
    count, act_id = act.count, act.id
    db.session.commit()
    if action == POST:
        said = ngettext("%(num)s letter is marked as posted.", "%(num)s letters are marked as posted.", count)
    else:
        said = ngettext(
            "%(num)s letter is released: it no longer counts.",
            "%(num)s letters are released: they no longer count.",
            count,
        )
    flash(said, "good" if count else "warning")
    if meant > count:
        flash(gettext("Others stay as they were: somebody marked them before, or they were made later."), "warning")
    return redirect(url_for(".show", slug=slug, act=act_id if count else None), 303)


def _page(campaign: Campaign, form: UnpostedForm) -> str:
    query = mine(LetterRecord, "track").where(
        LetterRecord.campaign_id == campaign.id, LetterRecord.status == LetterStatus.MADE
    )
    page = db.paginate(query.order_by(LetterRecord.id), per_page=A_PAGE, error_out=False)
    count = totals.total(totals.Scope([campaign.id]))
    return render_template(
        "tracking/unposted.html",
        campaign=campaign,
        form=form,
        page=page,
        of_others=max(count.made - count.posted - (page.total or 0), 0),
        act=request.args.get("act", type=int),
    )
