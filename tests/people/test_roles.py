"""Roles begin, end and are taken up again; what they allow ends with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.access.models import Account
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Role
from tests.conftest import SignIn


def membership(app: Flask, person: Person, number: int = -1) -> Membership:
    with app.app_context():
        rows = db.session.scalars(select(Membership).filter_by(person_id=person.id).order_by(Membership.id)).all()
        db.session.expunge_all()
        return rows[number]


def of(app: Flask, email: str) -> Person:
    with app.app_context():
        person = next(a.person for a in db.session.scalars(select(Account)) if a.email == email)
        assert person.memberships
        db.session.expunge_all()
        return person


def ended(person: Person, row: Membership) -> str:
    return f"/desk/people/{person.id}/roles/{row.id}/end"


def test_safety_20_an_ended_role_stops_working_at_the_next_request_and_can_be_held_again(
    app: Flask, organizer: FlaskClient, sign_in: SignIn, group: Group
) -> None:
    leaver = sign_in(Role.ORGANIZER, group, "leaver@example.org")
    person = of(app, "leaver@example.org")
    assert leaver.get("/desk/people/").status_code == 200
    assert organizer.post(ended(person, person.memberships[0])).status_code == 303
    assert leaver.get("/desk/people/").status_code == 403
    assert "Undo" in organizer.get(f"/desk/people/{person.id}").text
    assert organizer.post(ended(person, person.memberships[0]), data={"undo": "1"}).status_code == 303
    assert leaver.get("/desk/people/").status_code == 200


def test_a_role_that_is_ended_on_its_first_day_does_not_work_that_day(
    app: Flask, organizer: FlaskClient, person: Person, group: Group
) -> None:
    with app.app_context():
        day = today()
    data = {"group_id": group.id, "role": "organizer", "starts_on": day.isoformat()}
    assert organizer.post(f"/desk/people/{person.id}/roles/new", data=data).status_code == 303
    row = membership(app, person)
    assert row.holds_on(day)
    organizer.post(ended(person, row))
    assert not membership(app, person).holds_on(day)
    assert "ended at once" in organizer.get(f"/desk/people/{person.id}").text


def test_a_role_is_given_once(app: Flask, organizer: FlaskClient, person: Person, group: Group) -> None:
    data = {"group_id": group.id, "role": "member", "starts_on": "2026-01-01"}
    answer = organizer.post(f"/desk/people/{person.id}/roles/new", data=data)
    assert answer.status_code == 422
    assert "They are Member there already." in answer.text
    organizer.post(ended(person, person.memberships[0]))
    assert organizer.post(f"/desk/people/{person.id}/roles/new", data=data).status_code == 303
    assert membership(app, person).starts_on == date(2026, 1, 1)


@pytest.mark.parametrize(("role", "group_id"), [("staff", "0"), ("staff", ""), ("organizer", "0"), ("admin", "")])
def test_an_organizer_gives_no_role_beyond_the_group(
    app: Flask, organizer: FlaskClient, person: Person, group: Group, role: str, group_id: str
) -> None:
    data = {"role": role, "group_id": group_id or group.id, "starts_on": "2026-01-01"}
    assert organizer.post(f"/desk/people/{person.id}/roles/new", data=data).status_code == 422
    assert len(of_all(app, person)) == 1


def of_all(app: Flask, person: Person) -> list[Membership]:
    with app.app_context():
        return list(db.session.scalars(select(Membership).filter_by(person_id=person.id)))


def test_staff_give_the_role_of_staff_for_the_whole_section(
    app: Flask, staff: FlaskClient, person: Person, group: Group
) -> None:
    where = f"/desk/people/{person.id}/roles/new"
    data = {"role": "staff", "starts_on": "2026-01-01"}
    assert staff.post(where, data=data | {"group_id": group.id}).status_code == 422
    assert staff.post(where, data=data | {"group_id": 0}).status_code == 303
    assert (membership(app, person).role, membership(app, person).group_id) == (Role.STAFF, None)


def test_an_organizer_cannot_touch_a_role_of_staff(
    app: Flask, organizer: FlaskClient, staff: FlaskClient, person: Person
) -> None:
    staff.post(f"/desk/people/{person.id}/roles/new", data={"role": "staff", "starts_on": "2026-01-01", "group_id": 0})
    row = membership(app, person)
    assert organizer.post(ended(person, row)).status_code == 404
    assert organizer.get(f"/desk/people/{person.id}/roles/{row.id}").status_code == 404
    assert "The whole section" not in organizer.get(f"/desk/people/{person.id}").text


def test_safety_21_the_last_account_of_staff_keeps_its_role(app: Flask, staff: FlaskClient, sign_in: SignIn) -> None:
    person = of(app, "staff.section@example.org")
    row = person.memberships[0]
    page = staff.post(ended(person, row), follow_redirects=True)
    assert "Nobody else could sign in as staff" in page.text
    answer = staff.post(
        f"/desk/people/{person.id}/roles/{row.id}", data={"starts_on": "2020-01-01", "ends_on": "2021-01-01"}
    )
    assert answer.status_code == 303
    assert membership(app, person).ends_on is None
    sign_in(Role.STAFF, email="second@example.org")
    staff.post(ended(person, row))
    assert staff.get("/desk").status_code == 403


def test_the_days_of_a_role_can_be_changed(app: Flask, organizer: FlaskClient, person: Person) -> None:
    where = f"/desk/people/{person.id}/roles/{person.memberships[0].id}"
    later = date.today() + timedelta(days=9)
    assert organizer.post(where, data={"starts_on": "2025-02-01", "ends_on": later.isoformat()}).status_code == 303
    row = membership(app, person)
    assert (row.starts_on, row.ends_on) == (date(2025, 2, 1), later)
    answer = organizer.post(where, data={"starts_on": "2025-02-01", "ends_on": "2025-01-31"})
    assert "A role ends after it begins." in answer.text
    assert organizer.post(where, data={"starts_on": "2025-02-01", "ends_on": ""}).status_code == 303
    assert membership(app, person).ends_on is None
