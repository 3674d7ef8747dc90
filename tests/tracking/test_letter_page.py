from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.texts.models import TextVersion

TOKEN = "a-token-of-22-letters-"


@pytest.fixture
def letter(app: Flask, campaign: Campaign) -> int:
    """A letter that was made, whose page is at ``/l/`` and its token."""
    with app.app_context():
        row = LetterRecord(
            campaign_id=campaign.id, target_id=1, group_id=campaign.group_id,
            text_version_id=db.session.query(TextVersion).one().id, language="en", country="EG",
            reference="K7M2-QX4P", token_hash=keys.token_hash(TOKEN), form="f", made_on=date.today(), made_at=now(),
        )  # fmt: skip
        db.session.add(row)
        db.session.commit()
        return row.id


def status(app: Flask, letter: int) -> LetterStatus:
    with app.app_context():
        return db.session.get_one(LetterRecord, letter).status


def test_a_writer_marks_a_letter_as_posted_and_can_undo_it(app: Flask, client: FlaskClient, letter: int) -> None:
    assert "I posted it" in client.get(f"/l/{TOKEN}").text
    page = client.post(f"/l/{TOKEN}/posted", follow_redirects=True)
    assert "on its way" in page.text
    assert status(app, letter) is LetterStatus.POSTED
    client.post(f"/l/{TOKEN}/not-posted")
    assert status(app, letter) is LetterStatus.MADE


def test_safety_23_of_two_who_mark_one_letter_the_second_is_told(app: Flask, client: FlaskClient, letter: int) -> None:
    client.post(f"/l/{TOKEN}/posted", follow_redirects=True)
    assert "marked before" in client.post(f"/l/{TOKEN}/posted", follow_redirects=True).text
    assert status(app, letter) is LetterStatus.POSTED


def test_what_changes_a_count_is_a_post(app: Flask, client: FlaskClient, letter: int) -> None:
    assert client.get(f"/l/{TOKEN}/posted").status_code == 405
    assert status(app, letter) is LetterStatus.MADE


@pytest.mark.usefixtures("letter")
def test_safety_tokens_on_paper_a_guessed_one_meets_a_plain_page(client: FlaskClient) -> None:
    assert client.get("/l/guess").status_code == 404
    assert client.post("/l/guess/posted").status_code == 404


@pytest.mark.usefixtures("letter")
def test_safety_tokens_on_paper_a_photographed_one_shows_nothing_personal(client: FlaskClient) -> None:
    page = client.get(f"/l/{TOKEN}")
    assert "President" not in page.text
    assert page.headers["Referrer-Policy"] == "same-origin"
