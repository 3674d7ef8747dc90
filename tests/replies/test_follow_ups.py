"""Letters that had no reply in time, and the letters that ask again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.replies.models import FollowUp
from campaign_app.targets.models import Part
from campaign_app.texts.models import LetterText, TextUse
from tests.conftest import change
from tests.databases import on_both_databases
from tests.replies.conftest import TODAY, Post, Record, assert_sound, ref, token

WAITING = "/desk/replies/waiting"
MADE = LetterStatus.MADE

pytestmark = on_both_databases


def form(campaign: Campaign, key: str = "a-form-that-asks-again", **given: Any) -> dict[str, Any]:
    return {
        "key": key, "language": "en", "targets": campaign.targets[0].id, "name": "An Organizer", "country": "KR",
        "street": "12 Sample-ro", "city": "Seoul", "postcode": "04560", "own_words": "", "day": TODAY.isoformat(),
        "paper": "A4", "window": "", "action": "make",
    } | given  # fmt: skip


def linked(app: Flask) -> list[tuple[int, int]]:
    with app.app_context():
        return [(row.letter_id, row.follows_id) for row in db.session.query(FollowUp).order_by(FollowUp.follows_id)]


def letters(app: Flask) -> list[LetterRecord]:
    with app.app_context():
        found = list(db.session.query(LetterRecord).order_by(LetterRecord.id))
        db.session.expunge_all()
        return found


def test_a_letter_without_a_reply_shows_up_after_the_waiting_time(
    app: Flask, organizer: FlaskClient, posted: Post, campaign: Campaign
) -> None:
    posted(1, days=60)
    posted(2, days=61)
    posted(3, days=59)
    page = organizer.get(WAITING).text
    assert f"{WAITING}/2/write" in page or f"{WAITING}/1/write" in page
    assert re.search(r'class="number"[^>]*>2<', page)
    change(app, campaign, waiting_days=61)
    assert re.search(r'class="number"[^>]*>1<', organizer.get(WAITING).text)


@pytest.mark.parametrize("reason", ["answered", "void", "made", "closed", "asks not", "copy", "other group"])
def test_what_waits_for_nothing_does_not_show_up(
    app: Flask, organizer: FlaskClient, posted: Post, campaign: Campaign, record: Record, stranger: FlaskClient,
    reason: str,
) -> None:  # fmt: skip
    states = {"void": LetterStatus.VOID, "made": MADE}
    posted(1, days=100, status=states.get(reason, LetterStatus.POSTED))
    if reason == "answered":
        record(letter=ref(1))
    elif reason == "closed":
        change(app, campaign, status=Status.CLOSED)
    elif reason == "asks not":
        change(app, campaign, asks_for_replies=False)
    elif reason == "copy":
        change(app, campaign.targets[0], part=Part.COPY)
    client = stranger if reason == "other group" else organizer
    assert "Nothing waits for too long" in client.get(WAITING).text


def test_one_letter_asks_again_for_all_that_wait_and_is_linked_to_them(
    app: Flask, organizer: FlaskClient, posted: Post, campaign: Campaign
) -> None:
    posted(1, days=90)
    posted(2, days=80)
    change(app, campaign, post_by=TODAY - timedelta(days=5))  # also after the last day for posting
    where = re.findall(rf'href="({WAITING}/\d+/write)"', organizer.get(WAITING).text)[0]
    page = organizer.get(where).text
    assert f"It follows up the letter {ref(1)}, {ref(2)}" in page
    for _ in range(2):  # a form that is sent twice makes one letter
        answer = organizer.post(where, data=form(campaign))
        assert answer.status_code == 200, answer.text
    first, second, again = letters(app)
    assert linked(app) == [(again.id, first.id), (again.id, second.id)]
    assert (again.group_id, again.target_id, again.status) == (campaign.group_id, first.target_id, MADE)
    with app.app_context():
        [text] = db.session.query(LetterText).filter_by(use=TextUse.FOLLOW_UP)
        assert [version.id for version in text.versions] == [again.text_version_id]
        assert [text.use for text in db.session.get_one(Campaign, campaign.id).texts] == [TextUse.APPEAL]
    assert "Nothing waits for too long" in organizer.get(WAITING).text
    assert_sound(app)


def test_the_letter_says_which_one_it_follows_up(
    app: Flask, organizer: FlaskClient, posted: Post, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    press = app.extensions["press"]
    pdfs = press.pdfs
    monkeypatch.setattr(press, "pdfs", lambda jobs: seen.extend(jobs) or pdfs(jobs))
    letter = posted(1, days=90)
    organizer.post(f"{WAITING}/{letter.id}/write", data=form(campaign))
    [(made, _)] = seen
    day = (TODAY - timedelta(days=90)).strftime("%-d %B %Y")
    assert f"My letter of {day}: Nadia Example" in made.subject
    assert f"(reference {ref(1)})" in made.body[0].text


@pytest.mark.parametrize("language", ["ko", "fr", "es", "ar", "en"])
def test_a_follow_up_is_seen_in_each_language_that_we_ship(
    app: Flask, organizer: FlaskClient, posted: Post, campaign: Campaign, language: str
) -> None:
    letter = posted(1, days=90, language=language)
    values = form(campaign, action="preview", language=language)
    page = organizer.post(f"{WAITING}/{letter.id}/write", data=values)
    assert page.status_code == 200
    assert "data:image/png;base64" in page.text
    assert "1 page" not in page.text
    assert_sound(app)


def test_safety_23_whoever_asks_again_second_is_told(
    app: Flask, organizer: FlaskClient, staff: FlaskClient, posted: Post, campaign: Campaign
) -> None:
    letter = posted(1, days=90)
    where = f"{WAITING}/{letter.id}/write"
    organizer.post(where, data=form(campaign))
    answer = staff.post(where, data=form(campaign, "another-form-of-staff"), follow_redirects=True)
    assert "somebody else was quicker" in answer.text
    assert len(letters(app)) == 2
    assert staff.get(where).location == WAITING


def test_a_writer_asks_again_from_the_letters_own_page(
    app: Flask, client: FlaskClient, posted: Post, campaign: Campaign
) -> None:
    posted(1, days=20)
    assert "write again" not in client.get(f"/l/{token(1)}").text
    assert client.get(f"/l/{token(1)}/write-again").status_code == 303
    posted(2, days=90)
    assert "No answer: write again" in client.get(f"/l/{token(2)}").text
    where = f"/l/{token(2)}/write-again"
    assert client.get(where).status_code == 200
    assert client.post(f"{where}/preview", data=form(campaign)).status_code == 200
    assert client.post(where, data=form(campaign)).status_code == 200
    assert linked(app) == [(3, 2)]
    assert client.get("/l/guessed/write-again").status_code == 404
    assert_sound(app)


def test_a_closed_campaign_takes_no_follow_up(
    app: Flask, client: FlaskClient, organizer: FlaskClient, posted: Post, campaign: Campaign
) -> None:
    letter = posted(1, days=90)
    change(app, campaign, status=Status.CLOSED)
    for who, where in ((client, f"/l/{token(1)}/write-again"), (organizer, f"{WAITING}/{letter.id}/write")):
        assert who.post(where, data=form(campaign)).status_code == 303
    assert len(letters(app)) == 1


def test_a_letter_whose_follow_up_was_never_posted_waits_again(
    app: Flask, organizer: FlaskClient, posted: Post, campaign: Campaign
) -> None:
    letter = posted(1, days=90)
    organizer.post(f"{WAITING}/{letter.id}/write", data=form(campaign))
    organizer.post("/desk/campaigns/nadia-example/unposted", data={"action": "void all"})
    assert linked(app) == [(2, 1)]
    assert f"{WAITING}/{letter.id}/write" in organizer.get(WAITING).text  # it was never sent, so nobody asked again
    assert_sound(app)
