"""Groups: made and registered by staff, kept by their own organizers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.db import db
from campaign_app.groups.models import Duty, Group, GroupStatus, Officer
from campaign_app.people.models import Membership, Person, Role
from tests.conftest import store

DETAILS = {
    "languages": ["en", "ko"], "city": "Seoul", "country": "KR", "letterhead": "Group 48\n\n since 1998 ",
    "return_address": "P.O. Box 4848\nSEOUL, 04560, KOREA", "paper": "Letter", "window": "DIN 5008 B",
    "envelope": "C5", "label_sheet": "5163",
}  # fmt: skip


def group_of(app: Flask, number: int) -> Group:
    with app.app_context():
        group = db.session.scalars(select(Group).filter_by(number=number)).one()
        assert group.officers is not None
        db.session.expunge_all()
        return group


def add_members(app: Flask, group: Group, count: int, **term: Any) -> list[Person]:
    people = [Person(name=f"Person {number}") for number in range(count)]
    for person in people:
        term = {"starts_on": date(2024, 1, 1), **term}
        person.memberships = [Membership(group_id=group.id, role=Role.MEMBER, **term)]
    store(app, *people)
    return people


def test_staff_make_a_group_and_register_it(app: Flask, staff: FlaskClient) -> None:
    data = {"number": "9", "name": "Group 9 Jeju", "status": "provisional"}
    answer = staff.post("/desk/groups/new", data=data)
    assert (answer.status_code, answer.location) == (303, "/desk/groups/group-9-jeju")
    assert group_of(app, 9).status is GroupStatus.PROVISIONAL
    change = {"number": "10", "name": "제주 모임", "status": "registered"}
    assert staff.post("/desk/groups/group-9-jeju/section", data=change).status_code == 303
    group = group_of(app, 10)
    assert (group.name, group.slug, group.status) == ("제주 모임", "group-9-jeju", GroupStatus.REGISTERED)


def test_groups_of_one_name_have_addresses_of_their_own(app: Flask, staff: FlaskClient) -> None:
    for number, name in ((1, "Students"), (2, "Students"), (3, "…"), (4, "New")):
        staff.post("/desk/groups/new", data={"number": str(number), "name": name, "status": "provisional"})
    assert [group_of(app, number).slug for number in (1, 2, 3, 4)] == ["students", "students-2", "group-3", "new-4"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"number": ""}, "Please fill this in."),
        ({"number": "0"}, "Number must be between"),
        ({"number": "x"}, "Not a valid integer value"),
        ({"number": "48"}, "Group 48 Seoul has this number."),
        ({"name": " "}, "Please fill this in."),
        ({"status": "closed"}, "Not a valid choice"),
    ],
)
@pytest.mark.usefixtures("group")
def test_a_group_without_a_number_of_its_own_is_refused(
    staff: FlaskClient, changes: dict[str, str], message: str
) -> None:
    answer = staff.post("/desk/groups/new", data={"number": "9", "name": "X", "status": "provisional", **changes})
    assert answer.status_code == 422
    assert message in unescape(answer.text)


def test_an_organizer_decides_neither_number_nor_status(app: Flask, organizer: FlaskClient, group: Group) -> None:
    data = {"number": "1", "name": "X", "status": "dormant"}
    assert organizer.post(f"/desk/groups/{group.slug}/section", data=data).status_code == 403
    assert organizer.post("/desk/groups/new", data=data).status_code == 403
    organizer.post(f"/desk/groups/{group.slug}/edit", data={**DETAILS, **data})
    kept = group_of(app, 48)
    assert (kept.name, kept.status) == (group.name, group.status)


def test_an_organizer_keeps_what_the_group_prints_with(
    app: Flask, organizer: FlaskClient, group: Group, audited: Callable[[], list[tuple[str, str, int]]]
) -> None:
    assert organizer.post(f"/desk/groups/{group.slug}/edit", data=DETAILS).status_code == 303
    kept = group_of(app, 48)
    assert {name: getattr(kept, name) for name in DETAILS} == {**DETAILS, "letterhead": "Group 48\nsince 1998"}
    page = organizer.get(f"/desk/groups/{group.slug}").text
    for shown in ("C5", "5163", "US Letter", "DIN 5008 B", "since 1998", "P.O. Box 4848"):
        assert shown in page
    assert audited() == [("change", f"group {group.id}", 1)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"country": ""}, "Please fill this in."),
        ({"paper": "A5"}, "Not a valid choice"),
        ({"envelope": "../x"}, "Not a valid choice"),
        ({"label_sheet": ""}, "Not a valid choice"),
        ({"languages": ["tlh"]}, "not a valid choice"),
        ({"letterhead": "1\n2\n3\n4\n5"}, "At most 4 lines."),
        ({"return_address": "\n".join("123456789")}, "At most 8 lines fit on an envelope."),
        ({"return_address": "x" * 61}, "Please break it in two."),
    ],
)
def test_details_that_do_not_fit_on_paper_are_refused(
    organizer: FlaskClient, group: Group, changes: dict[str, Any], message: str
) -> None:
    answer = organizer.post(f"/desk/groups/{group.slug}/edit", data={**DETAILS, **changes})
    assert answer.status_code == 422
    assert message in unescape(answer.text)


def test_the_members_form_offers_the_groups_paper_and_window_first(
    app: Flask, organizer: FlaskClient, group: Group, campaign: Any, client: FlaskClient
) -> None:
    organizer.post(f"/desk/groups/{group.slug}/edit", data=DETAILS)
    page = client.get(f"/campaigns/{campaign.slug}/write?language=en").text
    assert '<option selected value="Letter">' in page
    assert '<option selected value="DIN 5008 B">' in page
    assert group_of(app, 48).window == "DIN 5008 B"


def test_a_provisional_group_sees_its_way_to_registration(app: Flask, staff: FlaskClient) -> None:
    staff.post("/desk/groups/new", data={"number": "9", "name": "Jeju", "status": "provisional"})
    group = group_of(app, 9)
    page = staff.get("/desk/groups/jeju").text
    assert "Five members: 0 so far." in page
    people = add_members(app, group, 4)
    add_members(app, group, 2, ends_on=date.today() - timedelta(days=1))
    add_members(app, group, 2, starts_on=date.today() + timedelta(days=2))
    assert "Five members: 4 so far." in staff.get("/desk/groups/jeju").text
    add_members(app, group, 1)
    coordinator = {"person_id": people[0].id, "duty": "coordinator", "starts_on": "2026-01-01"}
    staff.post("/desk/groups/jeju/officers/new", data=coordinator)
    assert "Ready to be registered" not in staff.get("/desk/groups/").text
    staff.post("/desk/groups/jeju/edit", data=DETAILS)
    page = staff.get("/desk/groups/jeju").text
    assert page.count("✓") == 4
    assert "Ready to be registered" in staff.get("/desk/groups/").text
    staff.post("/desk/groups/jeju/section", data={"number": "9", "name": "Jeju", "status": "registered"})
    assert "The way to registration" not in staff.get("/desk/groups/jeju").text


def test_a_person_with_two_roles_is_one_member(app: Flask, staff: FlaskClient, group: Group) -> None:
    person = add_members(app, group, 1)[0]
    store(app, Membership(person_id=person.id, group_id=group.id, role=Role.ORGANIZER, starts_on=date(2024, 1, 1)))
    assert "1 member<" in staff.get(f"/desk/groups/{group.slug}").text


def test_a_registered_group_that_falls_under_five_is_warned_and_so_is_staff(
    app: Flask, organizer: FlaskClient, staff: FlaskClient, group: Group
) -> None:
    add_members(app, group, 3)
    assert "at least five members" in organizer.get(f"/desk/groups/{group.slug}").text
    assert "at least five members" in organizer.get("/desk").text
    assert "Fewer than five members" in staff.get("/desk/groups/").text
    add_members(app, group, 1)
    assert "at least five members" not in organizer.get(f"/desk/groups/{group.slug}").text
    assert "at least five members" not in organizer.get("/desk").text
    assert "Fewer than five members" not in staff.get("/desk/groups/").text


def test_an_organizer_of_one_group_comes_to_it_at_once(organizer: FlaskClient, group: Group) -> None:
    assert organizer.get("/desk/groups/").location == f"/desk/groups/{group.slug}"


class TestOfficers:
    def test_are_named_from_the_groups_people_and_end(self, app: Flask, organizer: FlaskClient, group: Group) -> None:
        person = add_members(app, group, 1)[0]
        where = f"/desk/groups/{group.slug}/officers"
        data = {"person_id": person.id, "duty": "treasurer", "title": "Cash box", "starts_on": "2026-01-01"}
        assert organizer.post(f"{where}/new", data=data).status_code == 303
        officer = group_of(app, 48).officers[0]
        assert (officer.duty, officer.title, officer.ends_on) == (Duty.TREASURER, "Cash box", None)
        assert "Cash box" in organizer.get(f"/desk/groups/{group.slug}").text
        organizer.post(f"{where}/{officer.id}/end")
        assert group_of(app, 48).officers[0].ends_on is not None
        organizer.post(f"{where}/{officer.id}/end", data={"undo": "1"})
        assert group_of(app, 48).officers[0].ends_on is None
        organizer.post(f"{where}/{officer.id}", data=data | {"ends_on": "2026-02-01"})
        assert group_of(app, 48).officers[0].ends_on == date(2026, 2, 1)
        assert "Former officers" in organizer.get(f"/desk/groups/{group.slug}").text

    def test_of_another_group_are_refused(self, app: Flask, stranger: FlaskClient, group: Group) -> None:
        person = add_members(app, group, 1)[0]
        data = {"person_id": person.id, "duty": "treasurer", "starts_on": "2026-01-01"}
        assert stranger.post("/desk/groups/group-7/officers/new", data=data).status_code == 422

    def test_do_not_end_before_they_begin(self, app: Flask, organizer: FlaskClient, group: Group) -> None:
        person = add_members(app, group, 1)[0]
        data = {"person_id": person.id, "duty": "other", "starts_on": "2026-01-02", "ends_on": "2026-01-01"}
        answer = organizer.post(f"/desk/groups/{group.slug}/officers/new", data=data)
        assert "A term ends after it begins." in answer.text

    def test_who_have_left_can_still_be_shown_and_changed(
        self, app: Flask, organizer: FlaskClient, group: Group
    ) -> None:
        person = add_members(app, group, 1, ends_on=date(2025, 1, 1))[0]
        officer = Officer(group_id=group.id, person_id=person.id, duty=Duty.DEPUTY, starts_on=date(2024, 1, 1))
        store(app, officer)
        page = organizer.get(f"/desk/groups/{group.slug}/officers/{officer.id}").text
        assert person.name in page
