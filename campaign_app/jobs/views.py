"""How far a job is; cancelling and resuming it. Pages about a job's subject include ``jobs/_job.html``."""

from __future__ import annotations

import math
from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import format_timedelta, gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access.permissions import can, mine, permission
from campaign_app.db import db
from campaign_app.jobs import queue, reasons
from campaign_app.jobs.handlers import HANDLERS
from campaign_app.jobs.models import Job

bp = Blueprint("jobs", __name__, url_prefix="/desk/jobs")


@bp.get("/<int:number>")
@permission("watch jobs")
def show(number: int) -> str:
    """A job's own page, for kinds that have no better one."""
    job = own_job(number)
    return render_template("jobs/show.html", job=job, title=HANDLERS[job.kind].title)


@bp.get("/<int:number>/progress")
@permission("watch jobs")
def progress(number: int) -> str:
    """What a page asks for again and again, to show the progress without being loaded anew."""
    return render_template("jobs/_progress.html", job=own_job(number))


@bp.post("/<int:number>/cancel")
@permission("watch jobs")
def cancel(number: int) -> Response:
    """Have it end where it stands."""
    job = own_job(number)
    if queue.cancel(job.id):
        flash(gettext("It is cancelled. What was done so far stays; you can resume it."), "good")
    else:
        flash(gettext("It had ended already."), "warning")
    return redirect(_page(number), 303)


@bp.post("/<int:number>/resume")
@permission("watch jobs")
def resume(number: int) -> Response:
    """Have it go on where it stood."""
    job = own_job(number)
    if queue.resume(job.id):
        flash(gettext("It goes on."), "good")
    else:
        flash(gettext("There is nothing to resume."), "warning")
    return redirect(_page(number), 303)


def own_job(number: int) -> Job:
    """The job with this id, if it is of one's own groups and one may do what it does; a 404 otherwise."""
    job = db.session.scalar(mine(Job).where(Job.id == number))
    handler = HANDLERS.get(job.kind) if job else None
    if job is None or handler is None:
        abort(404)
    if handler.permission and not can(current_user, handler.permission, job):
        abort(404)
    return job


def _page(number: int) -> str:
    job = own_job(number)
    page = HANDLERS[job.kind].page
    return page(job) if page else url_for(".show", number=job.id)


@bp.app_template_filter("reason")
def _reason(reason: str) -> str:
    return str(reasons.told(reason))


@bp.app_template_filter("about")
def _about(time: timedelta) -> str:
    """A length of time in the one unit that tells enough, as "35 seconds"."""
    return str(format_timedelta(timedelta(seconds=math.ceil(time.total_seconds()) or 1), threshold=1.5))
