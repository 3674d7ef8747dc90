"""A run is kept for as long as its letters are printed and posted, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select

from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.jobs.worker import work_next
from campaign_app.people.models import Person
from campaign_app.print_runs import keeping, making
from campaign_app.print_runs.models import PrintRun, RunFile, RunLetter, RunRow, RunState
from campaign_app.print_runs.setting import Batch
from campaign_app.stored_files import room
from tests.databases import on_both_databases
from tests.print_runs.conftest import Runs, roster, texts

pytestmark = on_both_databases


def forget_all(runs: Runs, later: timedelta) -> None:
    with runs.app.app_context():
        model, is_due = keeping.due(runs.today + later)
        for run in db.session.scalars(select(model).where(is_due)):
            keeping.forget(run)
        db.session.commit()
        assert list(broken()) == []


def stored_files(app: Flask) -> list[Path]:
    with app.app_context():
        return list(room.folder().iterdir()) if room.folder().is_dir() else []


def test_safety_05_an_expired_run_tells_nothing_of_its_writers_any_more_and_its_letters_still_count(
    app: Flask, runs: Runs
) -> None:
    run_id = runs.made()
    forget_all(runs, timedelta(days=13))
    assert runs.run(run_id).state is RunState.MADE
    forget_all(runs, timedelta(days=15))
    assert runs.run(run_id).state is RunState.FORGOTTEN
    assert (runs.rows(run_id), stored_files(app)) == ([], [])
    assert len(runs.letters(run_id)) == 3
    assert "The files and the rows of this run are deleted." in runs.page(run_id)
    assert runs.client.get(f"/desk/runs/{run_id}/files/letters").status_code == 404
    assert runs.client.get(f"/desk/runs/{run_id}/rows/2/letters.pdf").status_code == 409
    with app.app_context():
        assert [db.session.query(model).count() for model in (RunRow, RunLetter, RunFile)] == [0, 0, 0]


def test_letters_of_a_forgotten_run_are_still_marked(runs: Runs) -> None:
    run_id = runs.made()
    forget_all(runs, timedelta(days=15))
    assert "Amina" not in runs.page(run_id, "/posted")
    runs.client.post(f"/desk/runs/{run_id}/posted", data={"day": runs.today.isoformat(), "action": "all"})
    assert {letter.status.value for letter in runs.letters(run_id)} == {"posted"}


def test_a_run_that_nobody_made_goes_as_a_whole(runs: Runs) -> None:
    run_id = runs.checked(roster())
    forget_all(runs, timedelta(days=9))
    assert runs.client.get(f"/desk/runs/{run_id}").status_code == 404


def test_the_rows_and_files_of_a_person_whose_data_is_deleted_go(
    app: Flask, runs: Runs, add_people: Callable[..., None]
) -> None:
    add_people(["Clara", "Abel"])
    run_id = runs.made(source="people")
    with app.app_context():
        clara = next(person for person in db.session.scalars(select(Person)) if person.name == "Clara")
        assert len(list(keeping.rows_of(clara))) == 1
        keeping.part_with(clara)
        db.session.commit()
        assert list(broken()) == []
    assert [row.writer.name for row in runs.rows(run_id)] == ["Abel"]
    assert stored_files(app) == []
    assert len(runs.letters(run_id)) == 2
    assert "The other letters can be printed again one by one." in runs.page(run_id)
    assert "Abel" in texts(runs.client.get(f"/desk/runs/{run_id}/rows/1/letters.pdf").data)[0]
    assert runs.client.get(f"/desk/runs/{run_id}/rows/2/letters.pdf").status_code == 404


@pytest.mark.parametrize("is_stored", [False, True])
def test_a_person_whose_data_is_deleted_while_the_run_is_made_has_no_letter(
    app: Flask, runs: Runs, add_people: Callable[..., None], monkeypatch: pytest.MonkeyPatch, is_stored: bool
) -> None:
    """Whether the letters were stored already or are on their way."""
    add_people(["Clara", "Abel"])
    run_id = runs.checked(source="people")
    runs.post(run_id, "make")
    real, times = making._finish if is_stored else making._set, iter(range(9))

    def meanwhile(*arguments: object) -> Batch | bool:
        made = None if is_stored else real(*arguments)  # type: ignore[arg-type]
        if next(times) == 0:
            _erase(app, "Clara")
        return real(*arguments) if made is None else made  # type: ignore[arg-type]

    monkeypatch.setattr(making, real.__name__, meanwhile)
    with app.app_context():
        while work_next():
            pass
        assert list(broken()) == []
    assert len(runs.letters(run_id)) == 1
    assert ["Abel" in page for page in texts(runs.file(run_id))] == [True]


def _erase(app: Flask, name: str) -> None:
    def erase() -> None:
        with app.app_context():
            keeping.part_with(next(person for person in db.session.scalars(select(Person)) if person.name == name))
            db.session.commit()

    thread = Thread(target=erase)
    thread.start()
    thread.join()


def test_a_run_that_is_forgotten_while_it_waits_is_not_made(app: Flask, runs: Runs) -> None:
    run_id = runs.checked(roster())
    runs.post(run_id, "make")
    forget_all(runs, timedelta(days=9))
    runs.work()
    with app.app_context():
        assert db.session.get(PrintRun, run_id) is None
