"""Stored documents are sealed, whole, and leave with their record."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from campaign_app import frames
from campaign_app.db import db, now
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile

CONTENT = b"Dear Minji, " * 60_000


def put(content: bytes = CONTENT) -> StoredFile:
    with room.adding("print run results") as new:
        new.write(content)
    db.session.commit()
    return new.row


def files() -> list[Path]:
    return list(room.folder().iterdir())


def test_safety_rule_3_a_document_comes_back_as_it_was_and_lies_there_unreadable(app: Flask) -> None:
    with app.app_context():
        row = put()
        assert b"".join(room.read(row)) == CONTENT
        assert b"Minji" not in room.file_of(row).read_bytes()
        assert (row.size, row.sha256) == (len(CONTENT), room.digest_of(room.file_of(row)))


def test_a_document_whose_writing_fails_leaves_nothing(app: Flask) -> None:
    with app.app_context():
        with suppress(OSError), room.adding("print run results") as new:
            new.write(CONTENT)
            raise OSError("The disk is full.")
        assert files() == []
        assert db.session.query(StoredFile).count() == 0


def test_a_file_leaves_once_its_record_is_gone_and_not_before(app: Flask) -> None:
    with app.app_context():
        row = put()
        db.session.delete(row)
        db.session.flush()
        db.session.rollback()
        assert len(files()) == 1
        db.session.delete(row)
        db.session.commit()
        assert files() == []


def test_files_without_a_record_are_swept_away_once_nobody_can_be_writing_them(app: Flask) -> None:
    with app.app_context():
        row = put()
        (room.folder() / "stray").write_bytes(b"left by a crash")
        assert room.sweep() == 0
        with time_machine.travel(now() + timedelta(hours=2)):
            assert room.sweep() == 1
        assert [file.name for file in files()] == [row.name]


def test_a_file_put_in_the_place_of_another_does_not_open(app: Flask) -> None:
    with app.app_context():
        one, other = put(b"one"), put(b"other")
        room.file_of(one).write_bytes(room.file_of(other).read_bytes())
        with pytest.raises(frames.Damaged):
            b"".join(room.read(one))
