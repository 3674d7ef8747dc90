"""What was made and not posted is looked through when a campaign ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign
from campaign_app.letters.models import LetterStatus
from tests.databases import on_both_databases
from tests.replies.conftest import TODAY, Post, assert_sound, posted, record, ref, status

__all__ = ["posted", "record"]  # fixtures

DESK = "/desk/campaigns/nadia-example"
WHERE = f"{DESK}/unposted"
MADE = LetterStatus.MADE

pytestmark = on_both_databases


def test_a_campaign_that_closes_names_what_is_made_and_not_posted(
    app: Flask, organizer: FlaskClient, posted: Post
) -> None:
    posted(1)
    letter = posted(2, status=MADE)
    organizer.post(f"{DESK}/status/close", data={"close-reason": "expired"})
    assert "1 letter was made and is not marked as posted." in organizer.get(f"{DESK}/status").text
    page = organizer.get(WHERE).text
    assert ref(2) in page
    assert ref(1) not in page
    organizer.post(WHERE, data={"action": "void ticked", "letters": letter.id, "day": ""})
    assert status(app, letter) is LetterStatus.VOID
    assert "not marked as posted" not in organizer.get(f"{DESK}/status").text
    assert_sound(app)


def test_all_or_those_that_are_ticked_are_marked_and_that_can_be_undone(
    app: Flask, organizer: FlaskClient, posted: Post
) -> None:
    first, second = posted(1, status=MADE), posted(2, status=MADE)
    day = TODAY.isoformat()
    organizer.post(WHERE, data={"action": "post ticked", "letters": first.id, "day": day})
    assert (status(app, first), status(app, second)) == (LetterStatus.POSTED, MADE)
    where = organizer.post(WHERE, data={"action": "void all", "day": day}).location
    assert (status(app, first), status(app, second)) == (LetterStatus.POSTED, LetterStatus.VOID)
    assert "Nothing is left" in organizer.get(where).text
    act = where.rpartition("=")[2]
    organizer.post(f"{WHERE}/undo", data={"act": act})
    assert status(app, second) is MADE
    assert_sound(app)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"action": "post ticked"}, "Tick the letters that you mean first."),
        ({"action": "post all", "day": (TODAY + timedelta(days=1)).isoformat()}, "That day is still to come."),
        ({"action": "post all", "day": "never"}, "There is no such day."),
    ],
)
def test_bad_input_is_refused_at_its_field_and_changes_nothing(
    app: Flask, organizer: FlaskClient, posted: Post, given: dict[str, str], said: str
) -> None:
    letter = posted(status=MADE)
    answer = organizer.post(WHERE, data={"day": TODAY.isoformat(), **given})
    assert (answer.status_code, said in answer.text) == (422, True), answer.text
    assert status(app, letter) is MADE


def test_nothing_is_posted_before_it_was_made(app: Flask, organizer: FlaskClient, posted: Post) -> None:
    letter = posted(days=3, status=MADE)
    day = (TODAY - timedelta(days=4)).isoformat()
    answer = organizer.post(WHERE, data={"action": "post ticked", "letters": letter.id, "day": day})
    assert "they were made later" in organizer.get(answer.location).text
    assert status(app, letter) is MADE


def test_safety_19_letters_of_another_group_are_not_there(
    app: Flask, stranger: FlaskClient, posted: Post, campaign: Campaign
) -> None:
    letter = posted(status=MADE)
    assert campaign.slug in WHERE
    assert stranger.get(WHERE).status_code == 404
    assert stranger.post(WHERE, data={"action": "void all"}).status_code == 404
    assert status(app, letter) is MADE
