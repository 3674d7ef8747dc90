"""Opening, suspending, closing, reopening."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign, Reason, Status
from campaign_app.db import db
from campaign_app.texts.models import TextVersion
from tests.conftest import change

DESK = "/desk/campaigns/nadia-example"


def state(app: Flask, campaign: Campaign) -> tuple[Status, Reason | None, str]:
    with app.app_context():
        row = db.session.get_one(Campaign, campaign.id)
        return row.status, row.reason, row.reason_note


def say(app: Flask, campaign: Campaign, **parts: str) -> None:
    """Give the campaign's text another version."""
    with app.app_context():
        text = db.session.get_one(Campaign, campaign.id).texts[0]
        old = text.current
        said = {name: getattr(old, name) for name in ("subject", "salutation", "closing", "body")} | parts
        text.versions.append(TextVersion(number=old.number + 1, **said))
        db.session.commit()


def test_a_draft_that_lacks_nothing_can_be_opened(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    change(app, campaign, status=Status.DRAFT)
    assert "Nothing is missing" in organizer.get(DESK).text
    assert organizer.post(f"{DESK}/status/open").status_code == 303
    assert state(app, campaign)[0] is Status.OPEN


@pytest.mark.parametrize(
    ("lack", "said"),
    [
        ({"targets": []}, "Choose whom the letters go to."),
        ({"texts": []}, "Write what the letters say."),
        ({"person": ""}, "Name of the person at risk"),
        ({"forbidden_phrases": ["i am WRITING"]}, "“i am WRITING” must not stand in a letter"),
    ],
)
def test_a_draft_that_lacks_something_stays_one_and_says_what(
    app: Flask, organizer: FlaskClient, campaign: Campaign, lack: dict[str, Any], said: str
) -> None:
    change(app, campaign, status=Status.DRAFT, **lack)
    answer = organizer.post(f"{DESK}/status/open")
    assert answer.status_code == 422
    assert said in answer.text
    assert state(app, campaign)[0] is Status.DRAFT


def test_a_draft_with_gaps_in_its_text_cannot_be_opened(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    change(app, campaign, status=Status.DRAFT)
    say(app, campaign, body="Held since [date of arrest].\n\n{{ own_words }}")
    answer = organizer.post(f"{DESK}/status/open")
    assert (answer.status_code, "“[date of arrest]” is still to be filled in" in answer.text) == (422, True)


def test_a_campaign_whose_time_is_over_cannot_be_opened(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    change(app, campaign, status=Status.DRAFT, post_by=campaign.opens_on + timedelta(days=1))
    assert "The last day for posting has gone by." in organizer.post(f"{DESK}/status/open").text
    assert state(app, campaign)[0] is Status.DRAFT


def test_a_suspended_campaign_takes_no_letters_and_says_why(
    app: Flask, organizer: FlaskClient, client: FlaskClient, campaign: Campaign
) -> None:
    answer = organizer.post(f"{DESK}/status/suspend", data={"suspend-note": "The family asks us to <wait>."})
    assert answer.status_code == 303
    assert state(app, campaign) == (Status.SUSPENDED, None, "The family asks us to <wait>.")
    assert "The family asks us to &lt;wait&gt;." in client.get("/campaigns/nadia-example").text
    assert client.get("/campaigns/nadia-example/write").status_code == 303


@pytest.mark.parametrize("note", ["", "  ", "x" * 1001, "\x00"])
def test_suspending_needs_a_reason(app: Flask, organizer: FlaskClient, campaign: Campaign, note: str) -> None:
    assert organizer.post(f"{DESK}/status/suspend", data={"suspend-note": note}).status_code == 422
    assert state(app, campaign)[0] is Status.OPEN


def test_a_campaign_closes_with_a_reason_and_a_note(
    app: Flask, organizer: FlaskClient, client: FlaskClient, campaign: Campaign
) -> None:
    organizer.post(f"{DESK}/status/close", data={"close-reason": "released", "close-note": "Home since Monday."})
    assert state(app, campaign) == (Status.CLOSED, Reason.RELEASED, "Home since Monday.")
    assert "Home since Monday." in client.get("/campaigns/nadia-example").text


@pytest.mark.parametrize("reason", ["", "bored", "RELEASED"])
def test_closing_needs_a_reason_from_the_list(
    app: Flask, organizer: FlaskClient, campaign: Campaign, reason: str
) -> None:
    assert organizer.post(f"{DESK}/status/close", data={"close-reason": reason}).status_code == 422
    assert state(app, campaign)[0] is Status.OPEN


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.CLOSED])
def test_a_slip_is_undone_by_reopening(app: Flask, organizer: FlaskClient, campaign: Campaign, status: Status) -> None:
    change(app, campaign, status=status, reason=Reason.OTHER, reason_note="A slip.")
    assert "Reopen the campaign" in organizer.get(f"{DESK}/status").text
    organizer.post(f"{DESK}/status/open")
    assert state(app, campaign) == (Status.OPEN, None, "")


def test_a_campaign_without_letters_can_become_a_draft_again(
    app: Flask, organizer: FlaskClient, campaign: Campaign
) -> None:
    organizer.post(f"{DESK}/status/draft")
    assert state(app, campaign)[0] is Status.DRAFT


@pytest.mark.usefixtures("letter")
def test_a_campaign_with_letters_is_never_a_draft_again(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    organizer.post(f"{DESK}/status/draft")
    assert state(app, campaign)[0] is Status.OPEN


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (Status.DRAFT, "suspend"),
        (Status.DRAFT, "close"),
        (Status.CLOSED, "suspend"),
        (Status.CLOSED, "close"),
        (Status.SUSPENDED, "suspend"),
        (Status.OPEN, "open"),
        (Status.DRAFT, "draft"),
    ],
)
def test_an_old_page_changes_nothing_and_says_so(
    app: Flask, organizer: FlaskClient, campaign: Campaign, status: Status, action: str
) -> None:
    change(app, campaign, status=status, reason_note="As it was.")
    data = {"suspend-note": "x", "close-reason": "other"}
    answer = organizer.post(f"{DESK}/status/{action}", data=data, follow_redirects=True)
    assert "Nothing was changed" in answer.text
    assert state(app, campaign)[::2] == (status, "As it was.")


@pytest.mark.parametrize("action", ["open", "suspend", "close", "draft"])
def test_another_group_s_campaign_cannot_be_changed(
    app: Flask, stranger: FlaskClient, campaign: Campaign, action: str
) -> None:
    assert stranger.post(f"{DESK}/status/{action}").status_code == 404
    assert stranger.get(f"{DESK}/status/{action}").status_code == 405
    assert state(app, campaign)[0] is Status.OPEN


@pytest.mark.parametrize("status", list(Status))
def test_every_state_has_its_page(app: Flask, organizer: FlaskClient, campaign: Campaign, status: Status) -> None:
    change(app, campaign, status=status)
    assert organizer.get(f"{DESK}/status").status_code == 200
    assert organizer.get(DESK).status_code == 200
