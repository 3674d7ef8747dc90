"""Rows are mended in place, left out and taken back; a run is changed, uploaded again, or deleted."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign_app.campaigns.models import Status
from campaign_app.db import db
from campaign_app.jobs.models import Job, JobState
from campaign_app.letters.models import LetterRecord
from campaign_app.print_runs import check_job, making
from campaign_app.print_runs.models import PrintRun, RowState, RunChunk, RunLetter, RunRow, RunState
from campaign_app.texts.models import LetterText, TextVersion
from tests.databases import on_both_databases
from tests.print_runs.conftest import Runs, roster, texts

pytestmark = on_both_databases

GOOD = "Amina Castellan,3 Jongno,Seoul,03100,KR,en,,,"
BAD = "A𐎠𐎼,3 Jongno,Seoul,03100,KR,en,,,"


def states(runs: Runs, run_id: int) -> list[RowState]:
    return [row.state for row in runs.rows(run_id)]


def last_job(app: Flask, kind: str) -> tuple[JobState, str]:
    with app.app_context():
        job = db.session.scalars(select(Job).filter_by(kind=kind).order_by(Job.id.desc()).limit(1)).one()
        return job.state, job.reason


def test_a_row_is_mended_in_place_and_checked_again(runs: Runs) -> None:
    run_id = runs.checked(roster(GOOD, BAD))
    assert "Make" not in runs.page(run_id).split("What will be printed")[1]
    row = {"name": "Atossa", "street": "3 Jongno", "city": "Seoul", "postcode": "03100", "country": "KR"}
    assert runs.client.post(f"/desk/runs/{run_id}/rows/3", data=row).status_code == 303
    runs.work()
    assert states(runs, run_id) == [RowState.READY] * 2
    runs.post(run_id, "make")
    runs.work()
    assert "Atossa" in texts(runs.file(run_id))[1]


@pytest.mark.parametrize("wrong", [{"country": "ZZ"}, {"message": "x" * 4001}, {"nationality": "Korea"}])
def test_a_row_is_not_mended_into_another_fault(runs: Runs, wrong: dict[str, str]) -> None:
    run_id = runs.checked(roster(GOOD))
    answer = runs.client.post(f"/desk/runs/{run_id}/rows/2", data={"name": "Other", **wrong})
    assert (answer.status_code, "Other" in answer.text) == (422, True)
    assert runs.rows(run_id)[0].writer.name == "Amina Castellan"


def test_rows_are_left_out_and_taken_back_alone_or_together(runs: Runs) -> None:
    run_id = runs.checked(roster(GOOD, BAD, BAD))
    runs.post(run_id, "leave-out")
    assert states(runs, run_id) == [RowState.READY, RowState.LEFT_OUT, RowState.LEFT_OUT]
    assert "Make 1 letter" in runs.page(run_id)
    runs.post(run_id, "rows/2/leave-out")
    assert "Every row is left out." in runs.page(run_id)
    runs.post(run_id, "rows/3/take-back")
    runs.work()
    assert states(runs, run_id) == [RowState.LEFT_OUT, RowState.FAULTY, RowState.LEFT_OUT]
    runs.post(run_id, "take-back")
    runs.work()
    assert states(runs, run_id) == [RowState.READY, RowState.FAULTY, RowState.FAULTY]


def test_rows_that_are_left_out_are_not_printed_and_end_as_that(runs: Runs) -> None:
    run_id = runs.checked(roster(GOOD, BAD))
    runs.post(run_id, "leave-out")
    runs.post(run_id, "make")
    runs.work()
    assert states(runs, run_id) == [RowState.DONE, RowState.LEFT_OUT]
    assert len(runs.letters(run_id)) == len(texts(runs.file(run_id))) == 1


def test_nothing_is_made_while_a_row_is_to_be_mended_or_none_is_left(runs: Runs) -> None:
    run_id = runs.checked(roster(GOOD, BAD))
    answer = runs.client.post(f"/desk/runs/{run_id}/make", follow_redirects=True)
    assert "First mend the rows that cannot be printed" in answer.text
    runs.post(run_id, "leave-out")
    runs.post(run_id, "rows/2/leave-out")
    runs.post(run_id, "make")
    runs.work()
    assert runs.run(run_id).state is RunState.PREPARED
    assert runs.letters(run_id) == []


def test_a_roster_uploaded_again_takes_the_place_of_the_rows(runs: Runs) -> None:
    run_id = runs.checked(roster(GOOD, BAD))
    answer = runs.prepare(roster("Tein,,,,,,,,"), at=f"/desk/runs/{run_id}/edit")
    assert answer.status_code == 303
    runs.work()
    assert [row.writer.name for row in runs.rows(run_id)] == ["Tein"]


def test_a_broken_roster_uploaded_again_leaves_the_rows_as_they_were(runs: Runs) -> None:
    run_id = runs.checked(roster(GOOD))
    assert runs.prepare(b"city\nSeoul\n", at=f"/desk/runs/{run_id}/edit").status_code == 422
    assert [row.writer.name for row in runs.rows(run_id)] == ["Amina Castellan"]
    assert states(runs, run_id) == [RowState.READY]


def test_the_plan_is_changed_while_the_rows_stay(runs: Runs) -> None:
    run_id = runs.checked(roster(GOOD, BAD))
    assert 'value="keep"' in runs.page(run_id, "/edit")
    runs.post(run_id, "leave-out")
    answer = runs.prepare(source="keep", parts=["labels"], at=f"/desk/runs/{run_id}/edit")
    assert answer.status_code == 303
    runs.work()
    assert states(runs, run_id) == [RowState.READY, RowState.LEFT_OUT]
    assert runs.run(run_id).plan.parts == {"labels"}


def test_a_run_that_is_not_made_is_deleted_with_its_rows(app: Flask, runs: Runs) -> None:
    run_id = runs.checked(roster(GOOD))
    assert runs.post(run_id, "delete").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count(RunRow.id))) == 0
    assert runs.client.get(f"/desk/runs/{run_id}").status_code == 404


def test_safety_24_the_number_of_a_deleted_run_does_not_come_back(runs: Runs) -> None:
    run_id = runs.checked(roster(GOOD))
    runs.post(run_id, "delete")
    assert runs.checked(roster(GOOD)) > run_id


def test_a_run_that_is_deleted_while_it_waits_to_be_checked_ends_its_job(app: Flask, runs: Runs) -> None:
    answer = runs.prepare(roster(GOOD))
    runs.client.post(f"{answer.location}/delete")
    runs.work()
    assert last_job(app, check_job.KIND) == (JobState.DONE, "")


@pytest.mark.parametrize("act", ["make", "leave-out", "take-back", "delete", "rows/2/leave-out", "back"])
def test_what_is_made_is_not_changed_any_more(runs: Runs, act: str) -> None:
    run_id = runs.made(roster(GOOD))
    assert runs.post(run_id, act).status_code == 409
    assert runs.client.get(f"/desk/runs/{run_id}/edit").status_code == 409
    assert len(runs.letters(run_id)) == 1


def test_safety_23_make_pressed_twice_makes_each_letter_once(app: Flask, runs: Runs) -> None:
    run_id = runs.checked(roster())
    barrier, answers = Barrier(2), []

    def press() -> None:
        client = app.test_client()
        client.set_cookie("session", (runs.client.get_cookie("session") or barrier).value)  # type: ignore[union-attr]
        barrier.wait()
        answers.append(client.post(f"/desk/runs/{run_id}/make").status_code)

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    runs.work()
    assert sorted(answers) == [303, 409]
    assert len(runs.letters(run_id)) == 3


def test_when_the_deadline_passes_between_check_and_make_nothing_is_recorded(app: Flask, runs: Runs) -> None:
    run_id = runs.checked(roster())
    runs.post(run_id, "make")
    runs.change(lambda campaign: setattr(campaign, "post_by", campaign.today - timedelta(days=1)))
    runs.work()
    assert last_job(app, making.KIND) == (JobState.FAILED, making.CLOSED)
    assert runs.letters(run_id) == []
    assert "The campaign takes no letters any more." in runs.page(run_id)


def test_a_run_that_could_not_be_made_goes_back_to_its_rows(runs: Runs) -> None:
    run_id = runs.checked(roster())
    runs.post(run_id, "make")
    runs.change(lambda campaign: setattr(campaign, "status", Status.SUSPENDED))
    runs.work()
    assert "Back to the rows" in runs.page(run_id)
    runs.change(lambda campaign: setattr(campaign, "status", Status.OPEN))
    assert runs.post(run_id, "back").status_code == 303
    runs.work()
    assert states(runs, run_id) == [RowState.READY] * 3
    runs.post(run_id, "make")
    runs.work()
    assert len(runs.letters(run_id)) == 3


def test_a_text_that_changed_so_that_a_letter_does_not_fit_any_more_stops_the_run(app: Flask, runs: Runs) -> None:
    run_id = runs.checked(roster())
    runs.post(run_id, "make")
    with app.app_context():
        text = db.session.scalars(select(LetterText)).one()
        body = "{{ own_words }}\n\n" + "Please release {{ person }} and all others. " * 200
        text.versions.append(
            TextVersion(number=2, subject="Appeal", salutation="Dear Sir,", closing="Yours,", body=body)
        )
        db.session.commit()
    runs.work()
    assert last_job(app, making.KIND) == (JobState.FAILED, making.CHANGED)
    with app.app_context():
        assert db.session.scalar(select(func.count(LetterRecord.id))) == 0
    runs.post(run_id, "back")
    runs.work()
    assert states(runs, run_id) == [RowState.FAULTY] * 3


def test_a_run_is_cancelled_and_goes_on(app: Flask, runs: Runs) -> None:
    run_id = runs.checked(roster())
    runs.post(run_id, "make")
    with app.app_context():
        job_id = db.session.scalars(select(Job.id).order_by(Job.id.desc()).limit(1)).one()
    assert "Cancel" in runs.page(run_id)
    runs.client.post(f"/desk/jobs/{job_id}/cancel")
    runs.work()
    assert "Resume" in runs.page(run_id)
    assert runs.letters(run_id) == []
    runs.client.post(f"/desk/jobs/{job_id}/resume")
    runs.work()
    assert len(runs.letters(run_id)) == 3


def test_rows_cannot_be_taken_back_while_the_run_is_made(runs: Runs) -> None:
    run_id = runs.checked(roster())
    runs.post(run_id, "make")
    assert runs.post(run_id, "back").status_code == 409


def test_a_row_that_changed_while_it_was_looked_at_is_looked_at_again(app: Flask, runs: Runs) -> None:
    """What was found of a row as it was before is not said of it as it is now."""
    run_id = int(runs.prepare(roster(GOOD)).location.rsplit("/", 1)[1])
    with app.app_context():
        row = db.session.scalars(select(RunRow)).one()
        seen = db.session.execute(select(RunRow.id, RunRow.number, RunRow.values)).all()
        row.values = {"name": "Other"}
        db.session.commit()
        run = db.session.get_one(PrintRun, run_id)
        check_job._store([(seen[0], row.writer, [])], check_job.setup_of(run))
        db.session.commit()
        assert db.session.scalars(select(RunRow.state)).one() is RowState.NEW
        assert db.session.scalar(select(func.count(RunLetter.id))) == db.session.scalar(select(func.count(RunChunk.id)))
