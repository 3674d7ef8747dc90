"""My data: seen, taken along, corrected, withdrawn, deleted."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campaign_app.access.models import Account
from campaign_app.db import Base, db
from campaign_app.groups.models import Group
from campaign_app.people.models import Consent, Membership, Person, Role
from campaign_app.privacy import erasing, tombstones
from campaign_app.privacy.models import AuditEntry, SettledFee
from tests.conftest import SignIn
from tests.databases import SQLITE_FILE
from tests.privacy.people import TODAY, consent, holding, payment, sealed_in, stored_person, years_ago

CANARIES = ("Canary Nightingale", "나이팅게일", "010-5555-0199", "Sample-ro 99", "sings in a choir")


@pytest.fixture
def me(app: Flask, sign_in: SignIn, group: Group) -> FlaskClient:
    """A member about whom a good deal is held, signed in."""
    client = sign_in(Role.MEMBER, group, "canary@example.org")
    with app.app_context():
        person = myself()
        person.name, person.native_name, person.phone, note = CANARIES[0], CANARIES[1], CANARIES[2], CANARIES[4]
        person.letter_address = {"street": CANARIES[3], "city": "Seoul", "country": "KR"}
        person.note = note
        person.consents = [consent()]
        person.payments = [payment(years_ago(1))]
        db.session.commit()
    return client


def myself() -> Person:
    return db.session.scalars(select(Account).order_by(Account.id.desc())).first().person  # type: ignore[union-attr]


def count(app: Flask, model: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def correction(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Kim Minji",
        "email": "minji@example.org",
        "letter_city": "Busan",
        "letter_country": "KR",
        **changes,
    }


class TestSeeing:
    def test_everything_that_is_held_is_on_the_page(self, me: FlaskClient) -> None:
        page = me.get("/me").text
        for fact in (*CANARIES, "canary@example.org", "Group 48 Seoul", "Letters in my name.", "KRW"):
            assert fact in page, fact

    def test_everything_can_be_taken_along_for_programs_and_to_read(self, me: FlaskClient) -> None:
        data = me.get("/me/data.json")
        found = json.loads(data.data)
        assert data.headers["Content-Disposition"].startswith("attachment")
        assert found["details"][0]["name"] == CANARIES[0]
        assert found["details"][0]["letter_address"]["street"] == CANARIES[3]
        assert found["roles"][0]["starts_on"] == "2020-01-01"
        assert [found[name] != [] for name in ("account", "consents", "fees", "audit log")] == [True] * 4
        read = me.get("/me/data.html")
        assert all(fact in read.text for fact in CANARIES)
        assert "http" not in read.text

    def test_nothing_that_is_stored_about_a_person_is_left_out(self, me: FlaskClient) -> None:
        """Each table that refers to people, and each column that tells who they are, is among what is shown."""
        refer = {
            table.name
            for table in db.metadata.sorted_tables
            for key in table.foreign_keys
            if key.column.table.name == "person"
        }
        of_groups = {"decision_voter", "handover", "membership", "officer"}
        assert refer == of_groups | {"account", "consent", "fee_payment", "invitation", "print_row", "sheet_issue"}
        shown = {*json.loads(me.get("/me/data.json").data)["details"][0]}
        unset = {
            "pronoun",
            "email",
            "private_address",
            "nationality",
            "occupation",
            "languages_read",
            "languages_written",
        }
        assert shown | unset == {column.name for column in Person.__table__.columns} - {"id", "email_index", "merged"}

    def test_taking_it_along_is_logged(self, app: Flask, me: FlaskClient) -> None:
        me.get("/me/data.json")
        with app.app_context():
            entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
            assert entry
            assert (entry.action, entry.subject) == ("export", f"person {myself().id}")

    def test_a_visitor_is_asked_to_sign_in(self, client: FlaskClient) -> None:
        for address in ("/me", "/me/data.json", "/me/data.html", "/me/correct", "/me/delete"):
            assert client.get(address).location.startswith("/sign-in")


class TestCorrecting:
    def test_what_is_ones_own_is_corrected(self, app: Flask, me: FlaskClient) -> None:
        assert me.post("/me/correct", data=correction(phone="", letter_street="")).status_code == 303
        with app.app_context():
            found = myself()
            assert (found.name, found.email, found.phone) == ("Kim Minji", "minji@example.org", "")
            assert found.letter_address == {
                "street": "", "city": "Busan", "region": "", "postcode": "", "country": "KR"
            }  # fmt: skip
            assert found.private_address is None
            assert found.note == CANARIES[4]

    def test_the_languages_are_ones_own_to_correct(self, app: Flask, me: FlaskClient) -> None:
        assert "Languages you read" in me.get("/me/correct").text
        me.post("/me/correct", data=correction(languages_read=["ko", "en"], languages_written=["ko"]))
        with app.app_context():
            found = myself()
            assert (sorted(found.languages_read), found.languages_written) == (["en", "ko"], ["ko"])

    def test_the_form_begins_with_what_is_held_and_says_what_is_stored(self, me: FlaskClient) -> None:
        assert CANARIES[3] in me.get("/me/correct").text
        assert "Stored: People" in me.get("/me/correct").text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""}, {"email": "nobody"}, {"name": "a\x00b"}, {"phone": "1" * 41},
            {"occupation": "900101-1234567"},
        ],
    )  # fmt: skip
    def test_what_makes_no_sense_is_refused_at_the_field(
        self, app: Flask, me: FlaskClient, wrong: dict[str, str]
    ) -> None:
        assert me.post("/me/correct", data=correction(**wrong)).status_code == 422
        with app.app_context():
            assert myself().name == CANARIES[0]

    def test_safety_20_a_role_cannot_be_given_to_oneself(self, app: Flask, me: FlaskClient) -> None:
        me.post("/me/correct", data=correction(role="staff", group_id="", id="1"))
        with app.app_context():
            assert [membership.role for membership in myself().memberships] == [Role.MEMBER]


class TestWithdrawing:
    def test_a_consent_is_withdrawn_and_the_slip_undone_on_the_same_day(self, app: Flask, me: FlaskClient) -> None:
        me.post("/me/consents/1/withdraw")
        with app.app_context():
            assert db.session.get_one(Consent, 1).withdrawn_on == TODAY
        me.post("/me/consents/1/undo")
        with app.app_context():
            assert db.session.get_one(Consent, 1).withdrawn_on is None

    def test_a_withdrawal_of_another_day_stays(self, app: Flask, me: FlaskClient) -> None:
        with app.app_context():
            db.session.get_one(Consent, 1).withdrawn_on = yesterday = TODAY - timedelta(days=1)
            db.session.commit()
        for change in ("undo", "withdraw"):
            me.post(f"/me/consents/1/{change}")
        with app.app_context():
            assert db.session.get_one(Consent, 1).withdrawn_on == yesterday

    def test_somebody_elses_consent_is_not_there(self, app: Flask, me: FlaskClient, group: Group) -> None:
        other = stored_person(app, "Other", group, consents=[consent()])
        assert me.post(f"/me/consents/{other.consents[0].id}/withdraw").status_code == 404


class TestDeleting:
    def test_nothing_is_left_but_counts(self, app: Flask, me: FlaskClient) -> None:
        instance = Path(app.instance_path)
        sealed = [value for table in ("person", "account") for value in sealed_in(instance / SQLITE_FILE, table)]
        assert me.post("/me/delete", data={"word": " Delete "}).status_code == 200
        assert (count(app, Person), count(app, Account), count(app, Membership), count(app, Consent)) == (0, 0, 0, 0)
        assert count(app, SettledFee) == 1
        assert holding(instance, [*CANARIES, "canary@example.org", *sealed]) == []
        assert me.get("/me").location.startswith("/sign-in")

    @pytest.mark.parametrize("word", ["", "yes", "deleted"])
    def test_another_word_deletes_nobody(self, app: Flask, me: FlaskClient, word: str) -> None:
        assert me.post("/me/delete", data={"word": word}).status_code == 422
        assert count(app, Person) == 1

    def test_safety_21_the_last_staff_account_stays(self, app: Flask, staff: FlaskClient) -> None:
        assert "last account" in staff.get("/me/delete").text
        assert staff.post("/me/delete", data={"word": "delete"}).status_code == 422
        assert count(app, Person) == 1

    def test_safety_21_of_two_staff_one_can_go(self, app: Flask, staff: FlaskClient, sign_in: SignIn) -> None:
        other = sign_in(Role.STAFF, email="second@example.org")
        assert staff.post("/me/delete", data={"word": "delete"}).status_code == 200
        assert other.post("/me/delete", data={"word": "delete"}).status_code == 422
        assert count(app, Person) == 1

    def test_sheets_with_the_name_are_listed_for_destruction(
        self, me: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(erasing, "PAPER", [lambda _person: ["G48-P07-0123"]])
        assert "G48-P07-0123" in me.post("/me/delete", data={"word": "delete"}).text


class TestOnRequest:
    def erase(self, client: FlaskClient, person: Person) -> int:
        return client.post(f"/desk/people/{person.id}/erase", data={"word": "delete"}).status_code

    def test_an_organizer_deletes_a_member_who_asks_for_it(
        self, app: Flask, organizer: FlaskClient, group: Group
    ) -> None:
        person = stored_person(app, "A", group)
        assert self.erase(organizer, person) == 303
        with app.app_context():
            assert db.session.get(Person, person.id) is None
            entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
            assert entry
            assert (entry.action, entry.subject) == ("erase", f"person {person.id}")

    def test_another_groups_member_is_not_there(self, app: Flask, stranger: FlaskClient, group: Group) -> None:
        person = stored_person(app, "A", group)
        assert stranger.get(f"/desk/people/{person.id}/erase").status_code == 404
        assert self.erase(stranger, person) == 404

    @pytest.mark.usefixtures("stranger")
    def test_whoever_belongs_to_another_group_too_is_for_staff_to_delete(
        self, app: Flask, organizer: FlaskClient, staff: FlaskClient, group: Group
    ) -> None:
        person = stored_person(app, "A", group)
        with app.app_context():
            other = db.session.scalars(select(Group).where(Group.number == 7)).one()
            row = Membership(person_id=person.id, group_id=other.id, role=Role.MEMBER, starts_on=TODAY)
            db.session.add(row)
            db.session.commit()
        assert self.erase(organizer, person) == 422
        assert self.erase(staff, person) == 303


class TestRemembering:
    def test_whoever_asked_to_be_deleted_and_comes_back_is_deleted_again(
        self, app: Flask, group: Group, staff: FlaskClient
    ) -> None:
        person = stored_person(app, "A", group)
        with app.app_context():
            kept = {name: getattr(person, name) for name in ("id", "name", "created_at")}
        staff.post(f"/desk/people/{person.id}/erase", data={"word": "delete"})
        with app.app_context():
            assert "A" not in tombstones.path().read_text()
            db.session.add(Person(**kept))
            db.session.commit()
            assert erasing.replay() == 1
            assert db.session.get(Person, kept["id"]) is None
            assert erasing.replay() == 0

    def test_even_the_last_of_staff_who_comes_back_is_deleted_again(self, app: Flask, staff: FlaskClient) -> None:  # noqa: ARG002
        with app.app_context():
            tombstones.remember(db.session.query(Person).one())
            assert erasing.replay() == 1
            assert db.session.query(Account).count() == 0

    def test_somebody_new_who_is_given_the_same_id_stays(self, app: Flask, group: Group, staff: FlaskClient) -> None:
        person = stored_person(app, "A", group)
        staff.post(f"/desk/people/{person.id}/erase", data={"word": "delete"})
        with app.app_context():
            db.session.add(Person(id=person.id, name="Somebody new"))
            db.session.commit()
            assert erasing.replay() == 0


def test_the_public_page_says_what_is_kept(client: FlaskClient) -> None:
    page = client.get("/privacy").text
    assert "Nothing about you." in page
    assert "/letters/kept" in page
    assert "5 years after the payment" in page
