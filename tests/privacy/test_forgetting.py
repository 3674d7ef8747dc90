"""What is kept is forgotten on time: rows, files and the write-ahead log reach zero, counts stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campaign_app.campaigns.models import Campaign
from campaign_app.cli import campaign_app
from campaign_app.db import Base, db
from campaign_app.groups.models import Duty, Group, Officer
from campaign_app.jobs import schedule, worker
from campaign_app.letters.models import KeptLetter, LetterRecord
from campaign_app.people.models import Consent, FeePayment, Membership, Person
from campaign_app.privacy import audit, forgetting
from campaign_app.privacy.models import AuditEntry, Receipt, SettledFee
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile
from tests.conftest import store
from tests.databases import SQLITE_FILE
from tests.privacy.people import TODAY, consent, holding, payment, person, sealed_in, stored_person, years_ago


def forget(app: Flask, *confirmed: str) -> dict[str, int]:
    with app.app_context():
        return dict(forgetting.forget(TODAY, confirmed).counts)


def count(app: Flask, model: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def call(app: Flask, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("CAMPAIGN_APP_INSTANCE", app.instance_path)
    monkeypatch.setenv("CAMPAIGN_APP_SECRET_KEY", app.config["SECRET_KEY"])
    return CliRunner().invoke(campaign_app, ["forget", *arguments])


@pytest.fixture
def crowd(app: Flask, group: Group) -> None:
    """Twenty people with a role, so that one more or less is no tenth."""
    store(app, *(person(f"Person {number}", group) for number in range(20)))


@pytest.mark.usefixtures("crowd")
class TestEachKind:
    def test_people_go_a_year_after_their_last_role(self, app: Flask, group: Group) -> None:
        stored_person(app, "Just left", group, years_ago(0.9))
        stored_person(app, "Left long ago", group, years_ago(1.1))
        assert forget(app)["people"] == 1
        with app.app_context():
            assert "Left long ago" not in {each.name for each in db.session.scalars(select(Person))}

    def test_withdrawn_consents_go_after_three_years_and_others_stay(self, app: Flask, group: Group) -> None:
        given = [consent() for _ in range(20)]
        stored_person(app, "A", group, consents=[*given, consent(withdrawn_on=years_ago(3.1))])
        assert forget(app)["withdrawn consents"] == 1
        assert count(app, Consent) == 20

    def test_roles_and_terms_that_ended_go_while_the_person_stays(self, app: Flask, group: Group) -> None:
        someone = stored_person(app, "A", group)
        old = {"group_id": group.id, "person_id": someone.id, "starts_on": years_ago(6), "ends_on": years_ago(3.1)}
        store(app, Membership(role="MEMBER", **old), Officer(duty=Duty.TREASURER, **old))
        assert forget(app, "terms of officers") == {"memberships": 1, "terms of officers": 1}
        assert count(app, Person) == 21

    def test_fees_go_after_five_years(self, app: Flask, group: Group) -> None:
        young = [payment(years_ago(1)) for _ in range(20)]
        stored_person(app, "A", group, payments=[payment(years_ago(5.1)), *young])
        assert forget(app) == {"fees": 1}
        assert count(app, FeePayment) == 20

    def test_kept_letters_go_after_their_day(self, app: Flask, campaign: Campaign) -> None:
        for number, until in enumerate((TODAY - timedelta(days=2), TODAY)):
            letter = LetterRecord(
                campaign_id=campaign.id, target_id=1, group_id=campaign.group_id, text_version_id=1, language="en",
                country="EG", reference=f"R{number}", token_hash=f"T{number}", form=f"F{number}", made_on=TODAY,
                made_at=datetime.now(UTC),
            )  # fmt: skip
            store(app, KeptLetter(letter=letter, sealed=b"sealed", keep_until=until))
        assert forget(app) == {"kept letters": 1}
        assert (count(app, KeptLetter), count(app, LetterRecord)) == (1, 2)

    def test_stored_files_go_after_their_day_with_what_is_on_the_disk(self, app: Flask) -> None:
        with app.app_context():
            for day in (TODAY - timedelta(days=1), TODAY):
                with room.adding("print-run results", expires_on=day) as new:
                    new.write(b"letters")
            db.session.commit()
        assert forget(app) == {"stored files": 1}
        with app.app_context():
            assert len(list(room.folder().iterdir())) == count(app, StoredFile) == 1

    def test_old_lines_of_the_audit_log_go_and_the_chain_holds(self, app: Flask) -> None:
        with app.app_context():
            for number in range(30):
                audit.record("change", "person", number=number)
            db.session.commit()
            old = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).limit(2)).all()
            for entry in old:
                entry.at = entry.at - timedelta(days=4 * 366)
            _chain_anew()
            assert forgetting.forget(TODAY).counts == {"audit log": 2}
            assert list(audit.broken_links()) == []
            audit.record("change", "person")
            db.session.commit()
            assert list(audit.broken_links()) == []


def _chain_anew() -> None:
    """As if the entries had been written on the days that they now bear."""
    digest = ""
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        entry.digest = digest = audit._digest(digest, entry)
    db.session.get_one(audit.AuditHead, audit.HEAD).digest = digest
    db.session.commit()


class TestAGoodDealAtOnce:
    def test_more_than_a_tenth_waits_until_it_is_confirmed(self, app: Flask, group: Group) -> None:
        store(app, *(person(f"Person {number}", group, years_ago(2)) for number in range(2)))
        store(app, *(person(f"Member {number}", group) for number in range(17)))
        with app.app_context():
            receipt = forgetting.forget(TODAY)
            assert (receipt.counts, receipt.waiting) == ({}, {"people": 2})
            assert forgetting.is_waiting()
        assert forget(app, "people") == {"people": 2}
        with app.app_context():
            assert not forgetting.is_waiting()

    def test_a_tenth_goes_by_itself(self, app: Flask, group: Group) -> None:
        store(app, *(person(f"Person {number}", group, years_ago(2)) for number in range(2)))
        store(app, *(person(f"Member {number}", group) for number in range(18)))
        assert forget(app) == {"people": 2}

    def test_staff_see_it_on_their_desk_and_confirm_it(self, app: Flask, group: Group, staff: FlaskClient) -> None:
        stored_person(app, "Left long ago", group, years_ago(2))
        forget(app)
        assert "Look and confirm" in staff.get("/desk").text
        page = staff.get("/desk/forgetting")
        assert 'name="confirmed" value="people"' in page.text
        assert "Nothing was deleted" in staff.post("/desk/forgetting", follow_redirects=True).text
        answer = staff.post("/desk/forgetting", data={"confirmed": "people"}, follow_redirects=True)
        assert "1 row was deleted" in answer.text
        assert "Look and confirm" not in staff.get("/desk").text
        with app.app_context():
            assert db.session.scalars(select(Receipt).order_by(Receipt.id.desc())).first().counts == {"people": 1}

    def test_organizers_cannot_confirm_it(self, organizer: FlaskClient) -> None:
        assert organizer.get("/desk/forgetting").status_code == 403
        assert organizer.post("/desk/forgetting").status_code == 403


class TestNothingIsLeft:
    def test_safety_rule_5_no_byte_of_a_forgotten_person_is_in_the_instance_folder(
        self, app: Flask, group: Group
    ) -> None:
        canary = "Canary Nightingale"
        stored_person(
            app, canary, group, years_ago(2), email="canary@example.org", note="sings", consents=[consent()],
            payments=[payment(years_ago(1), note="paid in cash")],
        )  # fmt: skip
        with app.app_context():
            with room.adding("print-run results", expires_on=TODAY - timedelta(days=1)) as new:
                new.write(canary.encode())
            db.session.commit()
        instance = Path(app.instance_path)
        sealed = [*sealed_in(instance / SQLITE_FILE, "person"), *sealed_in(instance / SQLITE_FILE, "stored_file")]
        sealed += sealed_in(instance / SQLITE_FILE, "fee_payment")
        assert len(sealed) == 5
        assert holding(instance, sealed) != []
        forget(app, "people")
        assert holding(instance, [canary, "canary@", *sealed]) == []
        assert (count(app, Person), count(app, Consent), count(app, SettledFee)) == (0, 0, 1)

    def test_a_receipt_and_the_audit_log_keep_the_counts(self, app: Flask, group: Group) -> None:
        stored_person(app, "A", group, years_ago(2))
        forget(app, "people")
        with app.app_context():
            assert db.session.scalars(select(Receipt)).one().counts == {"people": 1}
            entry = db.session.scalars(select(AuditEntry)).one()
            assert (entry.action, entry.subject, entry.count) == ("forget", "people", 1)


class TestOnceADay:
    def test_the_daily_work_is_done_once_a_day(self, app: Flask, group: Group) -> None:
        stored_person(app, "Left long ago", group, years_ago(2))
        with app.app_context():
            schedule.begin_day()
            while worker.work_next():
                pass
            receipt = db.session.scalars(select(Receipt)).one()
            assert receipt.waiting == {"people": 1}
            schedule.begin_day()
            assert not worker.work_next()


class TestCommand:
    def test_a_dry_run_lists_what_would_go_and_deletes_nothing(
        self, app: Flask, group: Group, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stored_person(app, "Left long ago", group, years_ago(2))
        result = call(app, "--dry-run", monkeypatch=monkeypatch)
        assert "people                                  1 of        1  needs --yes" in result.output
        assert count(app, Person) == 1

    def test_more_than_a_tenth_needs_a_yes(self, app: Flask, group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
        stored_person(app, "Left long ago", group, years_ago(2))
        result = call(app, monkeypatch=monkeypatch)
        assert (result.exit_code, count(app, Person)) == (1, 1)
        assert "1 people" in result.stderr
        result = call(app, "--yes", monkeypatch=monkeypatch)
        assert (result.exit_code, result.stdout, count(app, Person)) == (0, "Deleted: 1 people.\n", 0)
