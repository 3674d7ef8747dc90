"""A job's files: what a full disk leaves of them."""

from __future__ import annotations

import errno
import os

import pytest
from flask import Flask

from campaign_app.db import db
from campaign_app.jobs import queue, reasons
from campaign_app.jobs.models import JobState
from campaign_app.jobs.work import Work
from campaign_app.jobs.worker import work_on
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile
from tests.databases import on_both_databases
from tests.jobs.conftest import Enqueue, Handle, stored

pytestmark = on_both_databases


def store_one(work: Work) -> None:
    with room.adding("letters") as new:
        new.write(b"Dear Minister,")
    db.session.expunge(new.row)
    with work.storing(done=1):
        db.session.add(new.row)


def test_safety_26_a_full_disk_leaves_no_file_and_no_record_and_the_job_says_so_and_goes_on_when_there_is_room(
    app: Flask, handle: Handle, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle(store_one)
    job_id = enqueue(total=1)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with app.app_context():
        with monkeypatch.context() as disk:
            disk.setattr(os, "fsync", full)
            work_on(job_id)
        assert (list(room.folder().iterdir()), db.session.query(StoredFile).count()) == ([], 0)
    job = stored(app, job_id)
    assert (job.state, job.reason, job.done) == (JobState.FAILED, reasons.DISK_FULL, 0)
    with app.app_context():
        assert queue.resume(job_id)
        work_on(job_id)
        assert (len(list(room.folder().iterdir())), db.session.query(StoredFile).count()) == (1, 1)
    assert stored(app, job_id).state is JobState.DONE
