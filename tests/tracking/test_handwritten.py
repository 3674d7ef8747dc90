"""Letters and cards that people wrote by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.tracking.models import HandwrittenCount, HandwrittenKind
from tests.databases import on_both_databases
from tests.tracking.conftest import TODAY


def typed(campaign: Campaign) -> dict[str, Any]:
    return {
        "number": 12, "kind": "card", "campaign": campaign.id, "target": 1, "group": campaign.group_id,
        "written_on": TODAY.isoformat(), "language": "en", "activity": 0,
    }  # fmt: skip


@on_both_databases
def test_a_count_is_added_shown_and_taken_back(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    assert "12 are counted" in organizer.post("/desk/handwritten/new", data=typed(campaign), follow_redirects=True).text
    with app.app_context():
        count = db.session.scalars(select(HandwrittenCount)).one()
        assert (count.number, count.kind, count.target_id) == (12, HandwrittenKind.CARD, 1)
        assert list(broken()) == []
    organizer.post(f"/desk/handwritten/{count.id}/delete")
    with app.app_context():
        assert db.session.query(HandwrittenCount).count() == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": 0}, "Number must be between"),
        ({"number": "many"}, "Not a valid integer value"),
        ({"number": 10**9}, "Number must be between"),
        ({"written_on": (TODAY + timedelta(days=1)).isoformat()}, "still to come"),
        ({"written_on": date(2020, 1, 1).isoformat()}, "had not opened yet"),
        ({"group": 99}, "Not a valid choice"),
        ({"campaign": 99}, "Not a valid choice"),
        ({"target": 99}, "Not a valid choice"),
    ],
)
def test_bad_input_is_said_at_its_field_and_counts_nothing(
    app: Flask, organizer: FlaskClient, campaign: Campaign, changes: dict[str, Any], said: str
) -> None:
    answer = organizer.post("/desk/handwritten/new", data=typed(campaign) | changes)
    assert answer.status_code == 422
    assert said in answer.text
    with app.app_context():
        assert db.session.query(HandwrittenCount).count() == 0


def test_safety_19_counts_of_another_group_are_neither_seen_nor_taken_back(
    app: Flask, organizer: FlaskClient, stranger: FlaskClient, campaign: Campaign
) -> None:
    organizer.post("/desk/handwritten/new", data=typed(campaign))
    assert "Nothing is counted yet" in stranger.get("/desk/handwritten").text
    assert stranger.post("/desk/handwritten/1/delete").status_code == 404
    assert stranger.post("/desk/handwritten/new", data=typed(campaign)).status_code == 422
    with app.app_context():
        assert db.session.query(HandwrittenCount).count() == 1
