"""A ``campaign-app worker`` with a toy kind of job: each unit is a stored file, acknowledged once committed."""

from __future__ import annotations

import functools
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from campaign_app.db import db
from campaign_app.jobs import work, worker
from campaign_app.jobs.handlers import handles
from campaign_app.jobs.models import Job
from campaign_app.jobs.work import Work
from campaign_app.stored_files import room

KIND = "counting"
TAKES = 0.002  # s a unit
MOMENTS: dict[str, tuple[Any, str, bool]] = {  # what is called at that moment, and whether it is done before we die
    "before the file is on the disk": (os, "fsync", False),
    "before the file has its name": (Path, "rename", False),
    "after the file has its name": (Path, "rename", True),
    "before the commit": (Session, "commit", False),
    "after the commit": (Session, "commit", True),
}


def count(work: Work, acknowledge: Callable[[int], object] = lambda _: None) -> None:
    """Store what is not stored yet, one unit after the other."""
    job = db.session.get_one(Job, work.job_id)
    for unit in range(job.done, job.total):
        time.sleep(TAKES)
        with room.adding(str(unit)) as new:
            new.write(content(unit))
        db.session.expunge(new.row)
        with work.storing(done=unit + 1):
            db.session.add(new.row)
        acknowledge(unit)


def content(unit: int) -> bytes:
    """What the file of a unit holds."""
    return f"unit {unit}\n".encode() * 100


def die_at(owner: Any, name: str, done: bool, number: int) -> None:
    """Have the call of ``name`` be the last one, the time ``number`` that it is made."""
    real, calls = getattr(owner, name), iter(range(1, sys.maxsize))

    @functools.wraps(real)
    def deadly(*arguments: Any, **options: Any) -> Any:
        last = next(calls) == number
        answer = real(*arguments, **options) if done or not last else None
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(owner, name, deadly)


def main(environment: dict[str, str], acknowledged: str, at_work: Connection, moment: str, number: int) -> None:
    """What a process of its own runs.

    ``acknowledged`` is a file that gets a line for each unit that was committed; ``at_work`` hears of the job that was
    taken, and of each unit. With a moment, the process dies there by SIGKILL, the time ``number`` that it comes by.
    """
    from campaign_app.cli import campaign_app

    os.environ.update(environment)
    work.LEASE = timedelta(seconds=0.3)  # those who are killed are not waited for
    worker.MOST_ATTEMPTS = sys.maxsize  # nor is the job given up where several die before they got on
    descriptor = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def acknowledge(unit: int) -> None:
        os.write(descriptor, f"{unit}\n".encode())
        at_work.send(unit)

    @handles(KIND, permission=None, title=KIND)
    def counted(work: Work) -> None:
        if moment:
            die_at(*MOMENTS[moment], number)
        try:
            at_work.send(work.job_id)
            count(work, acknowledge)
        except BrokenPipeError:
            os._exit(1)  # nobody is there any more to kill us

    campaign_app(["worker", "--once"])
