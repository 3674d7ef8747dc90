"""The desk's form for campaigns: made, changed, refused, deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.campaigns.models import Campaign, Kind, SenderAddress, Status, Theme
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.targets.models import Office, Target
from tests.conftest import store


def filled(group: Group | None = None, **changes: Any) -> dict[str, Any]:
    """A form as a browser sends it."""
    values = {
        "title": "Water for Old Town",
        "slug": "",
        "kind": "urgent_action",
        "theme": "environment",
        "country": "ER",
        "person": "Sample Person",
        "group_id": group.id if group else "",
        "story": "What happened.",
        "demands": "Open the wells.\nPublish the report.",
        "opens_on": "2028-02-29",
        "post_by": "2028-12-31",
        "time_zone": "Asia/Seoul",
        "goal": "100",
        "sender_address": "city",
        "forbidden_phrases": "Cousin Name\n\nOld Street",
    }
    return values | changes


def stored(app: Flask, slug: str) -> Campaign | None:
    with app.app_context():
        found = db.session.scalar(select(Campaign).where(Campaign.slug == slug))
        db.session.expunge_all()
        return found


def test_a_new_campaign_is_a_draft_with_everything_that_was_typed(
    app: Flask, organizer: FlaskClient, group: Group
) -> None:
    answer = organizer.post("/desk/campaigns/new", data=filled(group))
    assert (answer.status_code, answer.location) == (303, "/desk/campaigns/water-for-old-town")
    campaign = stored(app, "water-for-old-town")
    assert campaign is not None
    assert (campaign.status, campaign.kind, campaign.theme) == (Status.DRAFT, Kind.URGENT_ACTION, Theme.ENVIRONMENT)
    assert (campaign.opens_on, campaign.post_by, campaign.goal) == (date(2028, 2, 29), date(2028, 12, 31), 100)
    assert (campaign.sender_address, campaign.may_name_organization) == (SenderAddress.CITY, False)
    assert campaign.forbidden_phrases == ["Cousin Name", "Old Street"]
    assert campaign.group_id == group.id


def test_a_title_in_korean_has_its_address_in_korean(app: Flask, organizer: FlaskClient, group: Group) -> None:
    organizer.post("/desk/campaigns/new", data=filled(group, title="평화의 편지"))
    assert stored(app, "평화의-편지")
    assert organizer.get("/desk/campaigns/평화의-편지").status_code == 200


def test_the_same_title_twice_makes_two_addresses(app: Flask, organizer: FlaskClient, group: Group) -> None:
    for _ in range(2):
        organizer.post("/desk/campaigns/new", data=filled(group))
    assert stored(app, "water-for-old-town-2")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Please fill this in."),
        ("title", "   ", "Please fill this in."),
        ("title", "x" * 201, "200"),
        ("title", "Nul \x00 here", "U+0000"),
        ("title", "Lone \ufffe", "U+FFFE"),
        ("slug", "Not An Address", "not-an-address"),
        ("slug", "../up", "up"),
        ("slug", "new", "Another campaign has this address."),
        ("slug", "nadia-example", "Another campaign has this address."),
        ("kind", "war", "Please choose one from the list."),
        ("country", "", "Please fill this in."),
        ("country", "XX", "Please choose one from the list."),
        ("opens_on", "2027-02-29", "There is no such day."),
        ("opens_on", "01/06/2027", "There is no such day."),
        ("opens_on", "0001-01-01", "look at the year"),
        ("opens_on", "", "Please fill this in."),
        ("post_by", "2028-02-28", "before the campaign opens"),
        ("time_zone", "Mars/Olympus", "Please choose one from the list."),
        ("goal", "0", "A number from 1"),
        ("goal", "-5", "A number from 1"),
        ("goal", "9" * 30, "A number from 1"),
        ("goal", "many", "valid integer"),
        ("sender_address", "", "Please choose one from the list."),
        ("story", "x" * 20_001, "20000"),
        ("forbidden_phrases", "word\n" * 51, "At most 50"),
    ],
)
@pytest.mark.usefixtures("campaign")
def test_what_cannot_be_is_refused_at_its_field_and_kept_in_it(
    app: Flask, organizer: FlaskClient, group: Group, field: str, value: str, message: str
) -> None:
    answer = organizer.post("/desk/campaigns/new", data=filled(group, person="Typed Already", **{field: value}))
    assert answer.status_code == 422
    assert message in answer.text
    assert "Typed Already" in answer.text
    with app.app_context():
        assert db.session.scalars(select(Campaign.slug)).all() == ["nadia-example"]


def test_an_organizer_cannot_give_a_campaign_to_another_group(app: Flask, organizer: FlaskClient) -> None:
    other = Group(number=9, name="Group 9", slug="group-9")
    store(app, other)
    assert organizer.post("/desk/campaigns/new", data=filled(other)).status_code == 422
    assert organizer.post("/desk/campaigns/new", data=filled(None)).status_code == 422


def test_staff_can_make_a_campaign_of_the_whole_section(app: Flask, staff: FlaskClient) -> None:
    assert staff.post("/desk/campaigns/new", data=filled(None)).status_code == 303
    campaign = stored(app, "water-for-old-town")
    assert campaign is not None
    assert campaign.group_id is None


def test_fields_that_no_form_has_are_ignored(app: Flask, organizer: FlaskClient, group: Group) -> None:
    organizer.post("/desk/campaigns/new", data=filled(group, status="open", id="77", created_at="2000-01-01"))
    campaign = stored(app, "water-for-old-town")
    assert campaign is not None
    assert campaign.status is Status.DRAFT


@pytest.mark.usefixtures("campaign")
def test_editing_keeps_what_was_stored_and_stores_what_was_changed(
    app: Flask, organizer: FlaskClient, group: Group
) -> None:
    page = organizer.get("/desk/campaigns/nadia-example/edit").text
    assert "Free Nadia Example" in page
    changed = filled(group, title="Another title", slug="ignored", country="EG")
    assert organizer.post("/desk/campaigns/nadia-example/edit", data=changed).status_code == 303
    now = stored(app, "nadia-example")
    assert now is not None
    assert (now.title, now.status) == ("Another title", Status.OPEN)


@pytest.mark.usefixtures("campaign")
def test_the_address_of_a_public_campaign_stays(organizer: FlaskClient) -> None:
    assert 'name="slug"' not in organizer.get("/desk/campaigns/nadia-example/edit").text


def test_a_draft_keeps_its_own_address(organizer: FlaskClient, group: Group) -> None:
    organizer.post("/desk/campaigns/new", data=filled(group))
    again = filled(group, slug="water-for-old-town")
    assert organizer.post("/desk/campaigns/water-for-old-town/edit", data=again).status_code == 303


@pytest.mark.usefixtures("letter")
def test_the_group_stays_once_letters_were_made(app: Flask, staff: FlaskClient, campaign: Campaign) -> None:
    other = Group(number=9, name="Group 9", slug="group-9")
    store(app, other)
    staff.post("/desk/campaigns/nadia-example/edit", data=filled(other))
    now = stored(app, "nadia-example")
    assert now is not None
    assert now.group_id == campaign.group_id


PAGES = ["", "/edit", "/targets", "/pictures", "/updates", "/status"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("campaign")
def test_another_group_s_campaign_is_not_there(stranger: FlaskClient, path: str) -> None:
    assert stranger.get(f"/desk/campaigns/nadia-example{path}").status_code == 404
    assert stranger.post(f"/desk/campaigns/nadia-example{path}").status_code in (404, 405)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("campaign")
def test_visitors_are_asked_to_sign_in(client: FlaskClient, path: str) -> None:
    assert client.get(f"/desk/campaigns/nadia-example{path}").location.startswith("/sign-in")


@pytest.mark.usefixtures("campaign")
def test_the_desk_page_tells_state_numbers_targets_and_texts(organizer: FlaskClient) -> None:
    page = organizer.get("/desk/campaigns/nadia-example").text
    for said in ("Open", "0 of 100 letters made, 0 posted", "President of the Arab Republic of Egypt", "version 1"):
        assert said in page


def test_a_draft_lists_what_it_lacks(organizer: FlaskClient, group: Group) -> None:
    organizer.post("/desk/campaigns/new", data=filled(group))
    page = organizer.get("/desk/campaigns/water-for-old-town").text
    assert "Choose whom the letters go to." in page
    assert "Write what the letters say." in page


def test_targets_are_found_ticked_and_stored(
    app: Flask, organizer: FlaskClient, campaign: Campaign, target: Target
) -> None:
    minister = Target(office=Office.MINISTER, position="Minister of Justice", lines="Asmara", country="ER")
    store(app, minister)
    address = "/desk/campaigns/nadia-example/targets"
    assert "Minister of Justice" not in organizer.get(address).text
    page = organizer.post(
        address, data={"words": "justice", "country": "", "targets": [target.id], "action": "search"}
    ).text
    assert "Minister of Justice" in page
    assert f'value="{target.id}" checked' in page
    answer = organizer.post(
        address, data={"words": "justice", "country": "", "targets": [target.id, minister.id], "action": "save"}
    )
    assert answer.status_code == 303
    with app.app_context():
        kept = db.session.get_one(Campaign, campaign.id)
        assert [one.id for one in kept.targets] == [target.id, minister.id]


def test_a_target_that_is_not_in_the_directory_is_not_stored(
    app: Flask, organizer: FlaskClient, campaign: Campaign
) -> None:
    answer = organizer.post("/desk/campaigns/nadia-example/targets", data={"targets": ["4711"], "action": "save"})
    assert answer.status_code == 422
    with app.app_context():
        assert len(db.session.get_one(Campaign, campaign.id).targets) == 1


@pytest.mark.usefixtures("campaign")
def test_a_new_target_is_added_on_the_way_and_nothing_ticked_is_lost(organizer: FlaskClient, target: Target) -> None:
    data = {"targets": [target.id], "action": "new"}
    answer = organizer.post("/desk/campaigns/nadia-example/targets", data=data)
    assert answer.location == "/targets/new?next=/desk/campaigns/nadia-example/targets&country=EG"


def test_a_draft_without_letters_can_be_deleted(app: Flask, organizer: FlaskClient, group: Group) -> None:
    organizer.post("/desk/campaigns/new", data=filled(group))
    assert organizer.post("/desk/campaigns/water-for-old-town/delete").location == "/desk"
    assert stored(app, "water-for-old-town") is None


@pytest.mark.usefixtures("campaign")
def test_a_public_campaign_cannot_be_deleted(app: Flask, organizer: FlaskClient) -> None:
    organizer.post("/desk/campaigns/nadia-example/delete")
    assert stored(app, "nadia-example")


@pytest.mark.usefixtures("letter")
def test_a_draft_with_letters_cannot_be_deleted(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    with app.app_context():
        db.session.get_one(Campaign, campaign.id).status = Status.DRAFT
        db.session.commit()
    organizer.post("/desk/campaigns/nadia-example/delete")
    assert stored(app, "nadia-example")
