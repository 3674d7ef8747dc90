"""SAFETY 26 for posting: a disk that is full. What is locked for long is in tests/test_db.py."""

from __future__ import annotations

import sqlite3

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.tracking.models import Act
from tests.tracking.conftest import TODAY, AddLetter

LETTERS = 300


def test_safety_26_a_scan_that_finds_the_disk_full_marks_nothing_and_says_so(
    app: Flask, organizer: FlaskClient, add_letter: AddLetter
) -> None:
    for number in range(LETTERS):
        add_letter(number)
    with app.app_context():
        event.listen(db.engine, "connect", _leave_no_room)
        db.engine.dispose()
    scans = [{"code": f"http://localhost/l/letter-{number}", "day": TODAY.isoformat()} for number in range(LETTERS)]
    codes = [organizer.post("/desk/posting/scan", data=scan).status_code for scan in scans]
    assert set(codes) == {200, 507}
    with app.app_context():
        marked = select(func.count()).select_from(LetterRecord).where(LetterRecord.status == LetterStatus.POSTED)
        assert db.session.scalar(marked) == codes.count(200) == db.session.query(Act).count()
        assert list(broken()) == []


def _leave_no_room(connection: sqlite3.Connection, _: object) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")
