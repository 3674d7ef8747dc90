"""Two records of one person: suggested, compared, made one for good."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.access.models import Account
from campaign_app.db import db
from campaign_app.groups.decision_models import Decision, Voter
from campaign_app.groups.models import Duty, Group, Officer
from campaign_app.people import merging
from campaign_app.people.models import Consent, FeePayment, Membership, Person, Purpose, Role, Way
from campaign_app.privacy import erasing, tombstones
from tests.conftest import SignIn, store
from tests.databases import on_both_databases
from tests.people.conftest import AddPerson

MERGE = "/desk/people/merge"


def consent(purpose: Purpose, given: date, withdrawn: date | None = None) -> Consent:
    return Consent(
        purpose=purpose, wording="Yes.", version="1", given_on=given, way=Way.PAPER, withdrawn_on=withdrawn
    )  # fmt: skip


def fee(until: int) -> FeePayment:
    return FeePayment(amount=1, currency="KRW", paid_on=date(until - 1, 1, 1), paid_until=date(until, 1, 1))


@pytest.fixture
def two(add_person: AddPerson) -> tuple[Person, Person]:
    """One person in two records, the second of which says that a consent was withdrawn."""
    first = add_person(
        "Kim Sol", email="sol@example.org", note="first", payments=[fee(2026)],
        consents=[consent(Purpose.LETTERS, date(2024, 1, 1)), consent(Purpose.NEWS, date(2024, 1, 1))],
    )  # fmt: skip
    second = add_person(
        "김솔", native_name="Kim Sol", phone="010", note="second", payments=[fee(2026), fee(2027)],
        consents=[consent(Purpose.LETTERS, date(2023, 1, 1), date(2025, 1, 1))],
    )  # fmt: skip
    return first, second


def where(two: tuple[Person, Person]) -> str:
    return f"{MERGE}/{two[0].id}/{two[1].id}"


def stored(app: Flask, model: type[Any]) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(model.id)))


def suggested(client: FlaskClient) -> list[tuple[str, str]]:
    return re.findall(r"/desk/people/merge/(\d+)/(\d+)", client.get(f"{MERGE}/").text)


def test_pairs_are_suggested_by_name_in_any_script_and_by_email(
    organizer: FlaskClient, two: tuple[Person, Person], add_person: AddPerson
) -> None:
    third = add_person("Somebody Else", email="SOL@example.org")
    add_person("Nobody Like Them")
    first, second = (str(person.id) for person in two)
    assert suggested(organizer) == [(first, second), (first, str(third.id))]


@pytest.mark.usefixtures("two")
def test_pairs_of_other_groups_are_not_suggested(stranger: FlaskClient) -> None:
    assert suggested(stranger) == []


def test_both_sides_are_shown_and_what_was_chosen_is_shown_again(
    app: Flask, organizer: FlaskClient, two: tuple[Person, Person]
) -> None:
    page = unescape(organizer.get(where(two)).text)
    for text in ("Kim Sol", "김솔", "sol@example.org", "010", "first", "second"):
        assert text in page
    picked = {"name": "second", "note": "both", "phone": "second"}
    page = unescape(organizer.post(where(two), data=picked).text)
    assert "This cannot be undone" in page
    assert "first\nsecond" in page
    assert "“Letters in one’s name” counts as withdrawn on 1 January 2025" in page
    assert len(stored(app, Person)) == 3


def test_the_records_become_one_with_all_that_belonged_to_both(
    app: Flask, organizer: FlaskClient, two: tuple[Person, Person], group: Group
) -> None:
    store(app, Officer(group_id=group.id, person_id=two[1].id, duty=Duty.TREASURER, starts_on=date(2025, 1, 1)))
    picked = {"action": "merge", "name": "second", "note": "both", "phone": "second"}
    answer = organizer.post(where(two), data=picked)
    assert (answer.status_code, answer.location) == (303, f"/desk/people/{two[0].id}")
    with app.app_context():
        assert db.session.get(Person, two[1].id) is None
        person = db.session.get_one(Person, two[0].id)
        assert (person.name, person.email, person.phone) == ("김솔", "sol@example.org", "010")
        assert person.note == "first\nsecond"
        assert [(m.role, m.starts_on, m.ends_on) for m in person.memberships] == [(Role.MEMBER, date(2024, 1, 1), None)]
        assert [payment.paid_until.year for payment in person.payments] == [2026, 2027]
        assert [c.purpose for c in person.consents] == [Purpose.LETTERS, Purpose.NEWS, Purpose.LETTERS]
        assert not person.consents_to(Purpose.LETTERS)
        assert person.consents_to(Purpose.NEWS)
        assert db.session.scalars(select(Officer)).one().person_id == person.id
    assert organizer.post(where(two), data=picked).status_code == 404


def test_a_consent_that_was_given_after_a_withdrawal_holds(
    app: Flask, organizer: FlaskClient, add_person: AddPerson
) -> None:
    first = add_person("A", consents=[consent(Purpose.LETTERS, date(2020, 1, 1), date(2021, 1, 1))])
    second = add_person("A", consents=[consent(Purpose.LETTERS, date(2022, 1, 1))])
    organizer.post(where((first, second)), data={"action": "merge"})
    with app.app_context():
        assert db.session.get_one(Person, first.id).consents_to(Purpose.LETTERS)


def test_memberships_of_different_times_stay_apart(app: Flask, organizer: FlaskClient, add_person: AddPerson) -> None:
    first, second = add_person("A"), add_person("A")
    with app.app_context():
        db.session.get_one(Membership, first.memberships[0].id).ends_on = date(2024, 6, 1)
        db.session.get_one(Membership, second.memberships[0].id).starts_on = date(2025, 1, 1)
        db.session.commit()
    organizer.post(where((first, second)), data={"action": "merge"})
    with app.app_context():
        kept = db.session.get_one(Person, first.id).memberships
        assert [(m.starts_on, m.ends_on) for m in kept] == [
            (date(2024, 1, 1), date(2024, 6, 1)),
            (date(2025, 1, 1), None),
        ]


def test_the_record_with_an_account_stays(
    app: Flask, organizer: FlaskClient, sign_in: SignIn, group: Group, add_person: AddPerson
) -> None:
    old = add_person("Organizer Person")
    client = sign_in(Role.ORGANIZER, group, "second@example.org")
    with app.app_context():
        account = max(db.session.scalars(select(Account)), key=lambda account: account.id)
        signed_in = account.person_id
    assert organizer.post(f"{MERGE}/{old.id}/{signed_in}", data={"action": "merge"}).status_code == 303
    assert client.get("/desk").status_code == 200


def test_two_who_both_sign_in_are_not_merged(app: Flask, organizer: FlaskClient, sign_in: SignIn, group: Group) -> None:
    sign_in(Role.ORGANIZER, group, "second@example.org")
    first, second = stored(app, Person)
    answer = organizer.post(f"{MERGE}/{first.id}/{second.id}", data={"action": "merge"})
    assert answer.status_code == 409
    assert "Both have an account" in answer.text


def test_an_organizer_takes_over_nobody_elses_roles_by_merging(
    app: Flask, organizer: FlaskClient, staff: FlaskClient, two: tuple[Person, Person]
) -> None:
    """Else a record of one's own could be merged with that of somebody with more rights."""
    store(app, Membership(person_id=two[1].id, group_id=None, role=Role.STAFF, starts_on=date(2025, 1, 1)))
    answer = organizer.post(where(two), data={"action": "merge"})
    assert answer.status_code == 409
    assert "beyond your groups" in answer.text
    assert len(stored(app, Membership)) == 5
    assert staff.post(where(two), data={"action": "merge"}).status_code == 303


def test_merging_is_in_the_log(
    organizer: FlaskClient, two: tuple[Person, Person], audited: Callable[[], list[tuple[str, str, int]]]
) -> None:
    organizer.get(where(two))
    organizer.post(where(two), data={"action": "merge"})
    subject = f"person {two[0].id}"
    assert audited() == [("open", subject, 1), ("merge", subject, 1)]


def test_who_asks_to_be_deleted_is_remembered_by_both_records(
    app: Flask, organizer: FlaskClient, two: tuple[Person, Person]
) -> None:
    """A backup from before the merging would bring back the record that is gone."""
    organizer.post(where(two), data={"action": "merge"})
    with app.app_context():
        erasing.erase(db.session.get_one(Person, two[0].id))
    returned = [Person(id=old.id, name=old.name, created_at=old.created_at) for old in two]
    store(app, *returned, Person(name="Somebody new"))
    with app.app_context():
        assert {person.id for person in tombstones.returned()} == {old.id for old in two}


def test_a_record_is_not_merged_with_itself(organizer: FlaskClient, person: Person) -> None:
    assert organizer.get(f"{MERGE}/{person.id}/{person.id}").status_code == 404


@on_both_databases
def test_who_voted_under_both_records_voted(app: Flask, group: Group, two: tuple[Person, Person]) -> None:
    day = date(2026, 1, 1)
    once, twice = (Decision(group_id=group.id, question="Which?", opened_on=day, closes_on=day) for _ in range(2))
    store(app, once)
    store(app, twice)
    for decision, person in ((once, two[1]), (twice, two[0]), (twice, two[1])):
        store(app, Voter(decision_id=decision.id, person_id=person.id))
    with app.app_context():
        merging.merge(db.session.get_one(Person, two[0].id), db.session.get_one(Person, two[1].id), {})
        db.session.commit()
        voters = db.session.execute(select(Voter.decision_id, Voter.person_id).order_by(Voter.decision_id)).all()
        assert [tuple(voter) for voter in voters] == [(once.id, two[0].id), (twice.id, two[0].id)]
