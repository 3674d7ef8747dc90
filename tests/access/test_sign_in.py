from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.access.accounts import new_account, with_role
from campaign_app.access.sign_in import DEMO_PASSWORD
from campaign_app.pages import local_address
from campaign_app.people.models import Person, Role
from tests.conftest import SignIn, store

PASSWORD = "another long password"


@pytest.fixture
def account(app: Flask) -> str:
    """The e-mail of somebody of staff whose password is PASSWORD."""
    with app.app_context():
        person = with_role(Person(name="Park"), Role.STAFF, None, date(2026, 1, 1))
        store(app, new_account(person, "park@example.org", PASSWORD))
    return "park@example.org"


@pytest.fixture
def demo_account(app: Flask) -> str:
    with app.app_context():
        person = with_role(Person(name="Demo"), Role.STAFF, None, date(2026, 1, 1))
        store(app, new_account(person, "demo@example.org", DEMO_PASSWORD, demo=True))
    return "demo@example.org"


def enter(client: FlaskClient, email: str, password: str, **more: str) -> str:
    answer = client.post("/sign-in", data={"email": email, "password": password, **more})
    return answer.location if answer.status_code in (302, 303) else answer.text


def test_who_signs_in_comes_to_the_desk(client: FlaskClient, account: str) -> None:
    assert enter(client, account, PASSWORD) == "/desk"
    assert client.get("/desk").status_code == 200


@pytest.mark.parametrize("language", ["en", "ko"])
def test_safety_sessions_a_known_and_an_unknown_e_mail_get_the_same_answer(
    client: FlaskClient, account: str, language: str
) -> None:
    client.get(f"/?lang={language}")
    known = enter(client, account, "wrong").replace(account, "")
    unknown = enter(client, "nobody@example.org", "wrong").replace("nobody@example.org", "")
    assert "E-mail" in known or language == "ko"
    assert known.count('class="error"') == unknown.count('class="error"') == 0
    assert 'role="alert"' in known
    assert [line for line in known.splitlines() if "csrf" not in line] == [
        line for line in unknown.splitlines() if "csrf" not in line
    ]


@pytest.mark.parametrize("way", ["//evil.example/", "/\\evil.example", "https://evil.example/"])
def test_safety_requests_the_way_on_after_signing_in_stays_on_the_site(
    client: FlaskClient, account: str, way: str
) -> None:
    answer = client.post("/sign-in", data={"email": account, "password": PASSWORD, "next": way})
    assert answer.status_code == 200 or local_address(answer.location)


def test_a_demo_account_is_admitted_only_on_a_demonstration(app: Flask, client: FlaskClient, demo_account: str) -> None:
    assert "for demonstrations" in enter(client, demo_account, DEMO_PASSWORD)
    app.config["DEMO"] = True
    assert enter(client, demo_account, DEMO_PASSWORD) == "/desk"


def test_safety_20_a_role_that_ended_stops_working_at_the_next_request(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.STAFF)
    assert client.get("/desk").status_code == 200
    with app.app_context():
        from campaign_app.db import db
        from campaign_app.people.models import Membership

        db.session.query(Membership).update({"ends_on": date(2025, 1, 1)})
        db.session.commit()
    assert client.get("/desk").status_code == 403


def test_signing_out_ends_the_session(client: FlaskClient, account: str) -> None:
    enter(client, account, PASSWORD)
    client.post("/sign-out")
    assert client.get("/desk").status_code == 302
