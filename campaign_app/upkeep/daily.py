"""What is done once a day for the whole instance: forgetting what is due, and clearing away what a crash left."""

from __future__ import annotations

from campaign_app.days import today
from campaign_app.db import read_only
from campaign_app.jobs.handlers import daily
from campaign_app.jobs.work import Work
from campaign_app.privacy import forgetting
from campaign_app.stored_files import room


@daily("forget what is due")
def forget(work: Work) -> None:
    receipt = forgetting.forget(today())
    work.progress(sum(receipt.counts.values()))


@daily("sweep stored files")
def sweep(work: Work) -> None:
    read_only()
    work.progress(room.sweep())
