"""A ``campaign-app worker`` that makes a run and is killed again and again, and what is left of it."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.jobs import work, worker
from campaign_app.jobs.models import Job, JobState
from campaign_app.letters.models import LetterRecord
from campaign_app.print_runs import making, pile
from campaign_app.print_runs.models import PrintRun, RowState, RunFile, RunRow, RunState
from tests.jobs.counting import MOMENTS, die_at

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["campaign_app.documents.printing", "campaign_app.cli", __name__])
TOGETHER = 4  # letters, so that a short run has many steps
MOST_STEPS = 3  # that a worker commits before it is killed
LONGEST_STEP = 0.05  # s from then until it is killed
PATIENCE = 120  # s for a worker to end


@dataclass(frozen=True)
class Killed:
    """The job of a run in ``app``, worked off by processes of their own."""

    app: Flask
    run_id: int

    @contextmanager
    def worker(self, moment: str = "", number: int = 1) -> Iterator[tuple[ForkServerProcess, Connection]]:
        """A worker; the other end of its pipe hears when it takes the job, and it dies at the latest in the end."""
        environment = {
            "CAMPAIGN_APP_INSTANCE": self.app.instance_path,
            "CAMPAIGN_APP_DATABASE_URL": self.app.config["DATABASE_URL"],
            "CAMPAIGN_APP_SECRET_KEY": self.app.config["SECRET_KEY"],
            "CAMPAIGN_APP_PRESS_PROCESSES": "0",
        }
        heard, theirs = multiprocessing.Pipe(duplex=False)
        process = PROCESSES.Process(target=main, args=(environment, theirs, moment, number), daemon=True)
        process.start()
        theirs.close()
        try:
            yield process, heard
        finally:
            process.kill()
            process.join()
            heard.close()

    def kill(self, times: int) -> int:
        """Kill up to so many workers, each at a random moment after it took the job; how many it were."""
        killed = 0
        while killed < times and self.is_open():
            with self.worker() as (process, heard):
                if _lives_through(heard, random.randint(1, MOST_STEPS)):  # noqa: S311 - nothing secret
                    process.join(random.uniform(0, LONGEST_STEP))  # noqa: S311 - nothing secret
                    killed += process.is_alive()
                    continue
                process.join(PATIENCE)  # it came before the lease of the last one ran out, or got to the end
                assert process.exitcode == 0, "A worker could not work."
        return killed

    def is_open(self) -> bool:
        with self.app.app_context():
            return bool(db.session.scalar(select(func.count(Job.id)).where(Job.state.not_in(ENDED))))

    def finish(self) -> None:
        """Work off what is left, without a kill."""
        deadline = time.monotonic() + PATIENCE
        while self.is_open() and time.monotonic() < deadline:
            with self.worker() as (process, _):
                process.join(PATIENCE)

    def wrongs(self) -> list[str]:
        """What was lost, doubled or left half done; empty where all is well."""
        with self.app.app_context():
            run = db.session.get_one(PrintRun, self.run_id)
            letters = db.session.scalars(select(LetterRecord.row_id).filter_by(run_id=run.id)).all()
            rows = db.session.scalars(select(RunRow.id).filter_by(run_id=run.id, state=RowState.DONE)).all()
            wrongs = [*broken()]
            wrongs += [f"the run is {run.state}"] if run.state is not RunState.MADE else []
            wrongs += ["letters and rows differ"] if sorted(filter(None, letters)) != sorted(rows) else []
            files = db.session.scalar(select(func.count(RunFile.id)).filter_by(run_id=run.id)) or 0
            return wrongs + ([] if files == len(run.plan.parts) else [f"{files} files"])


def _lives_through(heard: Connection, steps: int) -> bool:
    """Wait until a worker took the job and committed so many steps; whether it got there."""
    try:
        return all(heard.recv() for _ in range(steps))
    except EOFError:
        return False


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def _tell_of_steps(job: work.Work, taken: Connection) -> None:
    """Tell of the job, and of each step that is committed for it."""
    commit = job._change

    def told(**values: Any) -> None:
        commit(**values)
        if "done" in values:  # else it says only that it is alive
            taken.send(job.job_id)

    taken.send(job.job_id)
    object.__setattr__(job, "_change", told)


def main(environment: dict[str, str], taken: Connection, moment: str, number: int) -> None:
    """What a process of its own runs: the worker until nothing waits, or until it dies at ``moment``."""
    from campaign_app.cli import campaign_app
    from campaign_app.jobs.handlers import HANDLERS

    os.environ.update(environment)
    work.LEASE = timedelta(seconds=0.3)  # those who are killed are not waited for
    worker.MOST_ATTEMPTS = sys.maxsize  # nor is the job given up where several die before they got on
    making.TOGETHER = pile.TOGETHER = TOGETHER
    make: Any = HANDLERS[making.KIND].task

    def tell(job: work.Work) -> None:
        _tell_of_steps(job, taken)
        if moment:
            die_at(*MOMENTS[moment], number)
        make(job)

    object.__setattr__(HANDLERS[making.KIND], "task", tell)
    campaign_app(["worker", "--once"])
