"""Staff can read who opened, exported or changed personal data."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from campaign_app.db import db
from campaign_app.privacy import audit
from campaign_app.privacy.models import AuditEntry
from tests.privacy.people import TODAY


@pytest.fixture
def log(app: Flask, staff: FlaskClient) -> FlaskClient:
    """Staff, before a log with a few entries."""
    with app.app_context():
        for subject, action in (("person 7", "change"), ("person 8", "change"), ("person", "export")):
            audit.record(action, subject)
        db.session.commit()
    return staff


def exported(client: FlaskClient, query: str = "") -> list[list[str]]:
    answer = client.get(f"/desk/audit/export.csv{query}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return [row[4:6] for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))][1:]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?person=7", [["change", "person 7"]]),
        ("?action=export", [["export", "person"]]),
        ("?account=1", [["sign in", "account 1"]]),
        (f"?until={TODAY - timedelta(days=2)}", []),
        (f"?since={TODAY + timedelta(days=2)}", []),
        (f"?since={TODAY - timedelta(days=1)}&person=8&action=change", [["change", "person 8"]]),
    ],
)
def test_the_log_is_narrowed_down_on_the_page_and_in_the_export(
    log: FlaskClient, query: str, found: list[list[str]]
) -> None:
    assert exported(log, query) == found
    page = log.get(f"/desk/audit{query}").text
    assert all(f"<td>{subject}</td>" in page for _, subject in found)
    assert found or "No entry matches" in page


def test_the_export_itself_is_logged(log: FlaskClient) -> None:
    assert exported(log)[-1] == ["export", "person"]
    assert exported(log)[-1] == ["export", "audit log"]


@pytest.mark.parametrize("query", ["?person=x", "?person=99999999999999999999", "?since=yesterday", "?page=9999999"])
def test_what_makes_no_sense_is_said_and_narrows_nothing_down(log: FlaskClient, query: str) -> None:
    assert log.get(f"/desk/audit{query}").status_code == 200


def test_the_chain_is_verified_on_a_page(app: Flask, log: FlaskClient) -> None:
    assert "The chain holds" in log.get("/desk/audit/verify").text
    with app.app_context():
        db.session.execute(update(AuditEntry).where(AuditEntry.id == 2).values(subject="person 9"))
        db.session.commit()
    assert "audit entry 2 was changed" in log.get("/desk/audit/verify").text


def test_organizers_do_not_read_it(organizer: FlaskClient) -> None:
    for address in ("/desk/audit", "/desk/audit/verify", "/desk/audit/export.csv"):
        assert organizer.get(address).status_code == 403
