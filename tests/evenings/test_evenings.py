"""A letter evening at the desk: tables, the printer, tallies, posting, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pypdfium2
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.evenings.models import Evening, WaitingLetters
from campaign_app.groups.activity_models import Activity, ActivityKind
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.privacy import forgetting
from campaign_app.tracking.models import HandwrittenCount
from tests.databases import on_both_databases
from tests.evenings.conftest import Night
from tests.tracking.conftest import TODAY


@on_both_databases
def test_what_writers_make_is_counted_for_the_group_and_printed_by_the_organizer(night: Night) -> None:
    for number in (1, 2):
        assert night.write(number).status_code == 303
    with night.app.app_context():
        for letter in db.session.scalars(select(LetterRecord)):
            assert (letter.evening_id, letter.status) == (night.id, LetterStatus.MADE)
    assert "Print what 2 writers made" in night.organizer.get(night.desk).text
    assert "Print what 2 writers made" in night.organizer.get(f"{night.desk}/queue").text
    pdf = night.organizer.post(f"{night.desk}/print")
    assert len(pypdfium2.PdfDocument(pdf.data)) == 2
    assert "Nothing waits" in night.do("print").text


def test_a_jammed_page_is_printed_once_more(night: Night) -> None:
    night.write(1)
    night.organizer.post(f"{night.desk}/print")
    with night.app.app_context():
        waiting = db.session.scalars(select(WaitingLetters.id)).one()
    again = night.organizer.post(f"{night.desk}/print", data={"again": waiting})
    assert "Writer 1" in pypdfium2.PdfDocument(again.data)[0].get_textpage().get_text_range()


def test_large_print_is_printed_after_the_others(night: Night) -> None:
    night.write(1)
    night.write(2, large_print="y")
    first = night.organizer.post(f"{night.desk}/print")
    second = night.organizer.post(f"{night.desk}/print")
    assert [len(pypdfium2.PdfDocument(pdf.data)) for pdf in (first, second)] == [1, 1]


@on_both_databases
def test_safety_23_a_form_that_is_sent_twice_makes_and_prints_one_letter(night: Night) -> None:
    night.write(1)
    night.write(1)
    assert (night.count(), night.count(WaitingLetters)) == (1, 1)


@on_both_databases
def test_handwritten_ones_are_tallied_one_by_one_and_taken_back(night: Night) -> None:
    for step in (1, 1, 1, -1):
        night.do("tally", table=night.table, kind="card", step=step)
    night.do("tally", table=night.table, kind="letter", step=1)
    with night.app.app_context():
        counted = {row.kind.value: row.number for row in db.session.scalars(select(HandwrittenCount))}
    assert counted == {"card": 2, "letter": 1}
    night.do("tally", table=night.table, kind="letter", step=-1)
    assert "There is none to take back" in night.do("tally", table=night.table, kind="letter", step=-1).text
    assert "<strong>2</strong> letters and cards" in night.kiosk.get(f"{night.laptop}/wall").text


@pytest.mark.parametrize("wrong", [{"table": 99}, {"kind": "poem"}, {"step": 5}, {"step": "x"}])
def test_a_tally_of_something_else_is_refused(night: Night, wrong: dict[str, object]) -> None:
    values = {"table": night.table, "kind": "card", "step": 1} | wrong
    assert night.organizer.post(f"{night.desk}/tally", data=values).status_code == 400
    assert night.count(HandwrittenCount) == 0


@on_both_databases
def test_all_of_the_evening_is_marked_posted_at_once_and_that_is_undone(night: Night) -> None:
    for number in range(3):
        night.write(number)
    assert "3 letters are marked as posted." in night.do("posted").text
    assert "0 letters" in night.do("posted").text
    assert "3 letters are as they were before." in night.do("undo", act=1).text


@on_both_databases
def test_closing_notes_the_activity_and_deletes_what_was_not_printed(night: Night, campaign: Campaign) -> None:
    night.write(1)
    night.do("tally", table=night.table, kind="card", step=1)
    assert "is closed" in night.do("close", people=12, place="Café Sample").text
    assert "ended already" in night.do("close", people=1).text
    assert night.count(WaitingLetters) == 0
    with night.app.app_context():
        activity = db.session.scalars(select(Activity)).one()
        assert (activity.kind, activity.people, activity.place) == (ActivityKind.LETTER_EVENING, 12, "Café Sample")
        assert [one.id for one in activity.campaigns] == [campaign.id]
        assert db.session.scalars(select(HandwrittenCount.activity_id)).one() == activity.id
    assert "1 made here · 1 by hand · 0 posted" in night.organizer.get("/desk/groups/group-48/activities/").text
    assert night.kiosk.get(night.laptop).status_code == 410
    assert night.write(2).status_code == 410


@pytest.fixture(params=[2, 12], ids="at {} o'clock".format)
def hour(request: pytest.FixtureRequest) -> Iterator[None]:
    """An hour of the day where the section is: in the night it is another day in Greenwich."""
    with time_machine.travel(f"{TODAY}T{request.param:02}:00:00+09:00"):
        yield


@pytest.mark.usefixtures("hour")
def test_what_is_not_closed_is_forgotten_after_its_day(night: Night) -> None:
    night.write(1)
    with night.app.app_context():
        assert db.session.scalars(select(WaitingLetters.keep_until)).one() == TODAY
        due = TODAY + timedelta(days=1)
        assert forgetting.forget(due).counts == {"letters waiting to be printed": 1}


def test_safety_19_another_groups_evening_is_not_there(night: Night, stranger: FlaskClient) -> None:
    assert stranger.get(night.desk).status_code == 404
    assert stranger.get(f"{night.desk}/queue").status_code == 404
    for what in ("print", "tally", "posted", "undo", "close"):
        assert stranger.post(f"{night.desk}/{what}").status_code == 404
    assert "Group 48" not in stranger.get("/desk/evenings").text


def test_an_evening_of_another_group_is_not_opened(
    app: Flask, stranger: FlaskClient, campaign: Campaign
) -> None:  # fmt: skip
    answer = stranger.post(
        "/desk/evenings/new", data={"group": campaign.group_id, "hours": 5, "tables": [f"{campaign.id}-1-en"]}
    )
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.query(Evening).count() == 0


@pytest.mark.parametrize("wrong", [{"tables": []}, {"tables": ["9-9-en"]}, {"hours": 500}])
def test_an_evening_without_tables_or_end_is_refused(
    organizer: FlaskClient, campaign: Campaign, wrong: dict[str, object]
) -> None:
    data = {"group": campaign.group_id, "hours": 5, "tables": [f"{campaign.id}-1-en"]} | wrong
    assert organizer.post("/desk/evenings/new", data=data).status_code == 422


def test_the_evening_ends_by_itself(night: Night) -> None:
    with time_machine.travel(now() + timedelta(hours=5, minutes=1), tick=False):
        assert night.kiosk.get(night.laptop).status_code == 410
        assert night.write(1).status_code == 410
    assert night.count() == 0
