"""Sheets whose scans the reader's generator makes, and piles of them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from campaign_app import keys
from campaign_app.db import db
from campaign_app.jobs.worker import work_next
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet
from tests.petitions.reading import filled


def printed(app: Flask, petition: Petition) -> None:
    """Have the petition's sheets look as the generator prints them, with its codes."""
    with app.app_context():
        for sheet in db.session.query(Sheet).filter_by(petition_id=petition.id):
            sheet.batch.layout = filled.sheet().blank.grid.to_json()
            sheet.token_hash = keys.token_hash(f"{sheet.number:022}")
        db.session.commit()


def photo(number: int) -> bytes:
    """Sheet ``number`` of the petition as it came back."""
    return filled.file(filled.small(filled.sheet(number=number, seed=number).grey, 100))


def upload(client: FlaskClient, files: Sequence[bytes], group_id: int, key: str = "key") -> Any:
    sent = [(BytesIO(content), f"scan {number}.jpg") for number, content in enumerate(files)]
    return client.post("/desk/scans", data={"key": key, "group_id": group_id, "files": sent})


def work(app: Flask) -> None:
    """Do all jobs that wait."""
    with app.app_context():
        while work_next():
            pass
