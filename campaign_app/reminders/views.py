"""Reminders, asked for on the page on which a writer takes the letters."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.letters.handover import Expired
from campaign_app.mail import sends_mail
from campaign_app.pages import download
from campaign_app.reminders import asking, calendar
from campaign_app.reminders.asking import Written
from campaign_app.reminders.forms import ReminderForm

bp = Blueprint("reminders", __name__, url_prefix="/letters/remind")

Answer = str | tuple[str, int] | Response


@bp.post("")
@permission("write letters")
def ask() -> Answer:
    """Note the writer's address for one e-mail."""
    form = ReminderForm()
    written, campaign = _written()
    days = {"day": asking.day(campaign), "last_day": asking.last_day(campaign)}
    if not sends_mail():
        abort(404)
    if not form.validate():
        return render_template("reminders/ask.html", form=form, campaign=campaign, written=written, **days), 422
    asking.note(written, campaign, form.address.data)
    db.session.commit()
    return render_template("reminders/noted.html", campaign=campaign, **days)


@bp.post("/calendar")
@permission("write letters")
def entry() -> Answer:
    """An entry for the writer's own calendar. Nothing is stored."""
    written, campaign = _written()
    described = "\n".join(f"{title}\n{link}" for title, link in asking.links(written.letters))
    summary = gettext("Did you post your letter? %(campaign)s", campaign=campaign.title)
    content = calendar.entry(f"{written.form[:32]}@letters", asking.day(campaign), now(), summary, described)
    return download(content, f"{campaign.slug}.ics", calendar.TYPE)


def _written() -> tuple[Written, Campaign]:
    """The letters that are meant, and their campaign; a plain page where the page before was open for too long."""
    try:
        written = Written.open(request.form.get("written", ""))
    except Expired:
        abort(make_response(render_template("letters/expired.html"), 410))
    return written, db.session.get_one(Campaign, written.campaign_id)
