from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from campaign_app.access.models import Account, Passkey
from campaign_app.db import db, now
from campaign_app.groups.models import Group
from campaign_app.people.models import Role
from campaign_app.privacy.models import AuditEntry
from tests.access.conftest import ADDRESS, PASSWORD, App, MakeAccount, enter, set_up_app

STEP = timedelta(seconds=30)


@pytest.fixture
def with_app(app: Flask, account: str) -> App:
    """The authenticator app of ``account``, which is signed out."""
    assert account == ADDRESS
    client = app.test_client()
    enter(client)
    return set_up_app(client)


def add_passkey(app: Flask) -> None:
    with app.app_context():
        account = db.session.scalars(select(Account).filter_by(active=True)).one()
        account.webauthn.append(
            Passkey(
                name="blue key", credential_id=b"id", public_key=b"key", sign_count=0, backup_state=False,
                device_type="single_device", lastuse_datetime=now(), usage="first",
            )
        )  # fmt: skip
        db.session.commit()


def recovery_codes(client: FlaskClient) -> list[str]:
    page = client.post("/account/recovery-codes", data={"generate_new_codes": "yes"}).text
    return re.findall(r"<kbd>([0-9A-Z-]+)</kbd>", page)


class TestGrace:
    @pytest.mark.parametrize("role", [Role.ORGANIZER, Role.STAFF])
    def test_one_sign_in_may_do_without_and_is_reminded(
        self, app: Flask, client: FlaskClient, make_account: MakeAccount, group: Group, role: Role
    ) -> None:
        make_account(role, group if role is Role.ORGANIZER else None)
        enter(client)
        assert "Set it up now" in client.get("/desk").text
        second = app.test_client()
        enter(second)
        assert second.get("/desk").location == "/account/sign-in"

    def test_whoever_is_led_reaches_nothing_else_until_it_is_set_up(self, app: Flask, account: str) -> None:
        assert account
        enter(app.test_client())
        client = app.test_client()
        enter(client)
        closed = ["/desk", "/targets/", "/desk/access", "/desk/campaigns/new", "/account/recovery-codes"]
        assert {client.get(path).location for path in closed} == {"/account/sign-in"}
        assert client.post("/desk/access/invite").location == "/account/sign-in"
        assert client.get("/").status_code == 200
        set_up_app(client)
        assert client.get("/desk").status_code == 200

    def test_a_member_needs_none(self, app: Flask, make_account: MakeAccount, group: Group) -> None:
        make_account(Role.MEMBER, group)
        for client in (app.test_client(), app.test_client()):
            assert enter(client).location == "/my-group/"
            assert "second factor first" not in client.get("/account/sign-in").text

    def test_a_demo_account_on_a_demonstration_needs_none(self, app: Flask, account: str) -> None:
        assert account
        with app.app_context():
            db.session.execute(update(Account).values(demo=True))
            db.session.commit()
        app.config["DEMO"] = True
        for client in (app.test_client(), app.test_client()):
            enter(client)
            assert client.get("/desk").status_code == 200
        assert "no second factor here" in app.test_client().get("/sign-in").text


class TestAuthenticatorApp:
    def test_its_code_is_asked_for_after_the_password(self, client: FlaskClient, with_app: App) -> None:
        assert enter(client).location.startswith("/sign-in/code")
        assert client.get("/desk").status_code == 302
        assert client.post("/sign-in/code", data={"code": with_app.code(STEP)}).location == "/desk"
        assert client.get("/desk").status_code == 200

    def test_whoever_is_signed_in_stays_so_on_its_page(self, client: FlaskClient, with_app: App) -> None:
        enter(client)
        client.post("/sign-in/code", data={"code": with_app.code(STEP)})
        assert client.get("/sign-in/code").location == "/desk"
        assert client.post("/sign-in/code", data={"code": "000000"}).location == "/desk"
        assert client.get("/desk").status_code == 200

    @pytest.mark.parametrize("code", ["000000", "", "12345678901234567890123", "１２３４５６"])
    def test_a_wrong_code_opens_nothing(self, client: FlaskClient, with_app: App, code: str) -> None:
        assert with_app
        enter(client)
        assert client.post("/sign-in/code", data={"code": code}).status_code == 200
        assert client.get("/desk").status_code == 302

    def test_safety_sessions_a_code_that_was_used_is_refused(
        self, app: Flask, client: FlaskClient, with_app: App
    ) -> None:
        code = with_app.code(STEP)
        enter(client)
        assert client.post("/sign-in/code", data={"code": code}).location == "/desk"
        thief = app.test_client()
        enter(thief)
        assert "was used before" in thief.post("/sign-in/code", data={"code": code}).text

    def test_the_code_that_set_the_app_up_does_not_sign_in(self, client: FlaskClient, with_app: App) -> None:
        enter(client)
        assert "was used before" in client.post("/sign-in/code", data={"code": with_app.code()}).text

    def test_a_mistyped_code_does_not_change_the_key_that_the_phone_knows(
        self, client: FlaskClient, account: str
    ) -> None:
        enter(client, account)
        page = client.post("/account/app", data={"setup": "authenticator"}).text
        where = re.search(r'action="(/account/app/[^"]+)"', page)
        assert where
        again = client.post(where[1], data={"code": "000000"})
        assert again.status_code == 422
        assert App(again.text).totp.key == App(page).totp.key
        assert client.post(where[1], data={"code": App(page).code()}).location == "/account/sign-in"

    def test_its_secret_is_sealed(self, app: Flask, with_app: App) -> None:
        with app.app_context():
            stored = db.session.execute(text("SELECT tf_totp_secret FROM account")).scalar_one()
        assert stored.startswith("gAAAA")
        assert str(with_app.totp.base32_key) not in stored

    def test_it_stays_while_it_is_the_only_one(self, client: FlaskClient, with_app: App, app: Flask) -> None:
        enter(client)
        client.post("/sign-in/code", data={"code": with_app.code(STEP)})
        page = client.post("/account/app", data={"setup": "disable"})
        assert "Set up another one first" in page.text
        add_passkey(app)
        assert client.post("/account/app", data={"setup": "disable"}).location == "/account/sign-in"

    def test_setting_it_up_asks_for_the_password_after_a_while(self, client: FlaskClient, account: str) -> None:
        enter(client, account)
        with client.session_transaction() as session:
            session["fs_paa"] -= 20 * 60
        assert client.get("/account/app").location.startswith("/account/password-again")
        client.post("/account/password-again", data={"password": PASSWORD})
        assert client.get("/account/app").status_code == 200

    def test_what_was_done_is_logged(self, app: Flask, with_app: App) -> None:
        assert with_app
        with app.app_context():
            assert "set up authenticator app" in db.session.scalars(select(AuditEntry.action)).all()


class TestRecoveryCodes:
    @pytest.fixture
    def codes(self, app: Flask, with_app: App) -> list[str]:
        client = app.test_client()
        enter(client)
        client.post("/sign-in/code", data={"code": with_app.code(STEP)})
        return recovery_codes(client)

    def test_each_signs_in_once(self, app: Flask, codes: list[str]) -> None:
        assert len(set(codes)) == 10
        for typed, location in (
            (codes[0].lower().replace("-", " "), "/desk"),
            (codes[0], None),
            (codes[1], "/desk"),
            ("WRONG", None),
        ):
            client = app.test_client()
            enter(client)
            assert client.post("/sign-in/recovery-code", data={"code": typed}).location == location

    def test_none_is_readable_in_the_database(self, app: Flask, codes: list[str]) -> None:
        with app.app_context():
            stored = db.session.scalars(select(Account.mf_recovery_codes)).one()
        assert stored
        assert not set(codes) & set(stored)

    def test_none_works_without_the_password(self, client: FlaskClient, codes: list[str]) -> None:
        assert client.post("/sign-in/recovery-code", data={"code": codes[0]}).location == "/sign-in"
        assert client.get("/desk").status_code == 302

    def test_new_ones_replace_the_old_ones(self, app: Flask, client: FlaskClient, codes: list[str]) -> None:
        enter(client)
        client.post("/sign-in/recovery-code", data={"code": codes[0]})
        new = recovery_codes(client)
        for code, location in ((codes[1], None), (new[0], "/desk")):
            later = app.test_client()
            enter(later)
            assert later.post("/sign-in/recovery-code", data={"code": code}).location == location


class TestPasskeys:
    def test_the_only_second_factor_is_not_removed(self, app: Flask, client: FlaskClient, account: str) -> None:
        enter(client, account)
        add_passkey(app)
        client.post("/account/passkeys/remove", data={"name": "blue key"})
        assert "your only second factor" in client.get("/account/sign-in").text
        with app.app_context():
            assert db.session.query(Passkey).count() == 1

    def test_one_beside_an_app_is_removed(self, app: Flask, client: FlaskClient, account: str) -> None:
        enter(client, account)
        set_up_app(client)
        add_passkey(app)
        client.post("/account/passkeys/remove", data={"name": "blue key"})
        with app.app_context():
            assert db.session.query(Passkey).count() == 0

    def test_with_a_passkey_a_password_alone_opens_nothing(self, app: Flask, client: FlaskClient, account: str) -> None:
        add_passkey(app)
        assert enter(client, account).location.startswith("/sign-in/passkey")
        assert client.get("/desk").status_code == 302
        assert client.post("/sign-in/passkey/forged", data={"credential": "{}"}).location == "/sign-in/passkey"

    @pytest.mark.parametrize("credential", ["", "{}", "[]", "x", '{"id": "aWQ", "rawId": "aWQ", "type": "public-key"}'])
    def test_a_made_up_answer_of_a_device_is_refused(self, client: FlaskClient, credential: str) -> None:
        page = client.post("/sign-in/passkey").text
        where = re.search(r'action="(/sign-in/passkey/[^"]+)"', page)
        assert where
        assert client.post(where[1], data={"credential": credential}).location == "/sign-in/passkey"
        assert client.get("/desk").status_code == 302
