from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.evenings import opening
from campaign_app.evenings.models import Evening
from campaign_app.invariants import broken
from campaign_app.letters.models import LetterRecord
from tests.letters.test_writing import filled


@dataclass
class Night:
    """An open evening of the campaign's group with one table: its organizer, and the kiosk without an account."""

    app: Flask
    organizer: FlaskClient
    kiosk: FlaskClient
    id: int
    table: int
    token: str

    @property
    def desk(self) -> str:
        return f"/desk/evenings/{self.id}"

    @property
    def laptop(self) -> str:
        return f"/evening/{self.token}"

    def write(self, number: int = 1, **changes: Any) -> TestResponse:
        """Write a letter at the kiosk."""
        form = filled(key=f"the-form-number-{number:03}", name=f"Writer {number}", **changes)
        return self.kiosk.post(f"{self.laptop}/{self.table}", data=form)

    def do(self, what: str, **values: Any) -> TestResponse:
        """Press a button at the desk."""
        return self.organizer.post(f"{self.desk}/{what}", data=values, follow_redirects=True)

    def count(self, model: Any = LetterRecord) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def night(app: Flask, organizer: FlaskClient, campaign: Campaign) -> Iterator[Night]:
    answer = organizer.post(
        "/desk/evenings/new", data={"group": campaign.group_id, "hours": 5, "tables": [f"{campaign.id}-1-en"]}
    )
    assert answer.status_code == 303, answer.text
    with app.app_context():
        evening = db.session.scalars(select(Evening)).one()
        night = Night(
            app, organizer, app.test_client(), evening.id, evening.tables[0].id, opening.token(evening.key)
        )  # fmt: skip
    yield night
    with app.app_context():
        assert list(broken()) == []
