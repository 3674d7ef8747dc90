from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from campaign_app.access.models import Account, ResetLink
from campaign_app.db import db, now
from campaign_app.groups.models import Group
from campaign_app.people.models import Role
from campaign_app.privacy.models import AuditEntry
from tests.access.conftest import ADDRESS, MakeAccount, enter, link_on, set_up_app
from tests.post_box import PostBox

NEW = "a new and long sentence"


def choose(client: FlaskClient, path: str, password: str = NEW) -> int:
    return client.post(path, data={"password": password, "again": password}).status_code


def sent_link(mail: PostBox) -> str:
    found = re.search(r"https?://[^/]+(/reset/\S+)", mail.next().get_content())
    assert found
    return found[1]


@pytest.fixture
def made_link(app: Flask, account: str, staff: FlaskClient) -> str:
    """The path of a link that staff made for ``account``."""
    return link_on(staff.post(f"/desk/access/{id_of(app, account)}/reset").text)


def id_of(app: Flask, email: str) -> int:
    with app.app_context():
        return next(row.id for row in db.session.scalars(select(Account)) if row.email == email)


class TestByEmail:
    def test_a_link_comes_by_plain_e_mail_and_gives_a_new_password(
        self, client: FlaskClient, account: str, mail: PostBox
    ) -> None:
        client.post("/reset", data={"email": account.upper()})
        path = sent_link(mail)
        assert mail.letters[0]["To"] == account
        assert mail.letters[0].get_content_type() == "text/plain"
        assert choose(client, path) == 303
        assert enter(client, account, NEW).location == "/desk"

    def test_it_is_written_in_the_language_of_the_page(self, client: FlaskClient, account: str, mail: PostBox) -> None:
        client.get("/?lang=ko")
        assert '<html lang="ko"' in client.post("/reset", data={"email": account}).text
        assert sent_link(mail)

    def test_safety_sessions_known_and_unknown_look_alike_and_are_not_waited_for(
        self, client: FlaskClient, account: str, mail: PostBox
    ) -> None:
        """The look-up happens beside the request, so that no answer can depend on it."""
        unknown = client.post("/reset", data={"email": "nobody@example.org"})
        known = client.post("/reset", data={"email": account})
        assert unknown.status_code == known.status_code == 200
        assert unknown.text == known.text
        assert mail.next()["To"] == account
        assert len(mail.letters) == 1

    def test_a_mail_server_that_is_down_changes_no_answer(
        self, app: Flask, client: FlaskClient, account: str, mail: PostBox, caplog: pytest.LogCaptureFixture
    ) -> None:
        app.extensions["mailman"].port = 1
        assert mail.letters == []
        assert client.post("/reset", data={"email": account}).status_code == 200
        for thread in threading.enumerate():
            if thread.name == "mail":
                thread.join(timeout=20)
        assert account not in caplog.text

    def test_without_a_mail_server_the_page_says_whom_to_ask(self, client: FlaskClient, account: str) -> None:
        assert "sends no e-mail" in client.post("/reset", data={"email": account}).text


class TestLinks:
    def test_safety_22_a_link_is_good_once(self, client: FlaskClient, made_link: str) -> None:
        assert client.get(made_link).status_code == 200
        assert client.get(made_link).status_code == 200  # looking does not use it up
        assert choose(client, made_link) == 303
        assert choose(client, made_link, "another one that is long") == 410
        assert enter(client, ADDRESS, NEW).status_code == 302

    def test_a_link_ends_after_two_days(self, client: FlaskClient, made_link: str) -> None:
        with time_machine.travel(now() + timedelta(days=3)):
            assert choose(client, made_link) == 410

    def test_a_new_link_replaces_the_old_one(
        self, app: Flask, client: FlaskClient, staff: FlaskClient, made_link: str
    ) -> None:
        staff.post(f"/desk/access/{id_of(app, ADDRESS)}/reset")
        assert choose(client, made_link) == 410

    def test_safety_22_a_link_is_stored_as_a_hash(self, app: Flask, made_link: str) -> None:
        with app.app_context():
            row = db.session.execute(text("SELECT * FROM reset_link")).mappings().one()
        assert made_link.rpartition("/")[2] not in map(str, row.values())

    @pytest.mark.parametrize("password", ["short", "", "x" * 201])
    def test_a_password_that_will_not_do_uses_nothing_up(
        self, app: Flask, client: FlaskClient, made_link: str, password: str
    ) -> None:
        assert choose(client, made_link, password) == 422
        with app.app_context():
            assert db.session.query(ResetLink).count() == 1

    def test_a_new_password_ends_every_session(self, app: Flask, client: FlaskClient, made_link: str) -> None:
        signed_in = app.test_client()
        enter(signed_in)
        choose(client, made_link)
        assert signed_in.get("/desk").status_code == 302

    def test_the_second_factor_is_still_asked_for(self, app: Flask, client: FlaskClient, made_link: str) -> None:
        signed_in = app.test_client()
        enter(signed_in)
        set_up_app(signed_in)
        choose(client, made_link)
        assert enter(client, ADDRESS, NEW).location.startswith("/sign-in/code")

    def test_staff_may_let_somebody_in_who_lost_it(
        self, app: Flask, client: FlaskClient, staff: FlaskClient, account: str
    ) -> None:
        signed_in = app.test_client()
        enter(signed_in, account)
        set_up_app(signed_in)
        page = staff.post(f"/desk/access/{id_of(app, account)}/reset", data={"without_second_factor": "y"}).text
        choose(client, link_on(page))
        enter(client, account, NEW)
        assert client.get("/desk").location == "/account/sign-in"  # to set up a new one

    @pytest.mark.parametrize("token", ["x", "A" * 22, "%00", "é"])
    def test_safety_tokens_on_paper_a_guessed_link_is_a_plain_page(self, client: FlaskClient, token: str) -> None:
        assert client.get(f"/reset/{token}").status_code == 410
        assert choose(client, f"/reset/{token}") == 410


class TestWhoMakesThem:
    def test_an_organizer_helps_the_own_group_and_it_is_logged(
        self, app: Flask, organizer: FlaskClient, make_account: MakeAccount, group: Group
    ) -> None:
        account_id = id_of(app, make_account(Role.MEMBER, group))
        assert link_on(organizer.post(f"/desk/access/{account_id}/reset").text)
        with app.app_context():
            entry = db.session.scalars(select(AuditEntry).filter_by(action="make reset link")).one()
            assert entry.subject == f"account {account_id}"

    def test_an_organizer_does_not_take_second_factors_away(
        self, app: Flask, organizer: FlaskClient, make_account: MakeAccount, group: Group
    ) -> None:
        account_id = id_of(app, make_account(Role.MEMBER, group))
        organizer.post(f"/desk/access/{account_id}/reset", data={"without_second_factor": "y"})
        with app.app_context():
            assert db.session.scalars(select(ResetLink.without_second_factor)).one() is False

    def test_nobody_is_let_into_an_account_that_opens_more(
        self, app: Flask, organizer: FlaskClient, stranger: FlaskClient, make_account: MakeAccount, group: Group
    ) -> None:
        of_staff, of_group = make_account(Role.STAFF), make_account(Role.MEMBER, group, "kim@example.org")
        assert organizer.post(f"/desk/access/{id_of(app, of_staff)}/reset").status_code == 404
        assert stranger.post(f"/desk/access/{id_of(app, of_group)}/reset").status_code == 404
        own = id_of(app, "organizer.48@example.org")
        assert organizer.post(f"/desk/access/{own}/reset").status_code == 404
