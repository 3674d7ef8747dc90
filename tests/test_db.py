"""Transactions on both databases: writers take turns, readers do not wait for them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from campaign_app import db as database_module
from campaign_app import faults
from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import SQLITE_PRAGMAS, begin_writing, db, read_only, writing_in_turn
from campaign_app.faults import Fault
from campaign_app.groups.models import Group
from tests.databases import on_both_databases

A_SHORT_WHILE = 200  # ms

Holding = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers wait for each other, but not for long."""
    monkeypatch.setattr(database_module, "LONGEST_WAIT", A_SHORT_WHILE)
    monkeypatch.setitem(SQLITE_PRAGMAS, "busy_timeout", str(A_SHORT_WHILE))


@pytest.fixture
def somebody_writes(impatient: None, app: Flask) -> Holding:  # noqa: ARG001
    """Hold the writers' lock in another thread, as a backup or a broken program would."""

    @contextmanager
    def holding() -> Iterator[None]:
        held, release = threading.Event(), threading.Event()

        def hold() -> None:
            with app.app_context():
                begin_writing()
                db.session.scalar(select(Group.id))
                held.set()
                release.wait(30)
                db.session.rollback()

        with ThreadPoolExecutor(1) as other:
            future = other.submit(hold)
            held.wait(30)
            try:
                yield
            finally:
                release.set()
                future.result()

    return holding


@on_both_databases
def test_safety_28_what_is_read_before_it_is_written_is_still_true_then(app: Flask, group: Group) -> None:
    """Eight threads count up; each reads the number first."""

    def count(_: int) -> None:
        with app.app_context():
            row = db.session.get_one(Group, group.id)
            row.number += 1
            db.session.commit()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(40)))
    with app.app_context():
        assert db.session.get_one(Group, group.id).number == group.number + 40


@on_both_databases
def test_who_writes_in_turn_lets_others_write_whatever_happens(app: Flask, group: Group) -> None:
    """Every second of eight threads fails after it has written."""

    def count(number: int) -> None:
        with app.app_context(), suppress(ZeroDivisionError), writing_in_turn():
            db.session.get_one(Group, group.id).number += 1
            db.session.flush()
            1 // (number % 2)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(40)))
    with app.app_context():
        assert db.session.get_one(Group, group.id).number == group.number + 20


@on_both_databases
def test_who_only_reads_waits_for_no_writer(app: Flask, group: Group, somebody_writes: Holding) -> None:
    with somebody_writes(), app.app_context():
        read_only()
        assert db.session.get_one(Group, group.id).number == group.number


@on_both_databases
class TestLocked:
    """SAFETY 26: the database is locked for longer than anybody waits."""

    def test_safety_26_the_page_says_so_and_nothing_is_recorded(
        self,
        app: Flask,
        campaign: Campaign,
        organizer: FlaskClient,
        somebody_writes: Holding,
    ) -> None:
        with somebody_writes():
            answer = organizer.post(f"/desk/campaigns/{campaign.slug}/status", data={"status": "suspended"})
        assert answer.status_code == 503
        assert "was not recorded" in answer.text
        with app.app_context():
            assert db.session.get_one(Campaign, campaign.id).status is Status.OPEN

    def test_pages_are_read_all_the_same(
        self, organizer: FlaskClient, campaign: Campaign, somebody_writes: Holding
    ) -> None:
        with somebody_writes():
            assert organizer.get(f"/desk/campaigns/{campaign.slug}").status_code == 200

    def test_it_is_known_as_locked(self, app: Flask, somebody_writes: Holding) -> None:
        with somebody_writes(), app.app_context():
            begin_writing()
            with pytest.raises(Exception) as raised:  # noqa: PT011 - each database has its own
                db.session.scalar(select(Group.id))
            db.session.rollback()
            assert faults.of(raised.value) is Fault.LOCKED


def test_safety_26_a_full_disk_is_said_to_be_full_and_nothing_is_half_recorded(
    app: Flask, campaign: Campaign, organizer: FlaskClient
) -> None:
    """SAFETY 26, with a database that may not grow by a page."""
    with app.app_context():
        event.listen(db.engine, "connect", _leave_no_room)
        db.engine.dispose()
    update = {"day": date.today().isoformat(), "text": "A word. " * 200}
    answers = [organizer.post(f"/desk/campaigns/{campaign.slug}/updates", data=update) for _ in range(10)]
    stored = [answer for answer in answers if answer.status_code == 303]
    full = [answer for answer in answers if answer.status_code == 507]
    assert full
    assert len(stored) + len(full) == 10
    assert all("disk of this site is full" in answer.text for answer in full)
    with app.app_context():
        assert len(db.session.get_one(Campaign, campaign.id).updates) == len(stored)


def _leave_no_room(connection: sqlite3.Connection, _: object) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")


@on_both_databases
@pytest.mark.parametrize("number", [2**31, 2**63])
def test_an_id_beyond_what_the_database_counts_is_nobody_s(staff: FlaskClient, number: int) -> None:
    assert staff.get(f"/targets/{number}").status_code == 404
