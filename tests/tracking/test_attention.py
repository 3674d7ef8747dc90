"""What an organizer is told to look at."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign
from campaign_app.targets.models import Target
from tests.conftest import change
from tests.tracking.conftest import TODAY, AddLetter


def test_letters_that_are_not_posted_before_a_near_deadline_are_named(
    app: Flask, organizer: FlaskClient, campaign: Campaign, add_letter: AddLetter
) -> None:
    add_letter(1)
    assert "not posted yet" not in organizer.get("/desk").text
    change(app, campaign, post_by=TODAY + timedelta(days=7))
    assert "1 letter is not posted yet" in organizer.get("/desk").text
    organizer.post("/desk/posting", data={"references": "0000-0001", "day": TODAY.isoformat()})
    assert "not posted yet" not in organizer.get("/desk").text


def test_a_campaign_that_stands_still_is_named(
    app: Flask, organizer: FlaskClient, campaign: Campaign, add_letter: AddLetter
) -> None:
    change(app, campaign, opens_on=TODAY - timedelta(days=100))
    assert "No letter was made for sixty days" in organizer.get("/desk").text
    add_letter(1, made_on=TODAY - timedelta(days=50))
    assert "No letter was made for sixty days" not in organizer.get("/desk").text


def test_a_campaign_that_is_open_after_its_last_day_is_named(
    app: Flask, organizer: FlaskClient, campaign: Campaign
) -> None:
    change(app, campaign, post_by=TODAY - timedelta(days=1))
    assert "and it is still open" in organizer.get("/desk").text


def test_addresses_that_nobody_checked_for_a_year_are_counted(
    app: Flask, organizer: FlaskClient, campaign: Campaign, target: Target
) -> None:
    assert "1 address was not checked" in organizer.get("/desk").text
    change(app, target, verified_on=TODAY)
    assert "was not checked" not in organizer.get("/desk").text
    assert campaign.targets[0].id == target.id
