"""What is done once a day: each daily kind gets one job a day, whichever worker comes first."""

from __future__ import annotations

from datetime import date

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaign_app.days import today
from campaign_app.db import begin_writing, db, read_only
from campaign_app.jobs.handlers import HANDLERS
from campaign_app.jobs.models import Job

_BEGUN = "day of jobs"  # what this process knows to be begun, to ask no more


def begin_day() -> None:
    """Queue the daily jobs of today that are not queued yet."""
    day = today()
    if current_app.extensions.get(_BEGUN) == day:
        return
    read_only()
    known = set(db.session.scalars(select(Job.kind).where(Job.day == day)))
    for kind, handler in HANDLERS.items():
        if handler.is_daily and kind not in known:
            _queue(kind, day)
    current_app.extensions[_BEGUN] = day


def _queue(kind: str, day: date) -> None:
    begin_writing()
    db.session.add(Job(kind=kind, subject=None, day=day))
    try:
        db.session.commit()
    except IntegrityError:  # another worker was quicker
        db.session.rollback()
