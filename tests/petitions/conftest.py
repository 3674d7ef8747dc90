"""A petition with sheets to issue, count and deliver."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.petitions.models import Petition, PetitionText
from campaign_app.petitions.sheet_models import Sheet, SheetBatch, TakenNumber
from campaign_app.targets.models import Target
from tests.conftest import store

ROWS = 12
SHEETS = 10


@pytest.fixture
def petition(app: Flask, campaign: Campaign, target: Target) -> Petition:
    """A petition of ``group`` with ten sheets of twelve rows, ``G48-P07-0001`` to ``G48-P07-0010``."""
    text = PetitionText(language="en", number=1, title="Free Nadia Example", text="Release Nadia Example.")
    petition = Petition(
        group_id=campaign.group_id, campaign_id=campaign.id, code="G48-P07", opens_on=date(2026, 1, 1), goal=1000,
        organizer="Group 48 Seoul", texts=[text],
    )  # fmt: skip
    with app.app_context():
        petition.addressees = [db.session.get_one(Target, target.id)]
    batch = SheetBatch(
        petition=petition, first=1, last=SHEETS, key="k", content={}, layout=layout(ROWS), versions={}, printed_at=now()
    )  # fmt: skip
    sheets = [sheet(petition, batch, number) for number in range(1, SHEETS + 1)]
    store(app, petition, batch, TakenNumber(prefix=petition.code, last=SHEETS), *sheets)
    return petition


def sheet(petition: Petition, batch: SheetBatch, number: int) -> Sheet:
    """A printed sheet, whose token is ``token`` and its number."""
    token = keys.token_hash(f"token {number}")
    return Sheet(petition=petition, batch=batch, number=number, serial=f"{petition.code}-{number:04}", token_hash=token)


def layout(rows: int) -> dict[str, list[float]]:
    """As much of where things stand on a sheet as counting needs: the lines of its rows."""
    return {"rows": [100.0 + 10 * line for line in range(rows + 1)]}
