"""Petitions are begun in one form, say what they say in versions, and belong to their group."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.documents import sheet_words
from campaign_app.petitions.models import Petition
from campaign_app.targets.models import Target
from tests.conftest import change
from tests.petitions.desk import TEXT, PetitionDesk


@pytest.fixture
def desk(app: Flask, organizer: FlaskClient, campaign: Campaign, target: Target) -> PetitionDesk:
    return PetitionDesk(app, organizer, campaign, target.id)


def test_the_form_proposes_what_campaign_and_group_say_already(desk: PetitionDesk) -> None:
    page = desk.client.get(f"/desk/petitions/new/{desk.campaign.slug}").text
    for said in ("Free Nadia Example", "- Release Nadia Example.", "Group 48 Seoul", "12 Sample-ro, Jung-gu"):
        assert said in page


def test_a_petition_is_begun_with_a_text_a_design_and_its_groups_next_number(desk: PetitionDesk) -> None:
    first, second = desk.begun(), desk.begun()
    with desk.app.app_context():
        petition = db.session.get_one(Petition, first)
        assert (petition.code, db.session.get_one(Petition, second).code) == ("G48-P01", "G48-P02")
        assert (petition.title, petition.text_in("en").number) == ("Free Nadia Example", 1)  # type: ignore[union-attr]
        assert [target.id for target in petition.addressees] == [desk.target_id]
        assert [design.choices["languages"] for design in petition.designs] == [["en"]]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "Please fill this in."),
        ({"addressees": []}, "Tick whom the petition is addressed to."),
        ({"return_address": ""}, "Please fill this in."),
        ({"return_address": "\n".join("1234567")}, "At most 6 lines of 60 characters."),
        ({"opens_on": "2026-02-01", "closes_on": "2026-01-01"}, "This day is before signatures are taken."),
        ({"collect_within": "0"}, "From 1 to 365 days."),
        ({"title": "a\x00b"}, "These characters cannot be printed: U+0000."),
        ({"text": "x" * 6001}, "Field cannot be longer than 6000 characters."),
        ({"group_id": "99"}, "Please choose one from the list."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    desk: PetitionDesk, fields: dict[str, Any], said: str
) -> None:
    answer = desk.begin(**({"who_may_sign": "Kept as typed"} | fields))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Kept as typed" in answer.text
    with desk.app.app_context():
        assert db.session.query(Petition).count() == 0


def test_words_that_would_put_somebody_in_danger_stand_on_no_sheet(desk: PetitionDesk) -> None:
    change(desk.app, desk.campaign, forbidden_phrases=["Yusuf"])
    answer = desk.begin(text="Nadia and her brother Yusuf")
    assert answer.status_code == 422
    assert "“Yusuf” must not stand on a sheet" in answer.text


def test_every_change_of_a_text_or_a_notice_is_a_new_version(desk: PetitionDesk) -> None:
    petition = desk.begun()
    shipped = sheet_words.notice("ko", "Group 48 Seoul")
    assert shipped in desk.client.get(f"/desk/petitions/{petition}/texts/ko").text
    for title, notice in (("하나", shipped), ("둘", shipped), ("둘", "다른 안내"), ("둘", "다른 안내")):
        assert desk.write(petition, "ko", title=title, notice=notice).status_code == 303
    with desk.app.app_context():
        stored = db.session.get_one(Petition, petition)
        assert [(text.number, text.title) for text in stored.texts if text.language == "ko"] == [(1, "하나"), (2, "둘")]
        assert [(notice.number, notice.text) for notice in stored.notices] == [(1, "다른 안내")]
    assert "하나" in desk.client.get(f"/desk/petitions/{petition}/texts/ko").text


def test_safety_2_a_text_with_placeholders_stands_as_it_was_typed(desk: PetitionDesk) -> None:
    petition = desk.begun(text="{{7*7}} {% for %} # x *** <script>")
    with desk.app.app_context():
        assert db.session.get_one(Petition, petition).texts[0].text == "{{7*7}} {% for %} # x *** <script>"
    assert "&lt;script&gt;" in desk.client.get(f"/desk/petitions/{petition}/texts/en").text


def test_details_are_changed_and_shown(desk: PetitionDesk) -> None:
    petition = desk.begun()
    form = {"addressees": [desk.target_id], "organizer": "Another", "return_address": "Here", "opens_on": "2026-01-01",
            "collect_within": 7, "goal": 500}  # fmt: skip
    assert desk.client.post(f"/desk/petitions/{petition}/edit", data=form).status_code == 303
    page = desk.client.get(f"/desk/petitions/{petition}").text
    assert "Another" in page
    assert "500" in page


def test_a_petition_without_sheets_can_be_deleted_and_its_number_is_not_given_again(desk: PetitionDesk) -> None:
    petition = desk.begun()
    assert desk.client.post(f"/desk/petitions/{petition}/delete").status_code == 303
    with desk.app.app_context():
        assert db.session.query(Petition).count() == 0
        assert db.session.get_one(Petition, desk.begun()).code == "G48-P02"


def test_a_petition_with_sheets_stays(desk: PetitionDesk) -> None:
    petition = desk.begun()
    desk.printed(petition, 1)
    answer = desk.client.post(f"/desk/petitions/{petition}/delete", follow_redirects=True)
    assert "so it stays" in answer.text


def test_a_draft_with_a_petition_is_not_deleted(desk: PetitionDesk) -> None:
    change(desk.app, desk.campaign, status="DRAFT")
    desk.begun()
    answer = desk.client.post(f"/desk/campaigns/{desk.campaign.slug}/delete", follow_redirects=True)
    assert "Only a draft without letters and petitions can be deleted" in answer.text


def test_another_group_collects_for_the_campaign_under_its_own_number(
    desk: PetitionDesk, stranger: FlaskClient
) -> None:
    theirs = PetitionDesk(desk.app, stranger, desk.campaign, desk.target_id)
    with desk.app.app_context():
        from campaign_app.groups.models import Group

        group_id = db.session.query(Group).filter_by(number=7).one().id
    petition = theirs.begun(group_id=group_id)
    assert "G7-P01" in stranger.get(f"/desk/petitions/{petition}").text
    assert desk.client.get(f"/desk/petitions/{petition}").status_code == 404
    assert "G7-P01" not in desk.client.get("/desk/petitions").text


def test_pages_without_anything_say_what_to_do(desk: PetitionDesk) -> None:
    assert "No petition yet" in desk.client.get("/desk/petitions").text
    petition = desk.begun(text=TEXT)
    assert "No sheet yet" in desk.client.get(f"/desk/petitions/{petition}").text
