from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text, update
from werkzeug.test import TestResponse

from campaign_app.access.models import Account, Invitation
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Role
from campaign_app.privacy.models import AuditEntry
from tests.access.conftest import PASSWORD, MakeAccount, enter, link_on
from tests.conftest import SignIn, store

GUEST = "guest@example.org"


def invite(client: FlaskClient, role: Role, group: Group | None, email: str = GUEST, query: str = "") -> TestResponse:
    data = {"email": email, "role": role.value, "group_id": group.id if group else 0}
    return client.post(f"/desk/access/invite{query}", data=data)


def accept(client: FlaskClient, path: str, email: str = GUEST, **more: str) -> TestResponse:
    data = {"email": email, "name": "Kim Guest", "password": PASSWORD, "again": PASSWORD}
    return client.post(path, data=data | more)


def roles(app: Flask, email: str = GUEST) -> list[tuple[Role, int | None]]:
    with app.app_context():
        found = db.session.scalars(select(Account)).all()
        account = next((account for account in found if account.email == email), None)
        return [(held.role, held.group_id) for held in account.roles] if account else []


@pytest.fixture
def path(organizer: FlaskClient, group: Group) -> str:
    """The path of an invitation to organize ``group``, for GUEST."""
    return link_on(invite(organizer, Role.ORGANIZER, group).text)


def test_whoever_accepts_has_an_account_and_the_role(app: Flask, client: FlaskClient, group: Group, path: str) -> None:
    assert group.name in client.get(path).text
    assert GUEST not in client.get(path).text  # a link that is seen by somebody else tells nothing
    assert accept(client, path).location == "/account/sign-in"
    assert roles(app) == [(Role.ORGANIZER, group.id)]
    assert client.get("/desk").status_code == 200


def test_safety_22_an_invitation_is_good_once(app: Flask, client: FlaskClient, path: str) -> None:
    accept(client, path)
    assert accept(app.test_client(), path).status_code == 410
    assert app.test_client().get(path).status_code == 410


def test_safety_22_an_invitation_ends_after_seven_days(client: FlaskClient, path: str) -> None:
    with time_machine.travel(date.today() + timedelta(days=9)):
        assert accept(client, path).status_code == 410


def test_safety_22_an_invitation_is_for_one_address(app: Flask, client: FlaskClient, path: str) -> None:
    answer = accept(client, path, "somebody@example.org")
    assert answer.status_code == 422
    assert "Kim Guest" in answer.text
    assert roles(app, "somebody@example.org") == []


def test_safety_22_an_account_of_another_address_cannot_accept(
    app: Flask, stranger: FlaskClient, path: str, make_account: MakeAccount, group: Group
) -> None:
    make_account(Role.MEMBER, group, GUEST)
    assert "another address" in stranger.get(path).text
    assert stranger.post(path).status_code == 403
    assert roles(app) == [(Role.MEMBER, group.id)]


def test_safety_22_an_invitation_ends_with_the_right_of_who_made_it(app: Flask, client: FlaskClient, path: str) -> None:
    with app.app_context():
        db.session.execute(update(Membership).values(ends_on=date(2021, 1, 1)))
        db.session.commit()
    assert client.get(path).status_code == 410
    assert accept(client, path).status_code == 410


def test_a_withdrawn_invitation_opens_nothing(
    app: Flask, organizer: FlaskClient, client: FlaskClient, path: str
) -> None:
    organizer.post(f"/desk/access/invitations/{invitation_id(app)}/withdraw")
    assert client.get(path).status_code == 410
    assert GUEST not in organizer.get("/desk/access").text


def test_a_new_link_replaces_the_old_one(app: Flask, organizer: FlaskClient, client: FlaskClient, path: str) -> None:
    new = link_on(organizer.post(f"/desk/access/invitations/{invitation_id(app)}/renew").text)
    assert client.get(path).status_code == 410
    assert client.get(new).status_code == 200


def invitation_id(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Invitation.id)).one()


def test_somebody_with_an_account_signs_in_and_accepts(
    app: Flask, client: FlaskClient, path: str, make_account: MakeAccount, group: Group
) -> None:
    make_account(Role.MEMBER, group, GUEST)
    page = client.get(path).text
    way = re.search(r'href="(/sign-in\?next=[^"]+)"', page)
    assert way
    assert enter(client, GUEST, next=path).location == path
    client.post(path)
    assert roles(app) == [(Role.MEMBER, group.id), (Role.ORGANIZER, group.id)]


def test_accepting_twice_with_an_account_gives_the_role_once(
    app: Flask, organizer: FlaskClient, make_account: MakeAccount, group: Group
) -> None:
    make_account(Role.MEMBER, group, GUEST)
    client = app.test_client()
    enter(client, GUEST)
    for _ in range(2):
        client.post(link_on(invite(organizer, Role.ORGANIZER, group).text))
    assert roles(app).count((Role.ORGANIZER, group.id)) == 1


def member(name: str, group_id: int, email: str = "") -> Person:
    held = Membership(role=Role.MEMBER, group_id=group_id, starts_on=date(2020, 1, 1))
    return Person(name=name, email=email, memberships=[held])


def test_a_person_without_an_address_is_invited_and_linked(
    app: Flask, organizer: FlaskClient, client: FlaskClient, group: Group
) -> None:
    person = Person(
        name="Park Known", memberships=[Membership(role=Role.MEMBER, group_id=group.id, starts_on=date(2020, 1, 1))]
    )
    store(app, person)
    assert "Park Known" in organizer.get(f"/desk/access/invite?person={person.id}").text
    path = link_on(invite(organizer, Role.ORGANIZER, group, query=f"?person={person.id}").text)
    accept(client, path)
    with app.app_context():
        account = next(account for account in db.session.scalars(select(Account)) if account.email == GUEST)
        assert account.person_id == person.id
        assert account.person.email == GUEST


def test_a_person_whom_only_another_group_knows_is_not_linked(
    app: Flask, organizer: FlaskClient, stranger: FlaskClient, client: FlaskClient, group: Group
) -> None:
    with app.app_context():
        other = db.session.scalars(select(Group.id).filter_by(number=7)).one()
    person = Person(
        name="Of theirs",
        email=GUEST,
        memberships=[Membership(role=Role.MEMBER, group_id=other, starts_on=date(2020, 1, 1))],
    )
    store(app, person)
    assert organizer.get(f"/desk/access/invite?person={person.id}").status_code == 404
    accept(client, link_on(invite(organizer, Role.MEMBER, group).text))
    with app.app_context():
        account = next(account for account in db.session.scalars(select(Account)) if account.email == GUEST)
        assert account.person_id != person.id
    assert "Kim Guest" not in stranger.get("/desk/access").text


@pytest.mark.parametrize("role", [Role.STAFF, Role.ORGANIZER, Role.MEMBER])
def test_an_organizer_invites_to_nothing_beyond_the_own_group(
    app: Flask, organizer: FlaskClient, stranger: FlaskClient, role: Role
) -> None:
    assert stranger
    with app.app_context():
        other = db.session.scalars(select(Group).filter_by(number=7)).one()
    assert invite(organizer, role, None if role is Role.STAFF else other).status_code == 422
    with app.app_context():
        assert db.session.query(Invitation).count() == 0


def test_staff_invite_staff_and_organizers_of_any_group(app: Flask, staff: FlaskClient, group: Group) -> None:
    accept(app.test_client(), link_on(invite(staff, Role.STAFF, None).text))
    assert roles(app) == [(Role.STAFF, None)]
    accept(app.test_client(), link_on(invite(staff, Role.ORGANIZER, group, "kim@example.org").text), "kim@example.org")
    assert roles(app, "kim@example.org") == [(Role.ORGANIZER, group.id)]


@pytest.mark.parametrize("field", ["role", "role_id", "is_staff", "group_id", "memberships-0-role"])
def test_safety_20_a_role_in_a_form_is_ignored(
    app: Flask, client: FlaskClient, path: str, group: Group, field: str
) -> None:
    accept(client, path, **{field: "staff"})
    client.post("/account/password", data={field: "staff", "role": "admin"})
    assert roles(app) == [(Role.ORGANIZER, group.id)]


def test_safety_20_who_was_demoted_is_denied_at_the_next_request(
    app: Flask, sign_in: SignIn, staff: FlaskClient, group: Group
) -> None:
    organizer = sign_in(Role.ORGANIZER, group)
    assert organizer.get("/desk").status_code == 200
    with app.app_context():
        held = db.session.scalars(select(Membership.id).filter_by(role=Role.ORGANIZER)).one()
    staff.post(f"/desk/access/roles/{held}/end")
    assert organizer.get("/desk").status_code == 403


def test_what_is_stored_opens_nothing_and_tells_nobody(app: Flask, path: str) -> None:
    with app.app_context():
        row = db.session.execute(text("SELECT * FROM invitation")).mappings().one()
    assert path.rpartition("/")[2] not in map(str, row.values())
    assert GUEST not in map(str, row.values())


def test_an_open_invitation_is_listed_and_logged_without_its_address(
    app: Flask, organizer: FlaskClient, stranger: FlaskClient, path: str
) -> None:
    assert path
    assert GUEST in organizer.get("/desk/access").text
    assert GUEST not in stranger.get("/desk/access").text
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry).filter_by(action="invite")).all()
        assert [entry.subject for entry in entries] == ["invitation 1"]


@pytest.mark.parametrize("token", ["x", "A" * 22, "%00", "é", "../desk"])
def test_safety_tokens_on_paper_a_guessed_invitation_is_a_plain_page(client: FlaskClient, token: str) -> None:
    assert client.get(f"/invitation/{token}").status_code in (404, 410)
