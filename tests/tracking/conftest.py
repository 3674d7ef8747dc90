from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from flask import Flask

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord

MakeLetters = Callable[..., None]
MONDAY = date(2026, 3, 2)
numbers = count(1)


def letter(**values: Any) -> LetterRecord:
    """A letter with a reference and a token that no other has."""
    number = next(numbers)
    usual = {
        "target_id": 1, "group_id": None, "text_version_id": 1, "language": "en",
        "country": "EG", "reference": f"R{number}", "token_hash": f"T{number}", "form": f"F{number}",
        "made_on": MONDAY, "made_at": datetime.now(UTC),
    }  # fmt: skip
    return LetterRecord(**(usual | values))


@pytest.fixture
def make_letters(app: Flask, campaign: Campaign) -> MakeLetters:
    """Record letters of the campaign's group that are alike."""

    def make(number: int, **values: Any) -> None:
        values = {"campaign_id": campaign.id, "group_id": campaign.group_id} | values
        with app.app_context():
            db.session.add_all(letter(**values) for _ in range(number))
            db.session.commit()

    return make
