"""The room where stored files lie: putting one in, reading it, clearing away what has no record.

    with room.adding("print run results", group_id=7, expires_on=day) as new:
        new.write(content)
    db.session.add(Result(file=new.row))
    db.session.commit()

The file is whole and on the disk before its record is committed. A record that is deleted takes its file along once
that is committed.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Mapper, Session, object_session

from campaign_app import durable, frames
from campaign_app.db import db, now
from campaign_app.stored_files.models import StoredFile

FOLDER = "sealed"  # in the instance folder
LEAVING = "stored files that leave with this transaction"
PIECE = 1024 * 1024  # bytes


@dataclass
class New:
    """A file that is being written; ``row`` is its record once it is."""

    _sealer: frames.Sealer
    row: StoredFile = field(init=False)

    def write(self, content: bytes) -> int:
        return self._sealer.write(content)


@contextmanager
def adding(purpose: str, *, group_id: int | None = None, expires_on: date | None = None) -> Iterator[New]:
    """Write a sealed file; its record joins the caller's transaction. No file is left where anything is raised."""
    key, name = frames.new_key(), secrets.token_hex(16)
    with durable.whole(folder() / name) as stream:
        digest = _Digest(stream)
        new = New(frames.Sealer(digest, key, name.encode()))  # type: ignore[arg-type] # all that it does is write
        yield new
        new._sealer.close()
    new.row = StoredFile(
        name=name, purpose=purpose, group_id=group_id, expires_on=expires_on, key=b64encode(key).decode(),
        sha256=digest.sha256.hexdigest(), size=new._sealer.size,
    )  # fmt: skip
    db.session.add(new.row)


def read(row: StoredFile) -> Iterator[bytes]:
    """The content, piece by piece, also after the request is over. Raises ``frames.Damaged``, and FileNotFoundError."""
    return _opened(file_of(row).open("rb"), b64decode(row.key), row.name.encode())


def seekable(row: StoredFile) -> BinaryIO:
    """The content to be read from any place, a frame of it in memory at a time. Raises what ``read`` does."""
    raw = frames.Seekable(file_of(row).open("rb"), b64decode(row.key), row.name.encode(), row.size)
    return io.BufferedReader(raw, frames.FRAME)


def _opened(stream: BinaryIO, key: bytes, name: bytes) -> Iterator[bytes]:
    with stream:
        yield from frames.opened(stream, key, name)


def file_of(row: StoredFile) -> Path:
    return folder() / row.name


def folder() -> Path:
    return Path(current_app.instance_path, FOLDER)


def digest_of(file: Path) -> str:
    """The SHA-256 of a file as it lies on the disk."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sweep() -> int:
    """Delete files that no record knows, such as a crash leaves them; how many these were."""
    return durable.sweep(folder(), set(db.session.scalars(select(StoredFile.name))), durable.age_limit(now()))


class _Digest:
    """Hashes what passes through on its way to a file."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self.sha256 = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.sha256.update(content)
        return self._sink.write(content)


@event.listens_for(StoredFile, "after_delete")
def _leaves(_mapper: Mapper[Any], _connection: Connection, row: StoredFile) -> None:
    if session := object_session(row):
        session.info.setdefault(LEAVING, []).append(file_of(row))


@event.listens_for(Session, "after_commit")
def _left(session: Session) -> None:
    for file in session.info.pop(LEAVING, ()):
        file.unlink(missing_ok=True)


@event.listens_for(Session, "after_rollback")
def _stays(session: Session) -> None:
    session.info.pop(LEAVING, None)
