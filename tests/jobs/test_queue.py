"""Claims about the queue, which hold on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from campaign_app.db import db
from campaign_app.jobs import queue
from campaign_app.jobs.models import Job, JobState
from campaign_app.jobs.work import LEASE, Cancelled, LeaseLost, Work
from tests.databases import on_both_databases
from tests.jobs.conftest import KIND, Enqueue, stored

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)

pytestmark = on_both_databases


def claimed(app: Flask, job_id: int) -> Work | None:
    with app.app_context():
        return queue.claim(job_id)


def waiting(app: Flask) -> list[int]:
    with app.app_context():
        return queue.waiting()


def in_app(app: Flask, function: Callable[..., object], *arguments: object) -> None:
    with app.app_context():
        function(*arguments)


def test_the_oldest_job_waits_first(app: Flask, enqueue: Enqueue) -> None:
    ids = [enqueue(subject) for subject in (3, 1, 2)]
    assert waiting(app) == ids == sorted(ids)


def test_a_job_of_a_transaction_that_is_taken_back_never_was(app: Flask, enqueue: Enqueue) -> None:
    enqueue()
    with app.app_context():
        queue.enqueue(KIND, 2)
        db.session.rollback()
    assert len(waiting(app)) == 1


def test_what_is_asked_for_twice_is_one_job_while_it_is_open(app: Flask, enqueue: Enqueue) -> None:
    first = enqueue(7)
    assert enqueue(7) == first
    in_app(app, queue.cancel, first)
    assert enqueue(7) != first


def test_a_job_s_id_is_never_used_again(app: Flask, enqueue: Enqueue) -> None:
    first = enqueue()
    with app.app_context():
        db.session.delete(db.session.get_one(Job, first))
        db.session.commit()
    assert enqueue() > first


def test_a_claimed_job_is_nobody_else_s(app: Flask, enqueue: Enqueue) -> None:
    job_id = enqueue()
    assert claimed(app, job_id)
    assert claimed(app, job_id) is None
    assert waiting(app) == []


def test_of_many_who_claim_at_once_one_gets_each_job(app: Flask, enqueue: Enqueue) -> None:
    ids = [enqueue(subject) for subject in range(12)]
    start = threading.Barrier(6)

    def claim_all(_: int) -> list[int]:
        start.wait()
        return [job_id for job_id in ids if claimed(app, job_id)]

    with ThreadPoolExecutor(6) as workers:
        got = [job_id for claims in workers.map(claim_all, range(6)) for job_id in claims]
    assert sorted(got) == ids


def test_a_job_whose_worker_is_silent_waits_again(app: Flask, enqueue: Enqueue) -> None:
    job_id = enqueue()
    with time_machine.travel(NOON, tick=False) as clock:
        claimed(app, job_id)
        clock.move_to(NOON + LEASE)
        assert waiting(app) == []
        clock.move_to(NOON + LEASE + SECOND)
        assert waiting(app) == [job_id]


def test_a_heartbeat_keeps_the_job(app: Flask, enqueue: Enqueue) -> None:
    job_id = enqueue()
    with time_machine.travel(NOON, tick=False) as clock:
        work = claimed(app, job_id)
        assert work
        clock.move_to(NOON + LEASE)
        in_app(app, work.renew)
        clock.move_to(NOON + 2 * LEASE)
        assert waiting(app) == []


def test_what_the_slower_of_two_workers_stores_does_not_count(app: Flask, enqueue: Enqueue) -> None:
    job_id = enqueue(total=10)
    with time_machine.travel(NOON, tick=False) as clock:
        slow = claimed(app, job_id)
        clock.move_to(NOON + LEASE + SECOND)
        quick = claimed(app, job_id)
    assert slow
    assert quick
    in_app(app, quick.progress, 5)
    with app.app_context(), pytest.raises(LeaseLost), slow.storing(done=9):
        db.session.add(Job(kind="left behind", subject=None))
    with app.app_context(), pytest.raises(LeaseLost):
        slow.end(JobState.DONE)
    in_app(app, slow.renew)
    with pytest.raises(LeaseLost):
        slow.check()
    job = stored(app, job_id)
    assert (job.done, job.state) == (5, JobState.RUNNING)
    with app.app_context():
        assert db.session.query(Job).count() == 1


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)])
def test_a_clock_set_back_neither_takes_a_job_from_its_worker_nor_keeps_a_dead_one_s(
    app: Flask, enqueue: Enqueue, back: timedelta
) -> None:
    alive, dead = enqueue(1), enqueue(2)
    with time_machine.travel(NOON, tick=False) as clock:
        work = claimed(app, alive)
        assert work
        claimed(app, dead)
        clock.move_to(NOON - back)
        in_app(app, work.renew)
        assert waiting(app) == [dead]
        in_app(app, work.progress, 1)
        clock.shift(LEASE)
        assert waiting(app) == [dead]
    assert stored(app, alive).pace.rate is None


def test_a_job_that_nobody_began_is_cancelled_at_once(app: Flask, enqueue: Enqueue) -> None:
    job_id = enqueue()
    in_app(app, queue.cancel, job_id)
    assert stored(app, job_id).state is JobState.CANCELLED
    assert claimed(app, job_id) is None


def test_a_worker_hears_that_its_job_is_cancelled_and_keeps_what_it_stored(app: Flask, enqueue: Enqueue) -> None:
    job_id = enqueue(total=2)
    work = claimed(app, job_id)
    assert work
    in_app(app, queue.cancel, job_id)
    with app.app_context(), pytest.raises(Cancelled):
        work.progress(1)
    job = stored(app, job_id)
    assert (job.state, job.done) == (JobState.CANCELLING, 1)


def test_the_heartbeat_hears_it_too(app: Flask, enqueue: Enqueue) -> None:
    job_id = enqueue()
    work = claimed(app, job_id)
    assert work
    in_app(app, queue.cancel, job_id)
    in_app(app, work.renew)
    with pytest.raises(Cancelled):
        work.check()


def test_what_has_ended_is_not_cancelled_and_what_is_open_not_resumed(app: Flask, enqueue: Enqueue) -> None:
    job_id = enqueue()
    with app.app_context():
        assert not queue.resume(job_id)
        work = queue.claim(job_id)
        assert work
        work.end(JobState.DONE)
        assert not queue.cancel(job_id)
        assert not queue.resume(job_id)


def test_a_resumed_job_waits_with_what_was_done(app: Flask, enqueue: Enqueue) -> None:
    job_id = enqueue(total=3)
    work = claimed(app, job_id)
    assert work
    in_app(app, work.progress, 2)
    in_app(app, work.end, JobState.FAILED, "disk full")
    in_app(app, queue.resume, job_id)
    job = stored(app, job_id)
    assert (job.state, job.done, job.attempts, job.reason, job.ended_at) == (JobState.QUEUED, 2, 0, "", None)
    assert waiting(app) == [job_id]
