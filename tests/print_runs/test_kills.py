"""SAFETY 25: ``kill -9`` at any point of a run. ``python -m benchmarks.kills_of_runs`` does it 500 times."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from campaign_app import frames
from campaign_app.db import db
from campaign_app.jobs import reasons
from campaign_app.jobs.models import Job, JobState
from campaign_app.jobs.worker import work_next
from campaign_app.print_runs.models import RunChunk
from tests.databases import on_both_databases
from tests.jobs.counting import MOMENTS
from tests.print_runs.conftest import Runs, roster, texts
from tests.print_runs.killing import Killed

KILLS = 15
ROWS = [f"Person {number},3 Jongno,Seoul,03100,KR,en,,," for number in range(40)]
PARTS = ["letters", "envelopes", "checklist"]


@pytest.fixture
def waiting(app: Flask, runs: Runs) -> Killed:
    """A run of forty letters that is to be made."""
    run_id = runs.checked(roster(*ROWS), parts=PARTS)
    runs.post(run_id, "make")
    return Killed(app, run_id)


def whole(runs: Runs, killed: Killed) -> None:
    """Each letter exists once: recorded, on paper and on its envelope."""
    assert killed.wrongs() == []
    pages = texts(runs.file(killed.run_id))
    assert [f"Person {number}" in page for number, page in enumerate(pages)] == [True] * 40
    assert len({letter.row_id for letter in runs.letters(killed.run_id)}) == 40
    assert len(texts(runs.file(killed.run_id, "envelopes"))) == 40


@on_both_databases
def test_safety_25_a_run_whose_workers_are_killed_again_and_again_makes_each_letter_once(
    runs: Runs, waiting: Killed
) -> None:
    assert waiting.kill(KILLS) > 1  # a fast machine may get to the end before the rest
    waiting.finish()
    whole(runs, waiting)


@pytest.mark.parametrize("number", [1, 3, 12])
@pytest.mark.parametrize("moment", MOMENTS)
def test_safety_25_a_worker_that_dies_at_the_worst_moment_loses_and_doubles_nothing(
    runs: Runs, waiting: Killed, moment: str, number: int
) -> None:
    with waiting.worker(moment, number) as (process, _):
        process.join(60)
        assert process.exitcode in (-signal.SIGKILL, 0)  # some come by fewer times than that
    waiting.finish()
    whole(runs, waiting)


@pytest.mark.parametrize("name", ["write", "fsync"])
def test_safety_26_a_full_disk_stops_the_run_with_that_reason_and_it_goes_on_when_there_is_room(
    app: Flask, runs: Runs, waiting: Killed, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with monkeypatch.context() as full:
        full.setattr(*_on_a_full_disk(name))
        with app.app_context():
            while work_next():
                pass
            job = db.session.scalars(db.select(Job).order_by(Job.id.desc()).limit(1)).one()
            assert (job.state, job.reason) == (JobState.FAILED, reasons.DISK_FULL)
            assert db.session.query(RunChunk).count() > 0
            job_id = job.id
    assert runs.letters(waiting.run_id) == []
    assert "disk" in runs.page(waiting.run_id)
    runs.client.post(f"/desk/jobs/{job_id}/resume")
    runs.work()
    whole(runs, waiting)


def _on_a_full_disk(name: str) -> tuple[Any, str, Callable[..., Any]]:
    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return (frames.Sealer, "write", full) if name == "write" else (os, "fsync", full)
