"""Files of jobs: recorded or swept, kept for a time, never half there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from campaign_app.db import db, now
from campaign_app.jobs import files, housekeeping, reasons, schedule
from campaign_app.jobs.models import Job, JobFile, JobState
from campaign_app.jobs.work import Work
from campaign_app.jobs.worker import work_on
from tests.databases import on_both_databases
from tests.jobs.conftest import Enqueue, Handle, stored

pytestmark = on_both_databases


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def make(content: bytes = b"letters") -> files.Made:
    return files.make(lambda stream: stream.write(content))


def store_one(work: Work) -> None:
    made = make()
    with work.storing(done=1):
        files.record(work.job_id, "letters.pdf", made)


def age(name: str, hours: int = 2) -> None:
    then = (now() - timedelta(hours=hours)).timestamp()
    os.utime(files.folder() / name, (then, then))


@pytest.fixture
def done(app: Flask, handle: Handle, enqueue: Enqueue) -> Job:
    """A job with a file."""
    handle(store_one, keep_days=7)
    job_id = enqueue()
    with app.app_context():
        work_on(job_id)
    return stored(app, job_id)


@pytest.mark.usefixtures("context")
def test_a_job_s_file_is_found_by_its_record(done: Job) -> None:
    (file,) = done.files
    assert files.path(file).read_bytes() == b"letters"
    assert (file.part, file.size, len(file.name)) == ("letters.pdf", 7, 32)
    assert list(files.broken()) == []


@pytest.mark.usefixtures("context")
def test_a_file_that_was_changed_or_lost_is_noticed(done: Job) -> None:
    (file,) = done.files
    files.path(file).write_bytes(b"Letters")
    assert list(files.broken()) == [file.name]
    files.path(file).unlink()
    assert list(files.broken()) == [file.name]


@pytest.mark.usefixtures("context")
def test_a_file_without_a_record_is_swept_and_one_with_a_record_stays(done: Job) -> None:
    made = make()
    unfinished = files.folder() / "half.new"
    unfinished.touch()
    for name in (made.name, unfinished.name, done.files[0].name):
        age(name)
    assert housekeeping.sweep() == 2
    assert [file.name for file in files.folder().iterdir()] == [done.files[0].name]


@pytest.mark.usefixtures("context")
def test_a_part_that_is_made_again_takes_the_place_of_the_first(done: Job) -> None:
    made = make(b"better letters")
    files.record(done.id, "letters.pdf", made)
    db.session.commit()
    assert [file.name for file in db.session.query(JobFile)] == [made.name]
    age(done.files[0].name)
    assert housekeeping.sweep() == 1


@pytest.mark.usefixtures("context")
def test_files_are_kept_until_their_last_day_and_deleted_after_it(done: Job) -> None:
    (file,) = done.files
    assert files.expire(schedule.today() + timedelta(days=7)) == 0
    assert files.path(file).exists()
    assert files.expire(schedule.today() + timedelta(days=8)) == 1
    assert not files.path(file).exists()
    assert db.session.query(JobFile).count() == 0
    assert db.session.get_one(Job, done.id).state is JobState.DONE


def test_a_full_disk_leaves_no_file_and_no_record_and_the_job_says_so(
    app: Flask, handle: Handle, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle(store_one)
    job_id = enqueue(total=1)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with app.app_context():
        before = make()
        with monkeypatch.context() as disk:
            disk.setattr(os, "fsync", full)
            work_on(job_id)
        assert [file.name for file in files.folder().iterdir()] == [before.name]
    job = stored(app, job_id)
    assert (job.state, job.reason, job.done, job.files) == (JobState.FAILED, reasons.DISK_FULL, 0, [])
