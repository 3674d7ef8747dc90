"""Pages of jobs: who sees them, and what they do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from campaign_app.access.permissions import PERMISSIONS, STAFF, Permission
from campaign_app.db import db, now
from campaign_app.groups.models import Group
from campaign_app.jobs import queue, reasons
from campaign_app.jobs.models import Job, JobState
from tests.conftest import Site
from tests.jobs.conftest import KIND, Enqueue, Handle, stored

WAYS = [("GET", ""), ("GET", "/progress"), ("POST", "/cancel"), ("POST", "/resume")]


@pytest.fixture
def job_id(enqueue: Enqueue, group: Group) -> int:
    """A job of ``group``."""
    return enqueue(group_id=group.id, total=1200)


def change(app: Flask, job_id: int, **values: Any) -> None:
    with app.app_context():
        job = db.session.get_one(Job, job_id)
        for name, value in values.items():
            setattr(job, name, value)
        db.session.commit()


def test_a_job_under_way_says_how_far_how_fast_and_how_long(app: Flask, organizer: FlaskClient, job_id: int) -> None:
    began = now()
    change(
        app, job_id, state=JobState.RUNNING, done=700, begun_with=100,
        started_at=began, moved_at=began + timedelta(seconds=20),
    )  # fmt: skip
    text = " ".join(organizer.get(f"/desk/jobs/{job_id}/progress").text.split())
    assert '<progress aria-label="Progress" max="1200" value="700">' in text
    assert "700 of 1,200" in text
    assert "30 a second" in text
    assert "about 17 seconds left" in text


def test_a_job_that_did_nothing_yet_promises_nothing(organizer: FlaskClient, job_id: int) -> None:
    text = organizer.get(f"/desk/jobs/{job_id}/progress").text
    assert "0 of 1,200" in text
    assert "a second" not in text
    assert "left" not in text


def test_a_failed_job_says_why(app: Flask, organizer: FlaskClient, job_id: int) -> None:
    change(app, job_id, state=JobState.FAILED, reason=reasons.DISK_FULL)
    text = organizer.get(f"/desk/jobs/{job_id}").text
    assert "The disk is full" in text
    assert "Resume" in text
    assert "Cancel<" not in text


def test_a_page_without_scripts_loads_itself_again_while_the_job_is_open(
    app: Flask, organizer: FlaskClient, job_id: int
) -> None:
    refresh = '<meta http-equiv="refresh"'
    assert refresh in organizer.get(f"/desk/jobs/{job_id}").text
    change(app, job_id, state=JobState.DONE)
    assert refresh not in organizer.get(f"/desk/jobs/{job_id}").text


def test_cancelling_and_resuming_lead_back_to_the_page(app: Flask, organizer: FlaskClient, job_id: int) -> None:
    answer = organizer.post(f"/desk/jobs/{job_id}/cancel")
    assert (answer.status_code, answer.location) == (303, f"/desk/jobs/{job_id}")
    assert stored(app, job_id).state is JobState.CANCELLED
    assert "you can resume it" in organizer.get(answer.location).text
    organizer.post(f"/desk/jobs/{job_id}/resume")
    assert stored(app, job_id).state is JobState.QUEUED


def test_a_kind_with_a_page_of_its_own_leads_there(
    organizer: FlaskClient, handle: Handle, enqueue: Enqueue, group: Group
) -> None:
    handle(lambda _: None, page=lambda job: f"/desk/runs/{job.subject}")
    job_id = enqueue(9, group_id=group.id)
    assert organizer.post(f"/desk/jobs/{job_id}/cancel").location == "/desk/runs/9"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("GET", "/progress"), ("POST", "/cancel"), ("POST", "/resume")]
)
class TestHidden:
    def test_another_group_s_job(self, app: Flask, stranger: FlaskClient, job_id: int, method: str, path: str) -> None:
        assert stranger.open(f"/desk/jobs/{job_id}{path}", method=method).status_code == 404
        assert stored(app, job_id).state is JobState.QUEUED

    def test_a_job_of_the_whole_section(
        self, organizer: FlaskClient, staff: FlaskClient, enqueue: Enqueue, method: str, path: str
    ) -> None:
        job_id = enqueue(group_id=None)
        assert organizer.open(f"/desk/jobs/{job_id}{path}", method=method).status_code == 404
        assert staff.open(f"/desk/jobs/{job_id}{path}", method=method).status_code in (200, 303)

    @pytest.mark.usefixtures("enqueue")
    def test_a_job_that_is_none(self, staff: FlaskClient, method: str, path: str) -> None:
        assert staff.open(f"/desk/jobs/12345{path}", method=method).status_code == 404

    def test_a_job_that_does_what_one_may_not_do(
        self, monkeypatch: pytest.MonkeyPatch, organizer: FlaskClient, handle: Handle, enqueue: Enqueue, group: Group,
        method: str, path: str,
    ) -> None:  # fmt: skip
        monkeypatch.setitem(PERMISSIONS, "serve the section", Permission("", STAFF))
        handle(lambda _: None, permission="serve the section")
        job_id = enqueue(group_id=group.id)
        assert organizer.open(f"/desk/jobs/{job_id}{path}", method=method).status_code == 404


@pytest.fixture
def watched(site: Site, handle: Handle) -> int:
    """A job on the running site, which its organizer may watch."""
    handle(lambda _: None)
    with site.app.app_context():
        group = db.session.query(Group).order_by(Group.id).first()
        assert group
        job_id = queue.enqueue(KIND, None, group_id=group.id, total=1200).id
        db.session.commit()
        queue.claim(job_id)
    return job_id


@pytest.mark.browser
@pytest.mark.parametrize("device", ["page", "phone"])
def test_progress_is_seen_without_loading_the_page_and_heard(
    request: pytest.FixtureRequest, site: Site, watched: int, axe: Any, device: str, tmp_path: Path
) -> None:
    page: Page = request.getfixturevalue(device)
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill("staff@example.org")
    page.get_by_label("Password").fill("letters for human rights")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"/desk/jobs/{watched}")
    expect(page.get_by_text("0 of 1,200")).to_be_visible()
    axe(page)
    page.evaluate("window.loaded = 1")
    began = now()
    change(site.app, watched, done=700, started_at=began, moved_at=began + timedelta(seconds=20))
    expect(page.get_by_text("700 of 1,200").first).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "700")
    expect(page.get_by_role("status")).to_contain_text("700 of 1,200")
    assert page.evaluate("window.loaded") == 1
    axe(page)
    page.screenshot(path=tmp_path / f"{device}.png", full_page=True)
    change(site.app, watched, done=1200, state=JobState.DONE, ended_at=now())
    expect(page.get_by_text("Done")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    axe(page)


def test_any_page_can_show_a_job(app: Flask, job_id: int) -> None:
    page = "{% from 'jobs/_job.html' import follow, progress %}{{ follow(job) }}{{ progress(job) }}"
    with app.test_request_context():
        text = render_template_string(page, job=db.session.get_one(Job, job_id))
    assert f"/desk/jobs/{job_id}/progress" in text
    assert f"/desk/jobs/{job_id}/cancel" in text
