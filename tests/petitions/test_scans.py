"""From the photograph of a sheet to its first count."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app import invariants
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.jobs import queue
from campaign_app.jobs.models import Job, JobState
from campaign_app.jobs.work import Work
from campaign_app.petitions import scan_job, scan_keeping
from campaign_app.petitions.counting import Count
from campaign_app.petitions.custody_models import SheetCount
from campaign_app.petitions.models import Petition
from campaign_app.petitions.scan_models import ScanPage, ScanPile
from campaign_app.petitions.scan_problems import Problem
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from campaign_app.privacy import forgetting
from campaign_app.privacy.models import AuditEntry
from campaign_app.stored_files.models import StoredFile
from tests.databases import on_both_databases
from tests.petitions import scans
from tests.petitions.reading import filled

pytestmark = [on_both_databases, pytest.mark.usefixtures("sheets")]


@pytest.fixture
def sheets(app: Flask, petition: Petition) -> Petition:
    scans.printed(app, petition)
    return petition


def pages(app: Flask) -> list[ScanPage]:
    with app.app_context():
        return db.session.query(ScanPage).order_by(ScanPage.id).all()


def answers(app: Flask, page_id: int, uncertain: str = "f") -> dict[str, str]:
    """The form of a page as it was proposed, with an answer for the rows that are uncertain."""
    with app.app_context():
        page = db.session.get_one(ScanPage, page_id)
        marks = {row: mark[0] for mark in ("filled", "empty", "struck") for row in page.rows(mark)}
        return {f"row-{row}": marks.get(row, uncertain) for row in range(1, page.sheet.batch.rows + 1)}


def problem_of(app: Flask, page_id: int) -> list[Problem]:
    from campaign_app.petitions import scan_problems

    with app.app_context():
        return scan_problems.of([db.session.get_one(ScanPage, page_id)])[page_id]


def test_a_photograph_becomes_the_first_count_of_its_sheet(app: Flask, organizer: FlaskClient, group: Group) -> None:
    answer = scans.upload(organizer, [scans.photo(1)], group.id)
    assert answer.status_code == 303
    scans.work(app)
    [page] = pages(app)
    assert "G48-P07-0001" in organizer.get(answer.location).text
    shown = organizer.get(f"/desk/scans/pages/{page.id}").text
    assert "Confirm this count" in shown
    said = organizer.post(f"/desk/scans/pages/{page.id}", data=answers(app, page.id))
    assert said.status_code == 303
    with app.app_context():
        [count] = db.session.query(SheetCount).all()
        truth = filled.sheet(number=1, seed=1)
        struck = len(truth.rows("struck"))
        assert count.count == Count(len(truth.rows("filled")) + struck, struck_out=struck)
        assert count.sheet.status is SheetStatus.COUNTED
        actions = {entry.action for entry in db.session.query(AuditEntry)}
        assert {"upload sheet scans", "open sheet scan", "count sheet from scan"} <= actions
        assert list(invariants.broken()) == []


def test_nothing_is_counted_of_which_a_person_said_nothing(app: Flask, organizer: FlaskClient, group: Group) -> None:
    scans.upload(organizer, [scans.photo(1)], group.id)
    scans.work(app)
    [page] = pages(app)
    form = answers(app, page.id)
    del form["row-3"]
    form["row-4"] = "s"
    said = organizer.post(f"/desk/scans/pages/{page.id}", data=form)
    assert said.status_code == 422
    assert said.text.count("wrong") == 1
    with app.app_context():
        assert db.session.query(SheetCount).count() == 0


def test_each_thing_that_is_wrong_is_named(app: Flask, organizer: FlaskClient, group: Group) -> None:
    nothing = filled.file(np.full((900, 700), 255, dtype=np.uint8))
    unknown = scans.photo(77)
    files = [scans.photo(1), scans.photo(2), scans.photo(3), nothing, unknown, b"hello", scans.photo(1)]
    answer = scans.upload(
        organizer, [*files, filled.file(filled.small(filled.sheet(number=1, seed=1).grey, 110))], group.id
    )
    with app.app_context():
        void, counted = (db.session.query(Sheet).filter_by(number=number).one() for number in (2, 3))
        void.status = SheetStatus.VOID
        counted.status, counted.standing, counted.raw, counted.valid = SheetStatus.COUNTED, "UNCHECKED", 4, 4
        db.session.commit()
    scans.work(app)
    found = [problem_of(app, page.id) for page in pages(app)]
    assert found == [
        [Problem.TWICE], [Problem.VOID], [Problem.COUNTED], [Problem.NO_CODE], [Problem.NOT_A_SHEET], [Problem.TWICE],
    ]  # fmt: skip
    shown = organizer.get(answer.location).text
    assert "none of the sheets" in shown
    assert "File 6 was not read." in shown
    void_page = pages(app)[1]
    assert organizer.post(f"/desk/scans/pages/{void_page.id}", data=answers(app, void_page.id)).status_code == 303
    with app.app_context():
        assert db.session.query(SheetCount).count() == 0


def test_a_sheet_of_another_group_is_named_and_not_counted(app: Flask, staff: FlaskClient) -> None:
    scans.upload(staff, [scans.photo(1)], 0)
    scans.work(app)
    [page] = pages(app)
    assert problem_of(app, page.id) == [Problem.OTHER_GROUP]
    staff.post(f"/desk/scans/pages/{page.id}", data=answers(app, page.id))
    with app.app_context():
        assert db.session.query(SheetCount).count() == 0


def test_a_photocopy_of_a_counted_sheet_is_not_counted_again(app: Flask, organizer: FlaskClient, group: Group) -> None:
    for key in ("first", "second"):
        scans.upload(organizer, [scans.photo(1)], group.id, key)
        scans.work(app)
        page = pages(app)[-1]
        organizer.post(f"/desk/scans/pages/{page.id}", data=answers(app, page.id))
    assert problem_of(app, page.id) == [Problem.COUNTED, Problem.TWICE]
    with app.app_context():
        assert db.session.query(SheetCount).count() == 1


def test_pictures_are_of_those_who_keep_the_sheets(
    app: Flask, organizer: FlaskClient, stranger: FlaskClient, group: Group
) -> None:
    scans.upload(organizer, [scans.photo(1)], group.id)
    scans.work(app)
    [page] = pages(app)
    for path in ("picture", "rows/1"):
        shown = organizer.get(f"/desk/scans/pages/{page.id}/{path}")
        assert shown.mimetype == "image/jpeg"
        assert shown.headers["Cache-Control"] == "no-store"
        assert stranger.get(f"/desk/scans/pages/{page.id}/{path}").status_code == 404
    assert organizer.get(f"/desk/scans/pages/{page.id}/rows/99").status_code == 404


def test_safety_17_a_form_sent_twice_makes_one_pile_and_a_file_chosen_twice_is_read_once(
    app: Flask, organizer: FlaskClient, group: Group
) -> None:
    for _ in range(2):
        scans.upload(organizer, [scans.photo(1), scans.photo(1)], group.id)
    scans.work(app)
    with app.app_context():
        assert db.session.query(ScanPile).count() == 1
    assert len(pages(app)) == 1


def test_safety_25_reading_that_was_killed_goes_on_where_it_was(
    app: Flask, organizer: FlaskClient, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans.upload(
        organizer, [filled.pdf(*(filled.small(filled.sheet(number=n, seed=n).grey) for n in (1, 2, 3)))], group.id
    )
    whole = Work.storing

    def killed(work: Work, done: int, total: int | None = None) -> object:
        if done == 2:
            raise SystemExit  # nothing that follows is run
        return whole(work, done, total)

    monkeypatch.setattr(Work, "storing", killed)
    with app.app_context(), pytest.raises(SystemExit):
        scan_job.read_pile(queue.claim(db.session.query(Job).one().id))  # type: ignore[arg-type] # it is claimed
    assert len(pages(app)) == 1
    monkeypatch.setattr(Work, "storing", whole)
    with app.app_context():
        db.session.query(Job).update({"state": JobState.QUEUED, "lease": None, "lease_until": None})
        db.session.commit()
    scans.work(app)
    assert [page.number for page in pages(app)] == [1, 2, 3]
    with app.app_context():
        assert {page.sheet.serial[-1] for page in db.session.query(ScanPage)} == set("123")
        assert db.session.query(StoredFile).count() == 3  # the PDF itself is gone
        assert list(invariants.broken()) == []


def test_scans_go_on_their_day_and_counts_stay(app: Flask, organizer: FlaskClient, group: Group) -> None:
    scans.upload(organizer, [scans.photo(1)], group.id)
    scans.work(app)
    [page] = pages(app)
    organizer.post(f"/desk/scans/pages/{page.id}", data=answers(app, page.id))
    with app.app_context():
        pile = db.session.query(ScanPile).one()
        pile.expires_on = date.today() - timedelta(days=3)
        db.session.commit()
        model, is_due = scan_keeping.due(date.today())
        for row in db.session.query(model).filter(is_due):
            scan_keeping.forget(row)
        db.session.commit()
        assert db.session.query(ScanPage).count() == db.session.query(StoredFile).count() == 0
        assert db.session.query(SheetCount).count() == 1
        assert "sheet scans" in forgetting.KINDS


def test_a_page_that_is_left_out_is_deleted(app: Flask, organizer: FlaskClient, group: Group) -> None:
    answer = scans.upload(organizer, [scans.photo(1)], group.id)
    scans.work(app)
    [page] = pages(app)
    assert organizer.post(f"/desk/scans/pages/{page.id}/leave-out").status_code == 303
    assert pages(app) == []
    assert "No page is left here." in organizer.get(answer.location).text
    assert organizer.post(f"{answer.location}/delete").status_code == 303


def test_a_pile_without_a_file_is_not_taken(organizer: FlaskClient, group: Group) -> None:
    assert scans.upload(organizer, [], group.id).status_code == 422
    assert scans.upload(organizer, [b"x"], 999).status_code == 422
