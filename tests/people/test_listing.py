"""People are found by name in any script, and by what they are to their group."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Consent, FeePayment, Membership, Person, Purpose, Role, Way
from tests.people.conftest import AddPerson

NAMES = {
    "Đặng Thị Sương Mai": "",
    "김솔빛": "Kim Sol-bit",
    "Aung Pan Myit": "အောင်ပန်းမြစ်",
    "Nour El Qamar": "نور القمر",
    "Дарья Звёздная": "",
    "Øystein Łęcki": "",
    "मीरा ध्रुवतारा": "Meera Dhruvtara",
    "星空ゆき": "",
    "Zoë Aguaclara": "",
}
CONSENT = {"wording": "I agree.", "version": "1", "given_on": date(2025, 1, 1), "way": Way.PAPER}


@pytest.fixture
def people(add_person: AddPerson) -> list[Person]:
    return [add_person(name, native_name=native) for name, native in NAMES.items()]


def listed(client: FlaskClient, **asked: str) -> list[str]:
    """The names on the list, in its order."""
    answer = client.post("/desk/people/", data=asked)
    assert answer.status_code == 200
    return [unescape(name) for name in re.findall(r'/desk/people/\d+"><bdi>(.*?)</bdi>', answer.text)]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Sương", "Đặng Thị Sương Mai"),
        ("dang suong", "Đặng Thị Sương Mai"),
        ("솔빛", "김솔빛"),
        ("kim solbit", "김솔빛"),
        ("SOL-BIT", "김솔빛"),
        ("အောင်", "Aung Pan Myit"),
        ("pan", "Aung Pan Myit"),
        ("القمر", "Nour El Qamar"),
        ("نُور", "Nour El Qamar"),
        ("звездная", "Дарья Звёздная"),
        ("oystein lecki", "Øystein Łęcki"),
        ("ध्रुव", "मीरा ध्रुवतारा"),
        ("ゆき", "星空ゆき"),
        ("zoe", "Zoë Aguaclara"),
        ("ZOË", "Zoë Aguaclara"),
    ],
)
def test_a_name_is_found_in_any_script_with_and_without_its_marks(
    organizer: FlaskClient, words: str, name: str
) -> None:
    assert listed(organizer, words=words) == [name]


@pytest.mark.usefixtures("people")
def test_all_words_must_stand_somewhere(organizer: FlaskClient) -> None:
    assert listed(organizer, words="dang qamar") == []
    assert "Nobody matches" in organizer.post("/desk/people/", data={"words": "dang qamar"}).text


def test_a_person_is_found_by_the_whole_of_an_email_address(organizer: FlaskClient, add_person: AddPerson) -> None:
    add_person("Sample One", email="One@example.org")
    add_person("Sample Two", email="two@example.org")
    assert listed(organizer, words="one@EXAMPLE.org") == ["Sample One"]
    assert listed(organizer, words="one@example") == []


@pytest.mark.usefixtures("people")
def test_a_name_in_an_address_is_not_searched_for(organizer: FlaskClient) -> None:
    assert "Øystein" in organizer.get("/desk/people/?words=zoe").text


def test_people_are_listed_by_what_they_are_now(
    app: Flask, organizer: FlaskClient, group: Group, add_person: AddPerson
) -> None:
    add_person("Still Here")
    gone = add_person("Long Gone")
    add_person("Also Organizer", role=Role.ORGANIZER)
    with app.app_context():
        db.session.get_one(Membership, gone.memberships[0].id).ends_on = date.today() - timedelta(days=2)
        db.session.commit()
    assert listed(organizer, role="member") == ["Still Here"]
    assert listed(organizer, state="ended") == ["Long Gone"]
    assert listed(organizer, state="all", role="member") == ["Long Gone", "Still Here"]
    assert "Also Organizer" in listed(organizer, role="organizer", group=str(group.id))


def test_people_are_listed_by_what_they_agreed_to(organizer: FlaskClient, add_person: AddPerson) -> None:
    add_person("Agreed", consents=[Consent(purpose=Purpose.LETTERS, **CONSENT)])
    withdrawn = Consent(purpose=Purpose.LETTERS, withdrawn_on=date(2025, 6, 1), **CONSENT)
    add_person("Withdrew", consents=[withdrawn])
    assert listed(organizer, consent="letters") == ["Agreed"]
    assert listed(organizer, consent="news") == []
    assert "Withdrew" in listed(organizer, consent="none")
    assert "Agreed" not in listed(organizer, consent="none")


def test_people_are_listed_by_their_fee(organizer: FlaskClient, add_person: AddPerson) -> None:
    for name, days in (("Paid", 1), ("Owes", -1)):
        until = date.today() + timedelta(days=days)
        paid = FeePayment(amount=1, currency="KRW", paid_on=date(2020, 1, 1), paid_until=until)
        add_person(name, payments=[paid])
    assert listed(organizer, fee="paid") == ["Paid"]
    assert "Owes" in listed(organizer, fee="due")
    assert "Paid" not in listed(organizer, fee="due")


def test_strange_filters_are_left_out(organizer: FlaskClient, person: Person) -> None:
    asked = {"state": "x", "role": "admin", "consent": "x", "fee": "x", "group": "x", "page": "1"}
    assert person.name in listed(organizer, **asked)
    assert organizer.post("/desk/people/", data={"group": "9" * 30}).status_code in (200, 404)
    assert organizer.post("/desk/people/", data={"page": "7"}).status_code == 404


def test_a_long_list_has_pages_and_says_so_in_the_log(
    organizer: FlaskClient, add_person: AddPerson, audited: Callable[[], list[tuple[str, str, int]]]
) -> None:
    for number in range(55):
        add_person(f"Person {number:02}")
    assert len(listed(organizer, role="member")) == 50
    assert listed(organizer, role="member", page="2") == [f"Person {number:02}" for number in range(50, 55)]
    assert audited() == [("list", "person", 50), ("list", "person", 5)]


@pytest.mark.usefixtures("person")
def test_another_groups_people_are_not_listed_by_any_filter(stranger: FlaskClient, group: Group) -> None:
    for asked in ({"state": "all"}, {"group": str(group.id)}, {"words": "mai@example.org"}, {"words": "mai"}):
        assert "Đặng Thị Sương Mai" not in listed(stranger, **asked)


def test_staff_find_everybody(staff: FlaskClient, person: Person, add_person: AddPerson) -> None:
    add_person("Nobody Knows", group=None, role=Role.STAFF)
    assert {person.name, "Nobody Knows"} <= set(listed(staff))


def test_a_list_says_how_to_go_on(staff: FlaskClient) -> None:
    assert "Add a person" in staff.get("/desk/people/").text
