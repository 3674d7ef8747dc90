"""Putting jobs into the table, and taking them out: each change is one statement that says what it expects."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_, select, update

from campaign_app.db import begin_writing, db, now
from campaign_app.jobs import work
from campaign_app.jobs.handlers import HANDLERS
from campaign_app.jobs.models import OPEN, Job, JobState
from campaign_app.jobs.work import Work

MOST_WAITING = 20  # jobs that are looked at in one go


def enqueue(
    kind: str, subject: int | None, *, group_id: int | None = None, account_id: int | None = None, total: int = 0
) -> Job:
    """A job in the caller's transaction, with its id; the caller commits. One that is still open is taken again."""
    known = select(Job).where(Job.kind == kind, Job.subject == subject, Job.state.in_(OPEN))
    if subject is not None and (job := db.session.scalar(known.limit(1))):
        return job
    job = Job(kind=kind, subject=subject, group_id=group_id, account_id=account_id, total=total)
    db.session.add(job)
    db.session.flush()
    return job


def waiting() -> list[int]:
    """The ids of jobs that somebody should work on, the oldest first."""
    query = select(Job.id).where(_claimable(now()), Job.kind.in_(HANDLERS)).order_by(Job.id).limit(MOST_WAITING)
    return list(db.session.scalars(query))


def claim(job_id: int) -> Work | None:
    """Take the job, unless another worker has it or it has ended. Only one of those who try gets it."""
    moment, lease = now(), secrets.token_hex(8)
    begun = case((Job.state == JobState.QUEUED, literal(JobState.RUNNING, Job.state.type)), else_=Job.state)
    values = {
        "state": begun,
        "lease": lease,
        "lease_until": moment + work.LEASE,
        "started_at": moment,
        "moved_at": None,
        "begun_with": Job.done,
        "attempts": Job.attempts + 1,
    }
    begin_writing()
    if not _changed(Job.id == job_id, _claimable(moment), **values):
        return None
    job = db.session.get_one(Job, job_id)
    return Work(job.id, job.kind, job.subject, job.group_id, job.account_id, lease, job.attempts)


def cancel(job_id: int) -> bool:
    """Have the job end where it stands. What it stored stays. False where it had ended already."""
    begin_writing()
    mine = Job.id == job_id
    return _changed(mine, Job.state == JobState.QUEUED, state=JobState.CANCELLED, ended_at=now()) or _changed(
        mine, Job.state.in_((JobState.RUNNING, JobState.CANCELLING)), state=JobState.CANCELLING
    )


def resume(job_id: int) -> bool:
    """Have a job that was cancelled or failed go on where it stood. False where it is open or done."""
    begin_writing()
    ended = Job.state.in_((JobState.CANCELLED, JobState.FAILED))
    return _changed(Job.id == job_id, ended, state=JobState.QUEUED, reason="", attempts=0, ended_at=None)


def _changed(*conditions: ColumnElement[bool], **values: Any) -> bool:
    """Change the row that meets the conditions, and commit; whether there was one."""
    statement = update(Job).where(*conditions).values(values).execution_options(synchronize_session=False)
    changed = db.session.execute(statement).rowcount  # type: ignore[attr-defined]
    db.session.commit()
    return bool(changed)


def _claimable(moment: datetime) -> ColumnElement[bool]:
    return or_(Job.state == JobState.QUEUED, and_(Job.state.in_(OPEN), _deserted(moment)))


def _deserted(moment: datetime) -> ColumnElement[bool]:
    """Whether the lease ran out. One that ends later than any lease can was taken before the clock was set back."""
    margin = 2 * work.LEASE  # clocks of several machines differ a little
    return or_(Job.lease_until < moment, Job.lease_until > moment + margin)
