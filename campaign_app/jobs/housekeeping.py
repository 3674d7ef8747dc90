"""Daily: results whose time is over, files that a crash left without a record, and daily jobs of long ago."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from campaign_app import durable
from campaign_app.db import db, now, read_only
from campaign_app.jobs import files, schedule
from campaign_app.jobs.handlers import daily
from campaign_app.jobs.models import OPEN, Job, JobFile
from campaign_app.jobs.work import Work

REMEMBERED = timedelta(days=60)


@daily("expire results")
def expire_results(work: Work) -> None:
    work.progress(files.expire(schedule.today()))


@daily("sweep files")
def sweep_files(work: Work) -> None:
    sweep()
    work.check()


@daily("forget daily jobs")
def forget_daily_jobs(work: Work) -> None:
    with work.storing(done=1):
        old = Job.day < schedule.today() - REMEMBERED
        db.session.execute(delete(Job).where(old, Job.state.not_in(OPEN)))


def sweep() -> int:
    """Delete files that have no record and will not get one any more; how many these were."""
    read_only()
    recorded = set(db.session.scalars(select(JobFile.name)))
    return durable.sweep(files.folder(), recorded, durable.age_limit(now()))
