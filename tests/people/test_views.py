"""A person's pages: added, shown, changed; nothing beyond one's own groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Role
from tests.conftest import SignIn

EVERYTHING = {
    "name": "Aung Pan Myit", "native_name": "အောင်ပန်းမြစ်", "pronoun": "he/him", "email": "aung@example.org",
    "phone": "+82 10 0000 4802", "letter_street": "P.O. Box 4848", "letter_city": "Seoul", "letter_region": "",
    "letter_postcode": "04560", "letter_country": "KR", "private_street": "3 Gureum-gil\nYongsan-gu",
    "private_city": "Seoul", "private_region": "", "private_postcode": "04390", "private_country": "KR",
    "languages_read": ["my", "en"], "languages_written": ["my"], "nationality": "Myanmar", "occupation": "gardener",
    "note": "Comes on Tuesdays.",
}  # fmt: skip


def role_in(group: Group) -> dict[str, Any]:
    return {"group_id": group.id, "role": "member", "starts_on": "2026-01-31"}


def newest(app: Flask) -> Person:
    with app.app_context():
        person = db.session.scalars(select(Person).order_by(Person.id.desc())).first()
        assert person is not None
        assert person.memberships is not None
        db.session.expunge_all()
        return person


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Person.id))) or 0


def test_a_name_is_enough_to_add_a_person(app: Flask, organizer: FlaskClient, group: Group) -> None:
    answer = organizer.post("/desk/people/new", data={"name": " Kim  Sol ", **role_in(group)})
    person = newest(app)
    assert (answer.status_code, answer.location) == (303, f"/desk/people/{person.id}")
    assert person.name == "Kim Sol"
    assert [(m.role, m.group_id, m.starts_on) for m in person.memberships] == [
        (Role.MEMBER, group.id, date(2026, 1, 31))
    ]


def test_everything_is_kept_and_shown_and_changed(app: Flask, organizer: FlaskClient, group: Group) -> None:
    where = organizer.post("/desk/people/new", data={**EVERYTHING, **role_in(group)}).location
    person = newest(app)
    kept = {name: getattr(person, name) for name in EVERYTHING if hasattr(person, name)}
    assert kept == {name: value for name, value in EVERYTHING.items() if name in kept}
    assert person.letter_address == {
        "street": "P.O. Box 4848", "city": "Seoul", "region": "", "postcode": "04560", "country": "KR"
    }  # fmt: skip
    page = unescape(organizer.get(where).text)
    for shown in ("Aung Pan Myit", "အောင်ပန်းမြစ်", "he/him", "aung@example.org", "P.O. Box 4848", "3 Gureum-gil"):
        assert shown in page
    form = unescape(organizer.get(f"{where}/edit").text)
    assert "Comes on Tuesdays." in form
    changed = {**EVERYTHING, "name": "U Aung", "private_street": "", "private_city": "", "private_postcode": ""}
    assert organizer.post(f"{where}/edit", data=changed).status_code == 303
    person = newest(app)
    assert (person.name, person.private_address, person.note) == ("U Aung", None, "Comes on Tuesdays.")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Please fill this in."),
        ({"name": "900101-1234567"}, "resident registration number"),
        ({"note": "ID 9001011234567"}, "resident registration number"),
        ({"letter_street": "900101-1234567"}, "resident registration number"),
        ({"email": "nobody"}, "This is no e-mail address."),
        ({"name": "a\x00b"}, "cannot be printed"),
        ({"name": "x" * 301}, "At most 300 characters"),
        ({"letter_country": "XX"}, "Not a valid choice"),
        ({"languages_written": ["tlh"]}, "not a valid choice"),
        ({"role": "staff"}, "Not a valid choice"),
        ({"role": "admin"}, "Not a valid choice"),
        ({"starts_on": "yesterday"}, "Please fill this in."),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    app: Flask, organizer: FlaskClient, group: Group, changes: dict[str, Any], message: str
) -> None:
    before = count(app)
    answer = organizer.post("/desk/people/new", data={**EVERYTHING, **role_in(group), **changes})
    assert answer.status_code == 422
    assert message in unescape(answer.text)
    assert "Comes on Tuesdays." in answer.text or "note" in changes
    assert count(app) == before


def test_nationality_is_never_required_and_id_numbers_have_no_field(organizer: FlaskClient) -> None:
    page = organizer.get("/desk/people/new").text
    assert 'id="nationality"' in page
    assert "required" not in page.split('id="nationality"')[1].split(">")[0]
    assert "registration number" not in page


def test_a_person_who_is_there_already_is_added_only_once_confirmed(
    app: Flask, organizer: FlaskClient, group: Group, person: Person
) -> None:
    before = count(app)
    for known in ({"name": "dang thi suong mai"}, {"name": "Mai", "email": "MAI@example.org"}):
        answer = organizer.post("/desk/people/new", data={**known, **role_in(group)})
        assert answer.status_code == 422
        assert "may know this person already" in answer.text
        assert f"/desk/people/{person.id}" in answer.text
    assert count(app) == before
    again = {"name": "Dang Thi Suong Mai", "keep_both": "y", **role_in(group)}
    assert organizer.post("/desk/people/new", data=again).status_code == 303
    assert count(app) == before + 1


@pytest.mark.usefixtures("person")
def test_a_namesake_in_another_group_is_not_given_away(app: Flask, stranger: FlaskClient) -> None:
    with app.app_context():
        other = db.session.scalars(select(Group).filter_by(number=7)).one()
    data = {"name": "Đặng Thị Sương Mai", "email": "mai@example.org", **role_in(other)}
    assert stranger.post("/desk/people/new", data=data).status_code == 303


def test_a_person_is_added_to_no_group_but_ones_own(app: Flask, stranger: FlaskClient, group: Group) -> None:
    before = count(app)
    assert stranger.post("/desk/people/new", data={"name": "X", **role_in(group)}).status_code == 422
    assert count(app) == before


def test_what_is_opened_and_changed_is_in_the_log_without_content(
    organizer: FlaskClient, person: Person, audited: Callable[[], list[tuple[str, str, int]]]
) -> None:
    organizer.get(f"/desk/people/{person.id}")
    organizer.get(f"/desk/people/{person.id}/edit")
    organizer.post(f"/desk/people/{person.id}/edit", data={"name": "Another"})
    subject = f"person {person.id}"
    assert audited() == [("open", subject, 1), ("open", subject, 1), ("change", subject, 1)]


def test_pages_about_people_are_not_cached_and_their_addresses_hold_ids(organizer: FlaskClient, person: Person) -> None:
    for where in ("/desk/people/", f"/desk/people/{person.id}", f"/desk/people/{person.id}/edit"):
        assert organizer.get(where).headers["Cache-Control"] == "no-store"
    page = organizer.get("/desk/people/").text
    assert "mai@example.org" in page
    assert 'method="get"' not in page


def test_roles_in_other_groups_are_not_shown(app: Flask, sign_in: SignIn, group: Group, person: Person) -> None:
    other = Group(number=9, name="Group 9 Jeju", slug="group-9")
    with app.app_context():
        db.session.add(other)
        db.session.flush()
        db.session.add(
            Membership(person_id=person.id, group_id=other.id, role=Role.ORGANIZER, starts_on=date(2025, 1, 1))
        )
        db.session.commit()
    organizer = sign_in(Role.ORGANIZER, group)
    for page in (f"/desk/people/{person.id}", "/desk/people/"):
        assert "Jeju" not in organizer.get(page).text
    assert "Jeju" in sign_in(Role.STAFF).get(f"/desk/people/{person.id}").text
