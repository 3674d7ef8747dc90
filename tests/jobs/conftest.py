"""Toy kinds of jobs, and jobs of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.access.models import Account
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.jobs import queue
from campaign_app.jobs.handlers import HANDLERS, handles
from campaign_app.jobs.models import Job
from campaign_app.people.models import Membership, Person, Role
from tests.conftest import store

KIND = "toy"

Handle = Callable[..., None]
Enqueue = Callable[..., int]


@pytest.fixture
def handle() -> Iterator[Handle]:
    """Have toy jobs done by a function, for one test."""
    before = dict(HANDLERS)

    def register(task: Callable[[Any], None], **details: Any) -> None:
        HANDLERS.pop(KIND, None)
        handles(KIND, **{"permission": None, "title": "A toy", **details})(task)

    yield register
    HANDLERS.clear()
    HANDLERS.update(before)


@pytest.fixture
def enqueue(app: Flask, handle: Handle) -> Enqueue:
    """Queue a toy job, and get its id."""
    if KIND not in HANDLERS:
        handle(lambda _: None)

    def queued(subject: int | None = 1, **details: Any) -> int:
        with app.app_context():
            job_id = queue.enqueue(KIND, subject, **details).id
            db.session.commit()
        return job_id

    return queued


@pytest.fixture
def account(app: Flask, group: Group) -> Account:
    """The account of an organizer of ``group``."""
    membership = Membership(role=Role.ORGANIZER, group_id=group.id, starts_on=date(2020, 1, 1))
    person = Person(name="Organizer Person", memberships=[membership])
    account = Account(email="asks@example.org", password="", fs_uniquifier="asks", person=person)
    store(app, account)
    return account


def stored(app: Flask, job_id: int) -> Job:
    """The job as it is in the table now."""
    with app.app_context():
        job = db.session.scalars(select(Job).where(Job.id == job_id)).one()
        db.session.expunge_all()
    return job


def asked_by(app: Flask, client: FlaskClient) -> int:
    """The id of the account that is signed in."""
    with client.session_transaction() as session, app.app_context():
        return db.session.scalars(select(Account.id).where(Account.fs_uniquifier == session["_user_id"])).one()
