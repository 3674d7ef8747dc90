"""Runs hold names: only their own group sees them, and whoever is no organizer any more makes none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.access.models import Account
from campaign_app.db import db
from campaign_app.jobs import reasons
from campaign_app.jobs.models import Job, JobState
from campaign_app.people.models import Role
from campaign_app.print_runs import making
from campaign_app.privacy.models import AuditEntry
from tests.conftest import SignIn
from tests.databases import on_both_databases
from tests.print_runs.conftest import Runs, roster

PAGES = [
    "", "/edit", "/posted", "/rows/2", "/rows/2/letter.png", "/rows/2/letters.pdf", "/files/letters",
    "/files/checklist",
]  # fmt: skip
ACTS = [
    "make", "back", "leave-out", "take-back", "delete", "edit", "posted", "posted/undo", "rows/2", "rows/2/leave-out",
    "rows/2/take-back",
]  # fmt: skip


@pytest.mark.parametrize("is_made", [False, True])
def test_safety_19_everything_of_another_groups_run_is_a_404(runs: Runs, stranger: FlaskClient, is_made: bool) -> None:
    run_id = runs.made() if is_made else runs.checked(roster())
    for page in PAGES:
        assert stranger.get(f"/desk/runs/{run_id}{page}").status_code == 404, page
    for act in ACTS:
        assert replace(runs, client=stranger).post(run_id, act).status_code == 404, act
    assert "Free Nadia" not in _runs_so_far(stranger)
    assert "Free Nadia" in _runs_so_far(runs.client)


def _runs_so_far(client: FlaskClient) -> str:
    return client.get("/desk/runs").text.partition("Runs so far")[2]


def test_visitors_and_members_see_nothing_of_runs(runs: Runs, client: FlaskClient, sign_in: SignIn) -> None:
    run_id = runs.made()
    member: FlaskClient = sign_in(Role.MEMBER, runs.campaign.group)
    for page in PAGES:
        assert client.get(f"/desk/runs/{run_id}{page}").status_code == 302
        assert member.get(f"/desk/runs/{run_id}{page}").status_code == 403


def test_staff_see_the_runs_of_all_groups(runs: Runs, staff: FlaskClient) -> None:
    run_id = runs.made()
    assert staff.get(f"/desk/runs/{run_id}").status_code == 200
    assert staff.get(f"/desk/runs/{run_id}/files/letters").data == runs.file(run_id)


@on_both_databases
def test_safety_20_what_a_demoted_organizer_had_queued_is_refused(app: Flask, runs: Runs) -> None:
    run_id = runs.checked(roster())
    runs.post(run_id, "make")
    with app.app_context():
        person = db.session.scalars(select(Account)).one().person
        person.memberships[0].ends_on = date.today() - timedelta(days=1)
        db.session.commit()
    assert runs.client.get(f"/desk/runs/{run_id}").status_code == 403
    runs.work()
    with app.app_context():
        job = db.session.scalars(select(Job).filter_by(kind=making.KIND)).one()
        assert (job.state, job.reason) == (JobState.FAILED, reasons.NOT_ALLOWED)
    assert runs.letters(run_id) == []


def test_a_part_that_was_not_made_is_a_404(runs: Runs) -> None:
    run_id = runs.made()
    assert runs.client.get(f"/desk/runs/{run_id}/files/labels").status_code == 404
    assert runs.client.get(f"/desk/runs/{run_id}/files/..%2Fsecret").status_code == 404


def test_what_is_seen_made_taken_and_marked_is_on_the_audit_log_without_names(app: Flask, runs: Runs) -> None:
    run_id = runs.made()
    runs.file(run_id)
    runs.client.get(f"/desk/runs/{run_id}/rows/3/letters.pdf")
    runs.page(run_id, "/posted")
    runs.client.post(f"/desk/runs/{run_id}/posted", data={"day": runs.today.isoformat(), "action": "all"})
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry)).all()
        actions = {entry.action for entry in entries}
        assert all("Amina" not in str(vars(entry)) for entry in entries)
    assert {
        "prepare print run", "make print run", "see print run", "take print run file", "reprint print run row",
        "see print run letters", "mark letters of print run",
    } <= actions  # fmt: skip


def test_the_desk_and_the_campaign_lead_to_runs(runs: Runs) -> None:
    assert 'href="/desk/runs"' in runs.client.get("/desk").text
    page = runs.client.get(f"/desk/campaigns/{runs.campaign.slug}").text
    assert f'href="/desk/runs/new/{runs.campaign.slug}"' in page
