"""What workers make of jobs: done, tried again, refused, cancelled, put back."""

from __future__ import annotations

import errno
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask, g
from sqlalchemy import select, text

from campaign_app.access.models import Account
from campaign_app.days import yesterday
from campaign_app.db import begin_writing, db, now, read_only
from campaign_app.groups.models import Group
from campaign_app.jobs import queue, reasons, work, worker
from campaign_app.jobs.models import Job, JobState
from campaign_app.jobs.reasons import Refused
from campaign_app.jobs.work import Work
from campaign_app.jobs.worker import MOST_ATTEMPTS, Workers, work_next, work_on, work_until
from campaign_app.people.models import Membership
from tests.databases import on_both_databases
from tests.jobs.conftest import Enqueue, Handle, stored

PATIENCE = 30  # s

pytestmark = on_both_databases


def worked(app: Flask, job_id: int, stopping: threading.Event | None = None) -> Job:
    """The job after somebody worked on it."""
    with app.app_context():
        assert work_on(job_id, stopping)
    return stored(app, job_id)


def count_to_three(work: Work) -> None:
    for unit in range(db.session.get_one(Job, work.job_id).done, 3):
        work.progress(unit + 1, total=3)


def test_a_job_is_started_by_its_id_alone(app: Flask, handle: Handle, enqueue: Enqueue) -> None:
    handle(count_to_three)
    job = worked(app, enqueue(5))
    assert (job.state, job.done, job.total, job.lease, job.lease_until) == (JobState.DONE, 3, 3, None, None)
    assert job.ended_at
    with app.app_context():
        assert not work_on(job.id)


def test_a_handler_learns_ids_and_reads_without_the_writers_lock(app: Flask, handle: Handle, enqueue: Enqueue) -> None:
    seen: list[object] = []
    handle(lambda work: seen.append((work.subject, g.writes)))
    worked(app, enqueue(5))
    assert seen == [(5, False)]


def test_what_fails_while_it_is_stored_is_not_stored_and_holds_no_lock(
    app: Flask, handle: Handle, enqueue: Enqueue
) -> None:
    seen: list[object] = []

    def store_half(work: Work) -> None:
        with suppress(ZeroDivisionError), work.storing(done=1):
            db.session.add(Job(kind="half", subject=None))
            db.session.flush()
            raise ZeroDivisionError
        seen.append(g.writes)

    handle(store_half)
    assert worked(app, enqueue()).done == 0
    with app.app_context():
        assert db.session.query(Job).filter_by(kind="half").count() == 0
    assert seen == [False]


def test_a_worker_that_lost_its_job_leaves_it_to_the_other_one(
    app: Flask, handle: Handle, enqueue: Enqueue, caplog: pytest.LogCaptureFixture
) -> None:
    def lose(work: Work) -> None:
        begin_writing()
        db.session.get_one(Job, work.job_id).lease = "another's"
        db.session.commit()
        read_only()

    handle(lose)
    job = worked(app, enqueue())
    assert (job.state, job.lease) == (JobState.RUNNING, "another's")
    assert "taken over" in caplog.text


def test_a_refused_job_fails_with_its_reason_and_is_not_tried_again(
    app: Flask, handle: Handle, enqueue: Enqueue
) -> None:
    def refuse(_: Work) -> None:
        raise Refused("no such roster")

    handle(refuse)
    job = worked(app, enqueue())
    assert (job.state, job.reason) == (JobState.FAILED, "no such roster")


def test_a_job_that_breaks_is_tried_again_and_goes_on_where_it_was(
    app: Flask, handle: Handle, enqueue: Enqueue, caplog: pytest.LogCaptureFixture
) -> None:
    name = "Kim Example"

    def break_once(work: Work) -> None:
        if db.session.get_one(Job, work.job_id).done == 0:
            work.progress(1)
            raise ValueError(name)
        count_to_three(work)

    handle(break_once)
    job_id = enqueue()
    assert worked(app, job_id).state is JobState.QUEUED
    assert worked(app, job_id).state is JobState.DONE
    assert "ValueError" in caplog.text
    assert "in break_once" in caplog.text
    assert name not in caplog.text


def test_a_job_that_never_gets_on_is_given_up(app: Flask, handle: Handle, enqueue: Enqueue) -> None:
    handle(lambda _: 1 / 0)  # type: ignore[arg-type,return-value]
    job_id = enqueue()
    states = [worked(app, job_id).state for _ in range(MOST_ATTEMPTS + 1)]
    assert states == [JobState.QUEUED] * MOST_ATTEMPTS + [JobState.FAILED]
    assert stored(app, job_id).reason == reasons.BROKEN


def test_safety_26_a_full_disk_fails_the_job_until_there_is_room(app: Flask, handle: Handle, enqueue: Enqueue) -> None:
    room = []

    def fill(work: Work) -> None:
        work.progress(1, total=3)
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        count_to_three(work)

    handle(fill)
    job = worked(app, enqueue())
    assert (job.state, job.reason, job.done) == (JobState.FAILED, reasons.DISK_FULL, 1)
    room.append("deleted something")
    with app.app_context():
        assert queue.resume(job.id)
    assert worked(app, job.id).state is JobState.DONE


class TestPermission:
    @pytest.fixture
    def asked(self, handle: Handle, enqueue: Enqueue, group: Group, account: Account) -> int:
        handle(count_to_three, permission="keep campaigns")
        return enqueue(group_id=group.id, account_id=account.id)

    def test_who_may_is_served(self, app: Flask, asked: int) -> None:
        assert worked(app, asked).state is JobState.DONE

    def test_safety_20_who_was_demoted_since_is_not(self, app: Flask, asked: int) -> None:
        with app.app_context():
            db.session.query(Membership).one().ends_on = yesterday()
            db.session.commit()
        job = worked(app, asked)
        assert (job.state, job.reason, job.done) == (JobState.FAILED, reasons.NOT_ALLOWED, 0)

    def test_whose_account_was_closed_is_not(self, app: Flask, asked: int, account: Account) -> None:
        with app.app_context():
            db.session.get_one(Account, account.id).active = False
            db.session.commit()
        assert worked(app, asked).reason == reasons.NOT_ALLOWED

    def test_whose_account_was_deleted_is_not(self, app: Flask, asked: int, account: Account) -> None:
        with app.app_context():
            db.session.delete(db.session.get_one(Account, account.id))
            db.session.commit()
        assert worked(app, asked).reason == reasons.NOT_ALLOWED


def test_a_cancelled_job_ends_where_it_stands(app: Flask, handle: Handle, enqueue: Enqueue) -> None:
    def cancelled_meanwhile(work: Work) -> None:
        work.progress(1, total=3)
        queue.cancel(work.job_id)
        work.progress(2)
        raise AssertionError

    handle(cancelled_meanwhile)
    job = worked(app, enqueue())
    assert (job.state, job.done) == (JobState.CANCELLED, 2)


def test_a_job_that_was_cancelled_and_deserted_is_not_begun_again(app: Flask, handle: Handle, enqueue: Enqueue) -> None:
    begun: list[Work] = []
    handle(begun.append)
    job_id = enqueue()
    with app.app_context():
        queue.claim(job_id)
        queue.cancel(job_id)
        db.session.get_one(Job, job_id).lease_until = now() - timedelta(seconds=1)
        db.session.commit()
    assert worked(app, job_id).state is JobState.CANCELLED
    assert begun == []


def test_a_worker_that_stops_puts_its_job_back(app: Flask, handle: Handle, enqueue: Enqueue) -> None:
    stopping = threading.Event()

    def stopped_meanwhile(work: Work) -> None:
        stopping.set()
        count_to_three(work)

    handle(stopped_meanwhile)
    job = worked(app, enqueue(), stopping)
    assert (job.state, job.done, job.attempts) == (JobState.QUEUED, 1, 0)
    with app.app_context():
        assert queue.waiting() == [job.id]


def test_a_long_unit_of_work_keeps_its_lease(
    app: Flask, handle: Handle, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "LEASE", timedelta(seconds=0.6))
    leases = set()

    def wait_for_three_beats(work: Work) -> None:
        while len(leases) < 3:
            leases.add(db.session.scalar(select(Job.lease_until).where(Job.id == work.job_id)))
            db.session.rollback()
            threading.Event().wait(0.05)

    handle(wait_for_three_beats)
    assert worked(app, enqueue()).state is JobState.DONE


def test_workers_beside_the_pages_do_what_comes_and_stop(app: Flask, handle: Handle, enqueue: Enqueue) -> None:
    done, release = threading.Event(), threading.Event()

    def wait(work: Work) -> None:
        work.progress(1, total=2)
        done.set()
        release.wait(PATIENCE)
        work.progress(2)

    handle(wait)
    workers = Workers(app, 2)
    workers.start()
    job_id = enqueue()
    assert done.wait(PATIENCE)
    threading.Timer(0.1, release.set).start()
    workers.close()
    assert stored(app, job_id).state in (JobState.QUEUED, JobState.DONE)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("worker ")]


def test_two_workers_share_many_jobs_without_doing_one_twice(app: Flask, handle: Handle, enqueue: Enqueue) -> None:
    done: list[int] = []
    handle(lambda work: done.append(work.job_id))
    ids = [enqueue(subject) for subject in range(15)]
    stopping = threading.Event()
    threads = [threading.Thread(target=work_until, args=(stopping, app), kwargs={"once": True}) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(done) == ids


def test_a_worker_outlives_a_database_that_is_away(
    app: Flask, handle: Handle, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "PAUSE", 0.05)
    handle(count_to_three)
    job_id = enqueue()
    with app.app_context():
        db.session.execute(text("ALTER TABLE job RENAME TO away"))
        db.session.commit()
    workers = Workers(app, 1)
    workers.start()
    while "A worker" not in caplog.text:
        threading.Event().wait(0.05)
    with app.app_context():
        db.session.execute(text("ALTER TABLE away RENAME TO job"))
        db.session.commit()
    while stored(app, job_id).is_open:
        threading.Event().wait(0.05)
    workers.close()
    assert stored(app, job_id).state is JobState.DONE


def test_kinds_that_this_version_does_not_know_are_left_alone(app: Flask) -> None:
    with app.app_context():
        queue.enqueue("of tomorrow", 1)
        db.session.commit()
        assert queue.waiting() == []
        assert not work_next()
