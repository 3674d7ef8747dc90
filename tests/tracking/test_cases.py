"""The report by case, in the section's own columns, and a group's own page."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages import Page, spaceless
from python_calamine import CalamineWorkbook

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.activity_models import Activity, ActivityKind
from campaign_app.groups.models import Group
from campaign_app.outcomes.models import Outcome, WhatHappened
from campaign_app.tracking.cases import COLUMNS
from campaign_app.tracking.models import HandwrittenCount, HandwrittenKind
from tests.conftest import store
from tests.tracking.conftest import MONDAY, MakeLetters

EMPTY = {f"{key}-{field}": "" for key in COLUMNS for field in ("place", "heading")}


@pytest.fixture(autouse=True)
def some(app: Flask, campaign: Campaign, group: Group, make_letters: MakeLetters) -> None:
    """Three letters, two by hand, seven cards, two events with 30 people, an outcome."""
    make_letters(3)
    for kind, number in ((HandwrittenKind.LETTER, 2), (HandwrittenKind.CARD, 7)):
        store(app, HandwrittenCount(
            campaign_id=campaign.id, group_id=group.id, kind=kind, number=number, written_on=MONDAY
        ))  # fmt: skip
    store(app, Outcome(campaign_id=campaign.id, what=WhatHappened.RELEASED, happened_on=MONDAY, source="A", form="o"))
    with app.app_context():
        of_case = [db.session.get_one(Campaign, campaign.id)]
        for day, people in ((MONDAY, 30), (date(2026, 5, 1), None)):
            held = Activity(group_id=group.id, kind=ActivityKind.VIGIL, held_on=day, people=people, campaigns=of_case)
            db.session.add(held)
        db.session.commit()


def told(client: FlaskClient, asked: str = "") -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(f"/desk/tracking/cases/table.csv{asked}").data.decode("utf-8-sig"))))


def test_a_case_is_a_row_of_letters_cards_events_and_outcomes(staff: FlaskClient, campaign: Campaign) -> None:
    header, row = told(staff)
    assert header == [
        "Reference", "Case", "Country", "Letters", "Cards", "Signatures", "Events", "Outcomes", "Nationalities",
    ]  # fmt: skip
    assert row == ["UA 60/26", campaign.title, "Egypt", "5", "7", "0", "2", "2026-03-02 Released", ""]
    page = staff.get("/desk/tracking/cases").text
    assert campaign.title in page
    assert "Released" in page


def test_a_period_limits_all_of_it(staff: FlaskClient) -> None:
    _, row = told(staff, "?since=2026-05")
    assert row[3:8] == ["0", "0", "0", "1", ""]


def test_the_columns_are_arranged_to_the_section_s_own_form(staff: FlaskClient, organizer: FlaskClient) -> None:
    form = {"title-place": "2", "letters-place": "1", "letters-heading": "Appeals", "people-place": "3"}
    assert staff.post("/desk/tracking/cases/columns", data=EMPTY | form).status_code == 303
    header, row = told(organizer)
    assert header == ["Appeals", "Case", "People reached"]
    assert (row[0], row[2]) == ("5", "30")
    assert 'value="Appeals"' in staff.get("/desk/tracking/cases/columns").text
    book = CalamineWorkbook.from_filelike(io.BytesIO(staff.get("/desk/tracking/cases/table.xlsx").data))
    assert book.get_sheet_by_index(0).to_python()[1][0] == 5.0


@pytest.mark.parametrize("form", [{}, {"title-place": "first"}, {"title-place": "0"}, {"title-place": "100"}])
def test_columns_without_a_place_are_refused(staff: FlaskClient, form: dict[str, str]) -> None:
    answer = staff.post("/desk/tracking/cases/columns", data=EMPTY | form)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text or "notice error" in answer.text
    assert told(staff)[0][0] == "Reference"


def test_filters_are_answered_at_their_field(staff: FlaskClient) -> None:
    for page in ("/desk/tracking/cases", "/desk/tracking/cases/table.csv", "/desk/tracking/cases/table.xlsx"):
        assert staff.get(f"{page}?since=never").status_code == 422


def test_a_group_has_a_page_of_its_numbers_with_what_it_did_this_month(
    app: Flask, organizer: FlaskClient, stranger: FlaskClient, group: Group
) -> None:
    store(app, Activity(group_id=group.id, kind=ActivityKind.DINNER, held_on=date.today(), people=8))
    page = organizer.get("/desk/tracking/group/group-48")
    assert "Dinner" in page.text
    assert "Vigil" not in page.text
    assert '<dt>letters made</dt><dd><a href="/desk/tracking/letters?state=made&amp;group=group-48">3</a>' in page.text
    assert stranger.get("/desk/tracking/group/group-48").status_code == 404
    assert organizer.get("/desk/tracking/group/group-48?since=x").status_code == 422


def test_the_yearly_account_is_printed(organizer: FlaskClient, campaign: Campaign) -> None:
    answer = organizer.get("/desk/groups/group-48/activities/2026/account.pdf")
    assert answer.mimetype == "application/pdf"
    text = Page(answer.data).text
    for words in ("The account of 2026", "Group 48 Seoul", campaign.title, "Vigil", "2 March 2026"):
        assert spaceless(words) in spaceless(text)
