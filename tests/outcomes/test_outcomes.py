"""What happened: recorded once, shown to everybody, and told on paper."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.outcomes import notes
from campaign_app.outcomes.models import GOOD, Outcome, WhatHappened
from tests.conftest import change, store
from tests.databases import on_both_databases
from tests.replies.conftest import TODAY, assert_sound

DESK = "/desk/campaigns/nadia-example/outcomes"
PAGE = "/campaigns/nadia-example"
FORM = {
    "key": "the-key-of-a-form", "what": "released", "happened_on": TODAY.isoformat(), "source": "Her lawyer",
    "text": "She is at home with <her> family.",
}  # fmt: skip


def outcomes(app: Flask) -> list[Outcome]:
    with app.app_context():
        found = list(db.session.query(Outcome))
        db.session.expunge_all()
        return found


def read(pdf: bytes) -> tuple[int, str]:
    """How many pages, and what stands on the first."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    text = document[0].get_textpage().get_text_range()
    pages = len(document)
    document.close()
    return pages, " ".join(text.split())


@on_both_databases
@pytest.mark.usefixtures("campaign")
def test_an_outcome_is_recorded_once_and_everybody_reads_it(
    app: Flask, organizer: FlaskClient, client: FlaskClient
) -> None:
    for _ in range(2):
        assert organizer.post(DESK, data=FORM).status_code == 303
    [outcome] = outcomes(app)
    assert (outcome.what, outcome.happened_on) == (WhatHappened.RELEASED, TODAY)
    said = client.get(PAGE).text
    assert "She is at home with &lt;her&gt; family." in said
    assert "Source: Her lawyer" in said
    assert_sound(app)


@pytest.mark.usefixtures("campaign")
def test_an_outcome_that_was_a_slip_is_undone(app: Flask, organizer: FlaskClient, client: FlaskClient) -> None:
    where = organizer.post(DESK, data=FORM).location
    assert "Undo" in organizer.get(where).text
    organizer.post(f"{DESK}/{outcomes(app)[0].id}/undo")
    assert outcomes(app) == []
    assert "Her lawyer" not in client.get(PAGE).text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"what": "eaten"}, "Please choose one from the list."),
        ({"what": ""}, "Please fill this in."),
        ({"happened_on": (TODAY + timedelta(days=1)).isoformat()}, "That day is still to come."),
        ({"happened_on": "1066-10-14"}, "Please look at the year again."),
        ({"happened_on": "2026-02-30"}, "There is no such day."),
        ({"source": " "}, "Please fill this in."),
        ({"text": "s" * 2001}, "Field cannot be longer than 2000 characters."),
    ],
)
@pytest.mark.usefixtures("campaign")
def test_bad_input_is_refused_at_its_field_and_changes_nothing(
    app: Flask, organizer: FlaskClient, given: dict[str, str], said: str
) -> None:
    answer = organizer.post(DESK, data={**FORM, "text": "As it was typed", **given})
    assert (answer.status_code, said in answer.text) == (422, True), answer.text
    assert "As it was typed" in answer.text or "text" in given
    assert outcomes(app) == []


@pytest.mark.usefixtures("campaign")
def test_safety_19_nobody_of_another_group_says_what_happened(
    app: Flask, organizer: FlaskClient, stranger: FlaskClient
) -> None:
    organizer.post(DESK, data=FORM)
    assert stranger.post(DESK, data=FORM).status_code == 404
    assert stranger.post(f"{DESK}/{outcomes(app)[0].id}/undo").status_code == 404
    assert len(outcomes(app)) == 1


def test_a_draft_has_no_outcome(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    change(app, campaign, status=Status.DRAFT)
    assert organizer.post(DESK, data=FORM).status_code == 404


@pytest.mark.usefixtures("campaign")
def test_good_news_is_a_page_to_print_in_the_language_of_the_reader(
    app: Flask, organizer: FlaskClient, client: FlaskClient
) -> None:
    organizer.post(DESK, data=FORM)
    where = f"{PAGE}/outcomes/{outcomes(app)[0].id}/good-news.pdf"
    assert where in client.get(PAGE).text
    answer = client.get(where)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    pages, said = read(answer.data)
    assert pages == 1
    assert "Nadia Example is free." in said
    assert "She is at home with <her> family." in said
    assert "Group 48 Seoul" in said
    assert "자유를 되찾았습니다" in read(client.get(f"{where}?lang=ko").data)[1]


def test_good_news_names_nobody_where_the_organization_must_not_be_named(
    app: Flask, organizer: FlaskClient, client: FlaskClient, campaign: Campaign
) -> None:
    change(app, campaign, may_name_organization=False)
    organizer.post(DESK, data=FORM)
    said = read(client.get(f"{PAGE}/outcomes/{outcomes(app)[0].id}/good-news.pdf").data)[1]
    assert "Group 48" not in said
    assert app.config["SECTION_NAME"] not in said


@pytest.mark.parametrize("what", sorted(set(WhatHappened) - GOOD))
def test_what_is_no_good_news_has_no_page_of_it(
    app: Flask, client: FlaskClient, campaign: Campaign, what: WhatHappened
) -> None:
    store(app, Outcome(campaign_id=campaign.id, what=what, happened_on=TODAY, source="s", form="f"))
    assert "good-news.pdf" not in client.get(PAGE).text
    assert client.get(f"{PAGE}/outcomes/{outcomes(app)[0].id}/good-news.pdf").status_code == 404


def test_every_note_has_a_sentence_for_every_good_news() -> None:
    assert {"en", "ko"} <= set(notes.shipped())
    for language, text in notes.shipped().items():
        assert set(text.happened) == set(GOOD), language


@pytest.mark.parametrize("language", sorted(notes.shipped()))
@pytest.mark.parametrize("what", sorted(GOOD))
def test_every_note_can_be_set(app: Flask, campaign: Campaign, language: str, what: WhatHappened) -> None:
    with app.app_context():
        outcome = Outcome(
            campaign=db.session.get_one(Campaign, campaign.id), what=what, happened_on=TODAY, source="s", text=""
        )
        letter = notes.note(outcome, language)
        assert "{{" not in str(letter)
        assert letter.addressee[0]
