"""Letters that were posted, and replies as organizers record them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.invariants import broken
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.replies.models import Reply
from campaign_app.tracking import marking
from campaign_app.tracking.models import How

TODAY = datetime.now(ZoneInfo("Asia/Seoul")).date()  # where the section counts its days
NEW = "/desk/replies/new"

Post = Callable[..., LetterRecord]
Record = Callable[..., TestResponse]


def photograph(kind: str = "JPEG", size: tuple[int, int] = (300, 400)) -> bytes:
    stream = io.BytesIO()
    Image.new("1", size, 1).save(stream, kind)
    return stream.getvalue()


@pytest.fixture
def posted(app: Flask, campaign: Campaign) -> Post:
    """Make a letter; it is posted ``days`` ago, unless ``status`` says that it is made or void."""

    def make(
        number: int = 1, days: int = 20, status: LetterStatus = LetterStatus.POSTED, **values: Any
    ) -> LetterRecord:
        day = TODAY - timedelta(days=days)
        with app.app_context():
            text = db.session.get_one(Campaign, campaign.id).texts[0]
            letter = LetterRecord(
                **{
                    "campaign_id": campaign.id, "target_id": campaign.targets[0].id, "group_id": campaign.group_id,
                    "text_version_id": text.current.id, "language": "en", "country": "EG", "reference": ref(number),
                    "token_hash": keys.token_hash(token(number)), "form": f"form {number}", "made_on": day,
                    "made_at": now(),
                } | values
            )  # fmt: skip
            db.session.add(letter)
            db.session.flush()
            if status is not LetterStatus.MADE:
                posted_on = day if status is LetterStatus.POSTED else None
                marking.mark([LetterRecord.id == letter.id], LetterStatus.MADE, status, How.LIST, posted_on)
            db.session.commit()
            db.session.refresh(letter)
            db.session.expunge_all()
            return letter

    return make


def ref(number: int) -> str:
    return f"0A1B-{number:04}"


def token(number: int) -> str:
    return f"token-of-letter-{number}"


@pytest.fixture
def record(organizer: FlaskClient) -> Record:
    """Send the form of a reply as the group's organizer."""
    forms = iter(range(1000))

    def send(client: FlaskClient = organizer, scans: tuple[bytes, ...] = (), **given: Any) -> TestResponse:
        values = {
            "key": f"the-key-of-a-form-{next(forms)}", "letter": "", "unknown": "", "kind": "substantive",
            "received_on": TODAY.isoformat(), "language": "",
        } | given  # fmt: skip
        files = {"scans": [(io.BytesIO(scan), "../../scan.jpg") for scan in scans]} if scans else {}
        return client.post(NEW, data=values | files, content_type="multipart/form-data")

    return send


def replies(app: Flask) -> list[Reply]:
    with app.app_context():
        found = list(db.session.query(Reply).order_by(Reply.id))
        db.session.expunge_all()
        return found


def status(app: Flask, letter: LetterRecord) -> LetterStatus:
    with app.app_context():
        return db.session.get_one(LetterRecord, letter.id).status


def assert_sound(app: Flask) -> None:
    with app.app_context():
        assert list(broken()) == []
