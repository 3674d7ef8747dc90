"""What must hold of jobs."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from campaign_app.invariants import each, invariant
from campaign_app.jobs.models import OPEN, Job, JobState


@invariant("A job that ended says when, and why where it failed")
def ends_of_jobs() -> Iterator[str]:
    without_end = Job.state.not_in(OPEN) & Job.ended_at.is_(None)
    without_reason = (Job.state == JobState.FAILED) & (Job.reason == "")
    yield from each("job {}", select(Job.id).where(without_end | without_reason))
