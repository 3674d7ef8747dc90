"""Files that jobs make: written whole under a random name, then recorded with the progress, then found by their job.

made = files.make(pdf.save)                    # temporary file, fsync, rename, fsync of the folder
with work.storing(done=12):
    files.record(work.job_id, "letters.pdf", made)
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BufferedRandom
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from campaign_app import durable
from campaign_app.db import begin_writing, db
from campaign_app.jobs.models import Job, JobFile


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is on the disk and not recorded yet."""

    name: str
    sha256: str
    size: int


def folder() -> Path:
    """Where the files of jobs are."""
    return Path(current_app.instance_path, "files", "jobs")


def path(file: JobFile) -> Path:
    return folder() / file.name


def make(fill: Callable[[BufferedRandom], object]) -> Made:
    """Write a file by ``fill``, which gets a stream to write and seek in. Raises OSError where the disk is full."""
    name = secrets.token_hex(16)
    with durable.whole(folder() / name) as stream:
        fill(stream)
        size = stream.seek(0, 2)
        stream.seek(0)
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return Made(name, sha256, size)


def record(job_id: int, part: str, made: Made) -> JobFile:
    """Record what was made as the job's ``part``, in place of an earlier one; the caller commits."""
    known = db.session.scalar(select(JobFile).filter_by(job_id=job_id, part=part))
    file = known or JobFile(job_id=job_id, part=part)
    file.name, file.sha256, file.size = made.name, made.sha256, made.size
    db.session.add(file)
    return file


def expire(today: date) -> int:
    """Delete the files of jobs whose time is over; how many these were."""
    begin_writing()
    over = select(JobFile).join(Job).where(Job.expires_on < today)
    files = db.session.scalars(over).all()
    paths = [path(file) for file in files]
    for file in files:
        db.session.delete(file)
    db.session.commit()
    for stale in paths:  # a crash before this leaves files without a record, which are swept
        stale.unlink(missing_ok=True)
    return len(paths)


def broken() -> Iterator[str]:
    """The names of files that are recorded and gone, or other than they were."""
    for file in db.session.scalars(select(JobFile).order_by(JobFile.id)):
        if not path(file).is_file() or _sha256(path(file)) != file.sha256:
            yield file.name


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
