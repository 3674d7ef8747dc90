from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord

MakeLetters = Callable[..., None]
AddLetter = Callable[..., int]
MONDAY = date(2026, 3, 2)
TODAY = datetime.now(ZoneInfo("Asia/Seoul")).date()  # where campaigns and the section are, unless a test says otherwise
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


@pytest.fixture
def add_letter(app: Flask, campaign: Campaign) -> AddLetter:
    """Record a letter made today; the one with the number 1 has the reference 0000-0001 and the token letter-1."""

    def add(number: int, **values: Any) -> int:
        known_by = {"reference": f"0000-{number:04}", "token_hash": keys.token_hash(f"letter-{number}")}
        usual = {"campaign_id": campaign.id, "group_id": campaign.group_id, "made_on": TODAY} | known_by
        with app.app_context():
            db.session.add(row := letter(**(usual | values)))
            db.session.commit()
            return row.id

    return add
