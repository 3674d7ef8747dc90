"""Doing jobs: by threads inside the process that serves pages, or in a process beside it."""

from __future__ import annotations

import logging
import threading
import traceback

from flask import Flask

from campaign_app import faults
from campaign_app.access.models import Account
from campaign_app.access.permissions import can
from campaign_app.db import db, read_only
from campaign_app.faults import Fault
from campaign_app.jobs import queue, reasons, schedule
from campaign_app.jobs.handlers import HANDLERS, Handler
from campaign_app.jobs.models import Job, JobState
from campaign_app.jobs.reasons import Refused
from campaign_app.jobs.work import Cancelled, LeaseLost, Stopping, Work

POLL = 0.5  # s between two looks at the table; it costs one read
PAUSE = 10  # s after the database failed
PATIENCE = 10  # s for a unit of work to end when the worker stops
MOST_ATTEMPTS = 5  # without getting on at all

logger = logging.getLogger(__name__)


def work_on(job_id: int, stopping: threading.Event | None = None) -> bool:
    """Do the job with this id, or what is still to be done of it. False where another worker has it or it has ended.

    This is all that a distributed worker calls, in the application's context; whatever it knows of the job is here.
    """
    if (work := queue.claim(job_id)) is None:
        return False
    if stopping:
        work.stopping = stopping
    read_only()
    try:
        with work.kept_alive():
            _do(work, HANDLERS[work.kind])
    except LeaseLost:
        logger.warning("Job %s was taken over by another worker.", work.job_id)
    return True


def work_next(stopping: threading.Event | None = None) -> bool:
    """Do the oldest job that waits; False where none does."""
    read_only()
    waiting = queue.waiting()
    db.session.rollback()
    return any(work_on(job_id, stopping) for job_id in waiting)


def _do(work: Work, handler: Handler) -> None:
    try:
        _check(work, handler)
        handler.task(work)
    except LeaseLost:
        raise
    except Cancelled:
        work.end(JobState.CANCELLED)
    except Stopping:
        work.put_back(counts=False)
    except Refused as refused:
        work.end(JobState.FAILED, refused.reason)
    except Exception as error:
        _failed(work, error)
    else:
        work.end(JobState.DONE)


def _check(work: Work, handler: Handler) -> None:
    """What must hold whenever a job is begun."""
    job = db.session.get_one(Job, work.job_id)
    if job.state is JobState.CANCELLING:
        raise Cancelled
    if work.attempts > MOST_ATTEMPTS:
        raise Refused(reasons.BROKEN)
    if handler.permission and not _may(job, handler.permission):
        raise Refused(reasons.NOT_ALLOWED)
    read_only()


def _may(job: Job, permission: str) -> bool:
    account = db.session.get(Account, job.account_id) if job.account_id else None
    return account is not None and can(account, permission, job)


def _failed(work: Work, error: Exception) -> None:
    """Let it be tried again, unless it waits for room on the disk."""
    db.session.rollback()
    if faults.of(error) is Fault.FULL:
        work.end(JobState.FAILED, reasons.DISK_FULL)
    else:
        _log(f"Job {work.job_id} ({work.kind})", error)
        work.put_back(counts=True)


def _log(what: str, error: Exception) -> None:
    """Say what happened and where, but not with which values: these may be about people."""
    trace = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s: %s\n%s", what, type(error).__name__, trace)


def work_until(stopping: threading.Event, app: Flask, *, once: bool = False) -> None:
    """Work off what waits and what comes; with ``once``, end when nothing waits."""
    while not stopping.is_set():
        pause = POLL
        try:
            with app.app_context():
                schedule.begin_day()
                busy = work_next(stopping)
        except Exception as error:  # the database is out of reach; what was in hand is found again by its lease
            if once:
                raise
            _log("A worker", error)
            busy, pause = False, PAUSE
        if once and not busy:
            return
        if not busy:
            stopping.wait(pause)


class Workers:
    """Threads that do jobs until they are told to stop."""

    def __init__(self, app: Flask, count: int) -> None:
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=work_until, args=(self._stopping, app), name=f"worker {number}", daemon=True)
            for number in range(1, count + 1)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop after the unit of work in hand. A job that is not done waits for the next start."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(PATIENCE)
