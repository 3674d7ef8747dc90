"""Killing workers again and again, and looking at what is left."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from campaign_app.db import db
from campaign_app.jobs import queue
from campaign_app.jobs.models import Job, JobState
from campaign_app.stored_files import invariants, room
from campaign_app.stored_files.models import StoredFile
from tests.jobs import counting

# Workers come from a process that has imported already what they need, so that five hundred take minutes.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["campaign_app.application", "campaign_app.cli", counting.__name__])
ENDLESS = 10**9  # units
A_FEW = 20
MOST_UNITS = 4  # that a worker does before it is killed
LONGEST_UNIT = 0.02  # s from then until it is killed
PATIENCE = 120  # s for a worker to end


@dataclass(frozen=True)
class Worker:
    """A process that works, and where it tells of the job that it took."""

    process: ForkServerProcess
    at_work: Connection

    def is_at_work(self) -> bool:
        """Whether it took the job; waits until it did, or ended without."""
        try:
            return bool(self.at_work.recv())
        except EOFError:
            return False

    def wait_for(self, units: int) -> None:
        """Wait until it acknowledged so many units."""
        for _ in range(units):
            self.at_work.recv()

    def exit_code(self) -> int | None:
        """How it ended; waits until it did."""
        self.process.join(PATIENCE)
        return self.process.exitcode


@dataclass(frozen=True)
class Counting:
    """A toy job in ``app``, worked off by processes of their own."""

    app: Flask
    acknowledged: Path
    job_id: int

    @classmethod
    def of(cls, app: Flask, units: int = ENDLESS) -> Counting:
        with app.app_context():
            job_id = queue.enqueue(counting.KIND, 1, total=units).id
            db.session.commit()
        return cls(app, Path(app.instance_path, "acknowledged"), job_id)

    @contextmanager
    def worker(self, moment: str = "", number: int = 1) -> Iterator[Worker]:
        """A worker in a process of its own; it is killed at the latest when nobody needs it any more."""
        environment = {
            "CAMPAIGN_APP_INSTANCE": self.app.instance_path,
            "CAMPAIGN_APP_DATABASE_URL": self.app.config["DATABASE_URL"],
            "CAMPAIGN_APP_PRESS_PROCESSES": "0",
        }
        at_work, theirs = multiprocessing.Pipe(duplex=False)
        arguments = (environment, str(self.acknowledged), theirs, moment, number)
        process = PROCESSES.Process(target=counting.main, args=arguments, daemon=True)
        process.start()
        theirs.close()
        try:
            yield Worker(process, at_work)
        finally:
            process.kill()
            process.join()
            at_work.close()

    def kill(self, times: int) -> None:
        """Kill that many workers, each at a random moment after it took the job; a few units are left to do."""
        while times:
            with self.worker() as worker:
                if worker.is_at_work():  # else it came before the lease of the last one ran out
                    worker.wait_for(random.randint(0, MOST_UNITS))  # noqa: S311 - nothing secret
                    time.sleep(random.uniform(0, LONGEST_UNIT))  # noqa: S311 - nothing secret
                    times -= 1
                else:
                    assert worker.exit_code() == 0
        with self.app.app_context():
            job = db.session.get_one(Job, self.job_id)
            job.total = min(job.total, job.done + A_FEW)
            db.session.commit()

    def finish(self) -> None:
        """Work off what is left, without a kill."""
        with self.app.app_context():
            while db.session.get_one(Job, self.job_id).is_open:
                db.session.remove()
                with self.worker() as worker:
                    assert worker.exit_code() == 0

    def wrongs(self) -> list[str]:
        """What was lost, doubled or left half done, once the job should be done; empty where all is well."""
        told = Counter(int(line) for line in self.acknowledged.read_text().split())
        wrongs = [f"unit {unit} was done {times} times" for unit, times in told.items() if times > 1]
        with self.app.app_context():
            job = db.session.get_one(Job, self.job_id)
            stored = {int(file.purpose): file for file in db.session.scalars(select(StoredFile))}
            wrongs += [f"unit {unit} was acknowledged and lost" for unit in told.keys() - stored.keys()]
            wrongs += [f"unit {unit} was never done" for unit in set(range(job.total)) - stored.keys()]
            wrongs += invariants.documents_and_records()
            wrongs += [
                f"unit {unit} is other"
                for unit, file in stored.items()
                if b"".join(room.read(file)) != counting.content(unit)
            ]
            if (job.state, job.done) != (JobState.DONE, job.total):
                wrongs.append(f"the job is {job.state} with {job.done} of {job.total}")
        return wrongs
