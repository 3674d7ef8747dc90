from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select, text

from campaign_app.access.devices import browser, system
from campaign_app.access.models import SignedIn
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Role
from tests.access.conftest import PASSWORD, MakeAccount, enter

MORNING = datetime(2026, 11, 2, 8, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("session")
    return found.value if found else ""


def replayed(app: Flask, value: str) -> FlaskClient:
    """A browser that got hold of a cookie."""
    client = app.test_client()
    client.set_cookie("session", value)
    return client


def test_safety_sessions_the_id_rotates_at_sign_in(app: Flask, client: FlaskClient, account: str) -> None:
    client.get("/sign-in")
    before = cookie(client)
    with client.session_transaction() as session:
        session["signed_in"] = "chosen by somebody else"
        session["csrf_token"] = "known to somebody else"
    enter(client, account)
    with client.session_transaction() as session:
        assert session["signed_in"] != "chosen by somebody else"
        assert session.get("csrf_token") != "known to somebody else"
    assert replayed(app, before).get("/desk").status_code == 302


def test_safety_sessions_signing_out_revokes_on_the_server(app: Flask, client: FlaskClient, account: str) -> None:
    enter(client, account)
    stolen = cookie(client)
    assert replayed(app, stolen).get("/desk").status_code == 200
    client.post("/sign-out")
    assert replayed(app, stolen).get("/desk").status_code == 302
    with app.app_context():
        assert db.session.query(SignedIn).count() == 0


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.STAFF])
def test_safety_sessions_end_after_30_idle_minutes_and_12_hours_at_most(
    client: FlaskClient, make_account: MakeAccount, group: Group, role: Role
) -> None:
    make_account(role, group if role is Role.ORGANIZER else None)
    with time_machine.travel(MORNING, tick=False) as clock:
        enter(client)
        for _ in range(25):
            assert client.get("/desk").status_code == 200
            clock.shift(timedelta(minutes=29))
        clock.move_to(MORNING + timedelta(hours=11, minutes=59))
        assert client.get("/desk").status_code == 200
        clock.shift(timedelta(minutes=1))
        assert client.get("/desk").location.startswith("/sign-in")
        enter(client)
        clock.shift(timedelta(minutes=30))
        assert client.get("/account/sign-in").location.startswith("/sign-in")


def test_a_members_session_outlasts_half_an_hour(client: FlaskClient, make_account: MakeAccount, group: Group) -> None:
    make_account(Role.MEMBER, group)
    with time_machine.travel(MORNING, tick=False) as clock:
        enter(client)
        clock.shift(timedelta(hours=11))
        assert client.get("/account/sign-in").status_code == 200
        clock.shift(timedelta(hours=12))
        assert client.get("/account/sign-in").status_code == 302


def test_one_sees_where_one_is_signed_in_and_ends_it(app: Flask, client: FlaskClient, account: str) -> None:
    other = app.test_client()
    other.post("/sign-in", data={"email": account, "password": PASSWORD}, headers={"User-Agent": FIREFOX})
    enter(client, account)
    with app.app_context():
        row_id = db.session.scalars(select(SignedIn.id).filter_by(browser="Firefox")).one()
        db.session.query(SignedIn).update({"grace": True})  # both may go on without a second factor
        db.session.commit()
    assert "Firefox on Linux" in client.get("/account/sign-in").text
    client.post(f"/account/sessions/{row_id}/end")
    assert other.get("/desk").status_code == 302
    assert client.get("/desk").status_code == 200


def test_one_ends_all_other_sessions_at_once(app: Flask, account: str) -> None:
    clients = [app.test_client() for _ in range(3)]
    for client in clients:
        enter(client, account)
    clients[0].post("/account/sessions/end-others")
    assert [client.get("/account/sign-in").status_code for client in clients] == [200, 302, 302]


def test_nobody_ends_the_session_of_somebody_else(
    app: Flask, client: FlaskClient, make_account: MakeAccount, group: Group
) -> None:
    victim = app.test_client()
    enter(victim, make_account(Role.STAFF))
    enter(client, make_account(Role.ORGANIZER, group, "kim@example.org"))
    with app.app_context():
        row = db.session.scalars(select(SignedIn).order_by(SignedIn.id)).first()
        assert row
    assert client.post(f"/account/sessions/{row.id}/end").status_code == 404
    assert victim.get("/desk").status_code == 200


def test_a_new_password_ends_the_other_sessions(app: Flask, client: FlaskClient, account: str) -> None:
    other = app.test_client()
    enter(other, account)
    enter(client, account)
    data = {"password": PASSWORD, "new_password": "a new long sentence", "new_password_confirm": "a new long sentence"}
    assert client.post("/account/password", data=data).location == "/account/sign-in"
    assert client.get("/account/sign-in").status_code == 200
    assert other.get("/account/sign-in").status_code == 302
    assert enter(app.test_client(), account).status_code == 200
    assert enter(app.test_client(), account, "a new long sentence").status_code == 302


def test_no_address_and_no_token_of_a_session_is_stored(app: Flask, client: FlaskClient, account: str) -> None:
    enter(client, account)
    with client.session_transaction() as session:
        token = session["signed_in"]
    with app.app_context():
        row = db.session.execute(text("SELECT * FROM signed_in")).mappings().one()
    assert token not in map(str, row.values())
    assert "127.0.0.1" not in map(str, row.values())


@pytest.mark.parametrize("name", ["auth_token", "include_auth_token"])
def test_no_page_hands_out_a_token_that_signs_in(client: FlaskClient, account: str, name: str) -> None:
    data = {"email": account, "password": PASSWORD}
    answer = client.post(f"/sign-in?{name}=1", data=data, headers={"Accept": "application/json"})
    assert "authentication_token" not in answer.text
    assert answer.mimetype != "application/json"


def test_safety_sessions_cookies_are_for_https_and_the_server_alone(app: Flask, account: str) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    header = enter(app.test_client(), account).headers["Set-Cookie"]
    assert "Secure" in header
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", ("Safari", "iPhone")),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25.0 Chrome/121.0 Safari/537",
            ("Samsung Internet", "Android"),
        ),
        ("curl/8", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_device_is_named_in_plain_words(agent: str, words: tuple[str, str]) -> None:
    assert (browser(agent), system(agent)) == words


@pytest.mark.browser
def test_who_types_is_not_idle(page: Page) -> None:
    page.clock.install()
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in as").nth(1).click()
    page.goto("/desk/campaigns/new")
    page.get_by_label("Title").fill("A")
    page.clock.fast_forward("11:00")
    with page.expect_response("**/account/alive") as told:
        page.get_by_label("Title").fill("A long")
    assert told.value.status == 204
