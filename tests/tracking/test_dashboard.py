"""The dashboard: numbers that are links to what they count, filters that a hand can write, and files to take along."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages import Page, opened, spaceless
from python_calamine import CalamineWorkbook

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.letters.status import LetterStatus
from campaign_app.outcomes.models import Outcome, WhatHappened
from campaign_app.replies.models import Reply, ReplyKind
from campaign_app.tracking.models import HandwrittenCount, HandwrittenKind
from tests.conftest import store
from tests.databases import on_both_databases
from tests.tracking.conftest import MONDAY, MakeLetters

POSTED = {"status": LetterStatus.POSTED, "posted_on": MONDAY}
BAD_FILTERS = [
    ("since=2026-13", "since"),
    ("since=march", "since"),
    ("until=2026-3", "until"),
    ("since=2026-03&until=2026-02", "until"),
    ("group=nobody", "group"),
    ("theme=kites", "theme"),
    ("since=%00", "since"),
]
BAD_LISTS = [
    ("state=lost", "state"),
    ("campaign=nope", "campaign"),
    ("group=group-7", "group"),
    ("country=Egypt", "country"),
    ("language=xx", "language"),
    ("kind=kite", "kind"),
    ("since=yesterday", "since"),
    ("since=2026-03-02&until=2026-03-01", "until"),
    ("target=99999", "target"),
    ("target=one", "target"),
    ("target=99999999999999999999", "target"),
]


@pytest.fixture
def some(app: Flask, campaign: Campaign, make_letters: MakeLetters) -> None:
    """Five letters: three made, of which one is posted and one answered; one void; one of no group; a reply; cards."""
    make_letters(1)
    make_letters(1, **POSTED, language="ko")
    make_letters(1, **(POSTED | {"status": LetterStatus.ANSWERED}), made_on=date(2026, 2, 25))
    make_letters(1, status=LetterStatus.VOID)
    make_letters(1, group_id=None)
    cards = HandwrittenCount(
        campaign_id=campaign.id, group_id=campaign.group_id, kind=HandwrittenKind.CARD, number=7, written_on=MONDAY
    )  # fmt: skip
    reply = Reply(
        campaign_id=campaign.id, group_id=campaign.group_id, letter_id=3, kind=ReplyKind.SUBSTANTIVE,
        received_on=date(2026, 3, 12), form="r",
    )  # fmt: skip
    free = Outcome(
        campaign_id=campaign.id, what=WhatHappened.RELEASED, happened_on=date(2026, 3, 20), source="A paper", form="o"
    )  # fmt: skip
    store(app, cards, reply, free)


def numbers(page: str) -> dict[str, tuple[str, str]]:
    """The numbers at the top by what they count, each with where it leads."""
    found = re.findall(r'<dt>(.*?)</dt><dd>(?:<a href="(.*?)">)?([\d,]+)', page)
    return {what: (number, unescape(address)) for what, address, number in found}


@pytest.mark.usefixtures("some")
@on_both_databases
def test_each_number_leads_to_as_many_letters(staff: FlaskClient) -> None:
    shown = numbers(staff.get("/desk/tracking").text)
    assert {what: number for what, (number, _) in shown.items()} == {
        "letters made": "4", "posted": "2", "not posted yet": "2", "answered": "1", "returned": "0", "void": "1",
        "written by hand": "7", "replies": "1", "signatures": "0",
    }  # fmt: skip
    links = unescape(staff.get("/desk/tracking").text)
    followed = re.findall(r'<a href="(/desk/tracking/letters\?[^"]*)">([\d,]+)</a>', links)
    assert len(followed) > 20
    for address, number in followed:
        page = staff.get(address)
        assert page.text.count('<th scope="row"') == int(number), address
        assert f"{number} letter" in page.text


@pytest.mark.usefixtures("some")
def test_what_was_written_by_hand_leads_to_its_counts(staff: FlaskClient) -> None:
    page = unescape(staff.get("/desk/tracking?since=2026-03").text)
    followed = re.findall(r'<a href="(/desk/handwritten\?[^"]*)">(\d+)</a>', page)
    assert len(followed) == 4
    for address, number in followed:
        assert f"{number} letters and cards" in staff.get(address).text
    assert "letters and cards" not in staff.get("/desk/handwritten?group=section").text


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("asked", ["theme=kites", "kind=kite", "since=never", "until=2026-02-30"])
def test_what_nobody_can_ask_of_counts_is_nowhere(staff: FlaskClient, asked: str) -> None:
    assert staff.get(f"/desk/handwritten?{asked}").status_code == 404


@pytest.mark.usefixtures("some")
def test_organizers_see_the_numbers_of_their_own_groups(organizer: FlaskClient, stranger: FlaskClient) -> None:
    assert numbers(organizer.get("/desk/tracking").text)["letters made"][0] == "3"
    assert "Nothing is counted here yet" in stranger.get("/desk/tracking").text
    assert stranger.get("/desk/tracking/letters?campaign=nadia-example").status_code == 422
    assert stranger.get("/desk/tracking/letters.csv").text.count("\n") == 1
    assert stranger.get("/desk/tracking?group=group-48").status_code == 422


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("asked", "made"),
    [("since=2026-03", "3"), ("until=2026-02", "1"), ("group=section", "1"), ("group=group-48", "3"),
     ("theme=freedom_of_expression", "4")],
)  # fmt: skip
def test_numbers_are_of_a_period_a_group_a_theme(staff: FlaskClient, asked: str, made: str) -> None:
    number, address = numbers(staff.get(f"/desk/tracking?{asked}").text)["letters made"]
    assert number == made
    assert f"{made} letter" in staff.get(address).text


@pytest.mark.usefixtures("some")
def test_where_nothing_is_counted_the_page_says_so(staff: FlaskClient) -> None:
    assert "Nothing is counted here yet" in staff.get("/desk/tracking?theme=torture").text


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("page", "asked", "field"),
    [("/desk/tracking", *bad) for bad in BAD_FILTERS]
    + [(f"/desk/tracking/report.{kind}", *BAD_FILTERS[0]) for kind in ("pdf", "csv", "xlsx", "json")]
    + [("/desk/tracking/letters", *bad) for bad in BAD_LISTS]
    + [(f"/desk/tracking/letters.{kind}", *BAD_LISTS[0]) for kind in ("csv", "xlsx", "json")],
)
def test_a_filter_written_by_hand_gets_its_answer_at_the_field(
    staff: FlaskClient, page: str, asked: str, field: str
) -> None:
    answer = staff.get(f"{page}?{asked}")
    assert answer.status_code == 422
    assert re.search(rf'class="field [a-z]*\s*wrong" data-field="{field}"', answer.text), answer.text
    assert f'id="{field}-error-1"' in answer.text


@pytest.mark.usefixtures("some")
def test_the_numbers_are_taken_along_as_tables(staff: FlaskClient, campaign: Campaign) -> None:
    told = json.loads(staff.get("/desk/tracking/report.json?since=2026-03").data)
    assert [(one["campaign"], one["letters"]["made"]) for one in told] == [(campaign.slug, 3)]
    rows = list(csv.reader(io.StringIO(staff.get("/desk/tracking/report.csv").data.decode("utf-8-sig"))))
    assert rows[1][:8] == [campaign.slug, campaign.title, "4", "2", "1", "0", "1", "7"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(staff.get("/desk/tracking/report.xlsx").data))
    assert book.get_sheet_by_index(0).to_python()[1][2:4] == [4.0, 2.0]


@pytest.mark.usefixtures("some")
def test_the_report_is_printed(staff: FlaskClient, campaign: Campaign) -> None:
    answer = staff.get("/desk/tracking/report.pdf?since=2026-02&until=2026-03")
    assert answer.mimetype == "application/pdf"
    page = "".join(Page(answer.data, number).text for number in range(len(opened(answer.data).pages)))
    for words in ("Letters and what came of them", campaign.title, "Group 48 Seoul", "Egypt", "Korean", "Released"):
        assert spaceless(words) in spaceless(page)
    assert spaceless("1 February 2026 to 31 March 2026") in spaceless(page)


@pytest.mark.usefixtures("some")
@on_both_databases
def test_letters_are_taken_along_one_by_one(staff: FlaskClient, group: Group) -> None:
    kept = "state=posted&group=group-48"
    told: list[dict[str, Any]] = json.loads(staff.get(f"/desk/tracking/letters.json?{kept}").data)
    assert [one["status"] for one in told] == ["posted", "answered"]
    assert {one["group"] for one in told} == {group.name}
    rows = list(csv.reader(io.StringIO(staff.get(f"/desk/tracking/letters.csv?{kept}").data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [one["reference"] for one in told]
    with staff.get(f"/desk/tracking/letters.xlsx?{kept}") as answer:
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    assert [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]] == [one["reference"] for one in told]


def test_an_empty_list_of_letters_is_a_list(staff: FlaskClient) -> None:
    assert json.loads(staff.get("/desk/tracking/letters.json").data) == []
    assert "No letter is like this." in staff.get("/desk/tracking/letters").text


@pytest.mark.usefixtures("some")
def test_numbers_on_a_page_change_nothing(app: Flask, staff: FlaskClient) -> None:
    with app.app_context():
        before = db.session.execute(db.text("SELECT * FROM letter")).all()
    for page in ("", "/letters", "/report.json", "/letters.csv"):
        assert staff.post(f"/desk/tracking{page}").status_code == 405
        staff.get(f"/desk/tracking{page}")
    with app.app_context():
        assert db.session.execute(db.text("SELECT * FROM letter")).all() == before
