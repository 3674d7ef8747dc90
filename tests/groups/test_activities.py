"""What a group did, and the account of its year."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.activity_models import Activity, ActivityKind
from campaign_app.groups.models import Group
from campaign_app.letters.models import LetterRecord, LetterStatus
from tests.conftest import store
from tests.databases import on_both_databases

FORM = {"kind": "vigil", "held_on": "2026-03-05", "place": "At the bridge", "people": "25", "note": "=1+1"}


@pytest.fixture
def address(group: Group) -> str:
    return f"/desk/groups/{group.slug}/activities"


@pytest.fixture
def activity(app: Flask, group: Group, campaign: Campaign) -> Activity:
    activity = Activity(group_id=group.id, kind=ActivityKind.DINNER, held_on=date(2026, 5, 1), people=8)
    with app.app_context():
        activity.campaigns = [db.session.get_one(Campaign, campaign.id)]
    store(app, activity)
    return activity


def letter(
    campaign: Campaign, number: int, made_on: date, posted_on: date | None, status: LetterStatus
) -> LetterRecord:
    return LetterRecord(
        campaign_id=campaign.id, group_id=campaign.group_id, target_id=campaign.targets[0].id,
        text_version_id=campaign.texts[0].versions[0].id, language="en", country="EG", reference=f"R{number}",
        token_hash=f"T{number}", form=f"F{number}", status=status, made_on=made_on, posted_on=posted_on,
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def test_an_activity_is_noted_with_its_campaigns_and_changed(
    app: Flask, organizer: FlaskClient, address: str, campaign: Campaign
) -> None:
    page = organizer.post(f"{address}/new", data=FORM | {"campaigns": campaign.id}, follow_redirects=True).text
    assert "At the bridge" in page
    assert campaign.title in page
    organizer.post(f"{address}/1", data=FORM | {"people": "", "kind": "talk"})
    with app.app_context():
        stored = db.session.get_one(Activity, 1)
        assert (stored.kind, stored.people, stored.campaigns) == (ActivityKind.TALK, None, [])


def test_place_and_note_are_sealed(app: Flask, organizer: FlaskClient, address: str) -> None:
    organizer.post(f"{address}/new", data=FORM)
    with app.app_context():
        (row,) = db.session.execute(text("SELECT place, note FROM activity")).all()
    assert not {"At the bridge", "=1+1"} & set(row)


@pytest.mark.parametrize(
    ("field", "value"),
    [("held_on", "2999-01-01"), ("held_on", "1066-10-14"), ("people", "-1"), ("people", "many"), ("kind", "coup"),
     ("campaigns", "999")],
)  # fmt: skip
def test_what_cannot_have_been_is_refused(
    app: Flask, organizer: FlaskClient, address: str, field: str, value: str
) -> None:
    assert organizer.post(f"{address}/new", data=FORM | {field: value}).status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Activity)).all() == []


def test_the_list_goes_by_year(organizer: FlaskClient, address: str) -> None:
    organizer.post(f"{address}/new", data=FORM)
    organizer.post(f"{address}/new", data=FORM | {"held_on": "2024-12-31", "place": "In the hall"})
    page = organizer.get(f"{address}/?year=2024").text
    assert "In the hall" in page
    assert "At the bridge" not in page
    assert "Nothing is noted" not in organizer.get(f"{address}/?year=x").text


def test_an_activity_is_deleted(app: Flask, organizer: FlaskClient, address: str, activity: Activity) -> None:
    organizer.post(f"{address}/{activity.id}/delete")
    with app.app_context():
        assert db.session.get(Activity, activity.id) is None


@on_both_databases
@pytest.mark.usefixtures("activity")
def test_the_account_adds_up_a_year_and_no_other(
    app: Flask, organizer: FlaskClient, address: str, campaign: Campaign
) -> None:
    new_year, old_year = date(2026, 1, 1), date(2025, 12, 31)
    letters = [
        (old_year, new_year, LetterStatus.POSTED),  # made in one year, posted in the next
        (new_year, None, LetterStatus.MADE),
        (new_year, new_year, LetterStatus.ANSWERED),
        (new_year, None, LetterStatus.VOID),
        (old_year, old_year, LetterStatus.POSTED),
    ]
    store(app, *(letter(campaign, number, *values) for number, values in enumerate(letters)))
    facts = {}
    for year in (2026, 2025):
        page = organizer.get(f"{address}/{year}/account").text
        facts[year] = page.split("<dl")[1].split("</dl>")[0].replace("<dd>", "|").replace("</dd>", "|").split("|")[1::2]
    assert facts == {2026: ["1", "8", "2", "2"], 2025: ["0", "0", "2", "1"]}


def test_the_account_comes_as_a_table_in_which_nothing_is_a_formula(
    app: Flask, organizer: FlaskClient, address: str, campaign: Campaign
) -> None:
    organizer.post(f"{address}/new", data=FORM | {"campaigns": campaign.id})
    store(app, letter(campaign, 1, date(2026, 2, 1), None, LetterStatus.MADE))
    answer = organizer.get(f"{address}/2026/account.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    header, activity, letters = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert len(header) == len(activity) == len(letters) == 8
    assert activity == ["Vigil", "2026-03-05", "At the bridge", "25", campaign.title, "", "", "'=1+1"]
    assert letters == ["Letters", "2026", "", "", campaign.title, "1", "0", ""]


@pytest.mark.parametrize("year", ["0", "1066", "10000", "99999999999999999999"])
def test_a_year_without_an_account_has_no_page(organizer: FlaskClient, address: str, year: str) -> None:
    for page in ("account", "account.csv"):
        assert organizer.get(f"{address}/{year}/{page}").status_code == 404


def test_another_groups_activity_is_not_there(stranger: FlaskClient, address: str, activity: Activity) -> None:
    for page in ("", "new", f"{activity.id}", "2026/account", "2026/account.csv"):
        assert stranger.get(f"{address}/{page}").status_code == 404
    own = address.replace("group-48", "group-7")
    assert stranger.get(f"{own}/{activity.id}").status_code == 404
    assert stranger.post(f"{own}/{activity.id}/delete").status_code == 404
