"""What is done once a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from campaign_app.days import today
from campaign_app.db import db, now
from campaign_app.jobs import schedule
from campaign_app.jobs.handlers import HANDLERS, daily, handles
from campaign_app.jobs.models import Job, JobState
from campaign_app.jobs.work import Work
from campaign_app.jobs.worker import work_next
from campaign_app.privacy import forgetting
from tests.databases import on_both_databases
from tests.jobs.conftest import Handle

BEFORE_MIDNIGHT = datetime(2026, 11, 24, 14, 59, tzinfo=UTC)  # in Seoul
MINUTE = timedelta(minutes=1)

pytestmark = on_both_databases

Days = list[str]


@pytest.fixture
def done(handle: Handle) -> Days:
    """The days on which a daily task was done."""
    assert handle
    days: Days = []

    @daily("note the day")
    def note(_: Work) -> None:
        days.append(str(today()))

    return days


@pytest.fixture
def pass_by(app: Flask) -> Callable[[], None]:
    """Do what a worker does when it comes by, as a process that was just started."""

    def come_by() -> None:
        app.extensions.pop(schedule._BEGUN, None)
        with app.app_context():
            schedule.begin_day()
            while work_next():
                pass

    return come_by


def test_a_daily_task_is_done_once_a_day_from_midnight_of_the_section(pass_by: Callable[[], None], done: Days) -> None:
    with time_machine.travel(BEFORE_MIDNIGHT, tick=False) as clock:
        pass_by()
        pass_by()
        assert done == ["2026-11-24"]
        clock.shift(2 * MINUTE)
        pass_by()
        pass_by()
        assert done == ["2026-11-24", "2026-11-25"]


def test_safety_26_a_clock_set_back_over_midnight_does_it_no_second_time(
    pass_by: Callable[[], None], done: Days
) -> None:
    with time_machine.travel(BEFORE_MIDNIGHT, tick=False) as clock:
        pass_by()
        clock.shift(2 * MINUTE)
        pass_by()
        clock.move_to(BEFORE_MIDNIGHT - timedelta(hours=1))
        pass_by()
    assert done == ["2026-11-24", "2026-11-25"]


def test_of_two_workers_one_queues_the_day(app: Flask, done: Days) -> None:
    with app.app_context():
        schedule._queue("note the day", today())
        schedule._queue("note the day", today())
        assert db.session.query(Job).filter_by(kind="note the day").count() == 1
    assert done == []


def test_jobs_of_long_ago_are_forgotten_and_those_that_never_ended_are_not(app: Flask) -> None:
    long_ago = now() - timedelta(days=32)
    ended = {"state": JobState.DONE, "ended_at": long_ago}
    with app.app_context():
        young = {"kind": "note the day", "subject": None, "state": JobState.DONE, "ended_at": now()}
        db.session.add_all(Job(**young) for _ in range(20))
        db.session.add(Job(kind="sweep stored files", subject=None, day=long_ago.date(), **ended))
        db.session.add(Job(kind="note the day", subject=None, created_at=long_ago, state=JobState.CANCELLING))
        db.session.commit()
        assert forgetting.forget(today()).counts == {"job payloads": 1}
        assert db.session.query(Job).filter_by(day=long_ago.date()).count() == 0


def test_a_kind_is_done_by_one_function(app: Flask) -> None:
    assert app
    with pytest.raises(KeyError):
        handles("sweep stored files", permission=None, title="")(lambda _: None)
    assert HANDLERS["sweep stored files"].is_daily
