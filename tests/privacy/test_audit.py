"""Every action on personal data leaves a line that cannot be changed unseen."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from campaign_app.db import db
from campaign_app.people.models import Person
from campaign_app.privacy import audit
from campaign_app.privacy.models import AuditEntry


def entries(app: Flask) -> list[AuditEntry]:
    with app.app_context():
        for number in range(3):
            db.session.add(person := Person(name=f"Person {number}"))
            audit.record("add", person, number=number)
            db.session.commit()
        audit.record_reading("export", "person", count=3)
        return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_safety_rule_6_entries_name_rows_by_id_and_are_numbered_without_gaps(app: Flask) -> None:
    found = entries(app)
    assert [entry.id for entry in found] == [1, 2, 3, 4]
    assert [entry.subject for entry in found] == ["person 1", "person 2", "person 3", "person"]
    with app.app_context():
        assert list(audit.broken_links()) == []


def test_safety_rule_6_a_changed_a_missing_and_a_cut_off_entry_are_found(app: Flask) -> None:
    entries(app)
    with app.app_context():
        for change, problem in (
            (update(AuditEntry).where(AuditEntry.id == 2).values(action="nothing"), "audit entry 2 was changed"),
            (delete(AuditEntry).where(AuditEntry.id == 2), "audit entry 2 is missing"),
            (delete(AuditEntry).where(AuditEntry.id == 4), "the audit log ends at entry 3, and should end at 4"),
        ):
            db.session.execute(change)
            assert list(audit.broken_links()) == [problem]
            db.session.rollback()


def test_what_is_rolled_back_leaves_no_entry(app: Flask) -> None:
    with app.app_context():
        audit.record("change", "person")
        db.session.rollback()
        assert db.session.scalars(select(AuditEntry)).all() == []
        assert list(audit.broken_links()) == []


@pytest.mark.usefixtures("organizer")
def test_signing_in_is_logged(app: Flask) -> None:
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.subject) == ("sign in", f"account {entry.account_id}")
