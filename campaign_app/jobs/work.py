"""A job in hand: what its handler commits by, and the heartbeat that keeps others from taking it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import case, literal, update
from sqlalchemy.exc import DBAPIError

from campaign_app.db import begin_writing, db, now, read_only
from campaign_app.jobs.models import Job, JobState

LEASE = timedelta(seconds=30)  # until a worker that says nothing is taken for dead
BEATS = 6  # a lease


class Interrupted(Exception):
    """The work must end here; what was committed stays."""


class Cancelled(Interrupted):
    """Somebody does not want it any more."""


class Stopping(Interrupted):
    """The worker is told to stop; the job goes on elsewhere or later."""


class LeaseLost(Interrupted):
    """Another worker has the job: nothing that this one stores counts."""


@dataclass
class Work:
    """A job that this worker holds the lease of. Outside of ``storing`` its handler only reads."""

    job_id: int
    kind: str
    subject: int | None
    group_id: int | None
    account_id: int | None
    lease: str
    attempts: int
    stopping: threading.Event = field(default_factory=threading.Event)
    _state: JobState | None = JobState.RUNNING

    @contextmanager
    def storing(self, done: int, total: int | None = None) -> Iterator[None]:
        """A transaction for what is stored, committed together with the progress: ``done`` units of ``total`` in all.

        Raises LeaseLost, and then nothing is committed; Cancelled or Stopping once it is.
        """
        begin_writing()
        try:
            yield
        except BaseException:
            read_only()
            raise
        values: dict[str, Any] = {} if total is None else {"total": total}
        got_on = case((Job.done < done, 0), else_=Job.attempts)
        self._change(done=done, moved_at=now(), attempts=got_on, lease_until=now() + LEASE, **values)
        self.check()

    def progress(self, done: int, total: int | None = None) -> None:
        """Report the progress where nothing is stored with it; raises what ``storing`` does."""
        with self.storing(done, total):
            pass

    def check(self) -> None:
        """Raise LeaseLost, Cancelled or Stopping where the work must end; costs nothing, as the heartbeat asks."""
        if self._state is None:
            raise LeaseLost
        if self._state is JobState.CANCELLING:
            raise Cancelled
        if self.stopping.is_set():
            raise Stopping

    def end(self, state: JobState, reason: str = "") -> None:
        """Record how it ended, and let go of it."""
        begin_writing()
        self._change(state=state, reason=reason, ended_at=now(), lease=None, lease_until=None)

    def put_back(self, *, counts: bool) -> None:
        """Let another worker have it; ``counts`` where this was an attempt in vain."""
        begin_writing()
        queued = case((Job.state == JobState.RUNNING, literal(JobState.QUEUED, Job.state.type)), else_=Job.state)
        attempts = Job.attempts if counts else case((Job.attempts > 0, Job.attempts - 1), else_=0)
        self._change(state=queued, attempts=attempts, lease=None, lease_until=now())

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Renew the lease from a thread of its own, however long a unit takes."""
        over = threading.Event()
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        thread = threading.Thread(target=self._beat, args=(app, over), name=f"job {self.job_id}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def renew(self) -> None:
        """Say that this worker is alive, and hear whether it should go on."""
        begin_writing()
        with suppress(LeaseLost):  # which the work learns by ``check``
            self._change(lease_until=now() + LEASE)

    def _beat(self, app: Flask, over: threading.Event) -> None:
        while not over.wait(LEASE.total_seconds() / BEATS):
            with app.app_context():
                try:
                    self.renew()
                except DBAPIError:
                    db.session.rollback()  # the database is busy; there are more beats to a lease

    def _change(self, **values: Any) -> None:
        """Change the job and commit, if the lease is still ours; else take back whatever was stored with it."""
        ours = update(Job).where(Job.id == self.job_id, Job.lease == self.lease).values(values).returning(Job.state)
        self._state = state = db.session.scalar(ours.execution_options(synchronize_session=False))
        if state is not None:
            db.session.commit()
        read_only()
        if state is None:
            raise LeaseLost
