from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.access import last_staff
from campaign_app.access.last_staff import LastStaff
from campaign_app.access.models import Account
from campaign_app.db import db
from campaign_app.people.models import Membership, Role
from tests.access.conftest import MakeAccount


def end_role(account: Account) -> None:
    account.person.memberships[0].ends_on = date.today() - timedelta(days=1)


def end_role_later(account: Account) -> None:
    account.person.memberships[0].ends_on = date.today() + timedelta(days=1)


def begin_role_later(account: Account) -> None:
    account.person.memberships[0].starts_on = date.today() + timedelta(days=2)


def change_role(account: Account) -> None:
    account.person.memberships[0].role = Role.MEMBER


def remove_role(account: Account) -> None:
    account.person.memberships.clear()


def delete_account(account: Account) -> None:
    db.session.delete(account)


def delete_person(account: Account) -> None:
    db.session.delete(account.person)


def close_account(account: Account) -> None:
    account.active = False


WAYS = [
    end_role,
    end_role_later,
    begin_role_later,
    change_role,
    remove_role,
    delete_account,
    delete_person,
    close_account,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_safety_21_the_last_staff_account_keeps_its_role(app: Flask, make_account: MakeAccount, way: object) -> None:
    make_account(Role.STAFF)
    with app.app_context():
        account = db.session.scalars(select(Account)).one()
        assert last_staff.is_last(account.person)
        assert callable(way)
        way(account)
        with pytest.raises(LastStaff):
            db.session.commit()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_one_of_two_may_go(app: Flask, make_account: MakeAccount, way: object) -> None:
    make_account(Role.STAFF)
    make_account(Role.STAFF, email="kim@example.org")
    with app.app_context():
        account = db.session.scalars(select(Account).order_by(Account.id)).first()
        assert account
        assert not last_staff.is_last(account.person)
        assert callable(way)
        way(account)
        db.session.commit()


def test_safety_21_the_last_one_is_told_by_a_page(app: Flask, staff: FlaskClient) -> None:
    with app.app_context():
        held = db.session.scalars(select(Membership.id)).one()
    answer = staff.post(f"/desk/access/roles/{held}/end")
    assert answer.status_code == 409
    assert "last account of staff" in answer.text
    assert staff.get("/desk").status_code == 200


def test_safety_21_no_page_makes_the_first_account(app: Flask, client: FlaskClient) -> None:
    addresses = {rule.rule for rule in app.url_map.iter_rules()}
    assert not addresses & {"/register", "/confirm", "/setup", "/install"}
    assert client.post("/desk/access/invite", data={"role": "staff"}).status_code == 302
