"""SAFETY 25: ``kill -9`` at any point. ``python -m benchmarks.kills_of_workers`` does it 500 times."""

from __future__ import annotations

import signal

import pytest
from flask import Flask

from campaign_app.db import db
from campaign_app.jobs.models import JobState
from campaign_app.stored_files.models import StoredFile
from tests.databases import on_both_databases
from tests.jobs.conftest import stored
from tests.jobs.counting import MOMENTS
from tests.jobs.kills import Counting

KILLS = 25

pytestmark = on_both_databases


def test_a_job_whose_workers_are_killed_again_and_again_is_done_once(app: Flask) -> None:
    counting = Counting.of(app)
    counting.kill(KILLS)
    counting.finish()
    assert counting.wrongs() == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_that_dies_at_the_worst_moment_loses_and_doubles_nothing(app: Flask, moment: str) -> None:
    counting = Counting.of(app, units=10)
    with counting.worker(moment, number=5) as worker:
        assert worker.exit_code() == -signal.SIGKILL
    counting.finish()
    assert counting.wrongs() == []


def test_a_worker_that_is_told_to_stop_ends_after_its_unit_and_the_job_waits(app: Flask) -> None:
    counting = Counting.of(app, units=150)
    with counting.worker() as worker:
        assert worker.is_at_work()
        worker.process.terminate()
        assert worker.exit_code() == 0
    job = stored(app, counting.job_id)
    with app.app_context():
        kept = db.session.query(StoredFile).count()
    assert (job.state, job.lease, job.done) == (JobState.QUEUED, None, kept)
    counting.finish()
    assert counting.wrongs() == []
