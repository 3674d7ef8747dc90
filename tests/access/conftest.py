"""Accounts to sign in with, and what an authenticator app does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from werkzeug.test import TestResponse

from campaign_app.access.accounts import new_account
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Role
from tests.conftest import store

PASSWORD = "another long password"
ADDRESS = "park@example.org"

MakeAccount = Callable[..., str]


@pytest.fixture
def make_account(app: Flask) -> MakeAccount:
    """Make an account with a role and PASSWORD; its e-mail address."""

    def made(role: Role | None, group: Group | None = None, email: str = ADDRESS) -> str:
        with app.app_context():
            person = Person(name="Park", email=email)
            if role:
                held = Membership(role=role, group_id=group and group.id, starts_on=date(2020, 1, 1))
                person.memberships.append(held)
            store(app, new_account(person, email, PASSWORD))
        return email

    return made


@pytest.fixture
def account(make_account: MakeAccount) -> str:
    """The e-mail of somebody of staff whose password is PASSWORD."""
    return make_account(Role.STAFF)


def enter(client: FlaskClient, email: str = ADDRESS, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


class App:
    """An authenticator app that learned its key from a page."""

    def __init__(self, page: str) -> None:
        found = re.search(r"<kbd>([A-Z2-7 -]+)</kbd>", page)
        assert found, page
        self.totp = TOTP(key=found[1].replace("-", "").replace(" ", ""))

    def code(self, later: timedelta = timedelta(0)) -> str:
        return str(self.totp.generate(int((datetime.now(UTC) + later).timestamp())).token)


def set_up_app(client: FlaskClient) -> App:
    """Set up an authenticator app for whoever is signed in."""
    page = client.post("/account/app", data={"setup": "authenticator"}).text
    app = App(page)
    where = re.search(r'action="(/account/app/[^"]+)"', page)
    assert where, page
    answer = client.post(where[1], data={"code": app.code()})
    assert answer.location == "/account/sign-in", answer.text
    return app


def link_on(page: str) -> str:
    """The path of the link that a page shows to be passed on."""
    found = re.search(r'readonly value="https?://[^/]+(/[^"]+)"', page)
    assert found, page
    return found[1]
