"""Which jobs are due to be forgotten. What they made has its own time, where it is kept."""

from __future__ import annotations

from datetime import date

from campaign_app.days import midnight
from campaign_app.jobs.models import OPEN, Job
from campaign_app.privacy.forgetting import Due, forgets


@forgets("job payloads")
def jobs(before: date) -> Due:
    return Job, Job.state.not_in(OPEN) & (Job.ended_at < midnight(before))
