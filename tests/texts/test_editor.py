"""The desk's pages for letter texts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.campaigns.models import Campaign, Kind, Status
from campaign_app.db import db
from campaign_app.people.models import Role
from campaign_app.texts.fields import FIELDS
from campaign_app.texts.models import TextVersion
from tests.conftest import SignIn, change

TEXTS = "/desk/campaigns/nadia-example/texts"
BODY = "I am writing about {{ person }}.\n\n{{ own_words }}\n\nPlease release {{ person }}."

pytestmark = pytest.mark.usefixtures("campaign")


def typed(started_from: int = 1, **parts: str) -> dict[str, Any]:
    """A form as a browser sends it, with the text of the campaign in `conftest` but for ``parts``."""
    text = {
        "subject": "Appeal for {{ person }}",
        "salutation": "Dear Sir or Madam,",
        "closing": "Yours faithfully,",
        "body": BODY,
    }
    return text | parts | {"started_from": str(started_from)}


def versions(app: Flask) -> list[tuple[str, int, str]]:
    with app.app_context():
        rows = db.session.scalars(select(TextVersion).order_by(TextVersion.text_id, TextVersion.number)).all()
        return [(row.text.language, row.number, row.body) for row in rows]


def test_the_start_offers_ready_texts_in_the_language_that_fit_first(organizer: FlaskClient) -> None:
    page = organizer.get(f"{TEXTS}/new?language=ko").text
    assert page.index("start=shipped.prisoner_of_conscience.ko") < page.index("start=shipped.urgent_action.ko")
    assert "start=copy.en" in page


def test_a_language_without_ready_texts_offers_the_english_ones_to_translate(organizer: FlaskClient) -> None:
    assert "start=shipped.torture.en" in organizer.get(f"{TEXTS}/new?language=my").text


def test_a_language_that_is_written_already_is_not_offered_again(organizer: FlaskClient) -> None:
    assert 'value="en"' not in organizer.get(f"{TEXTS}/new").text
    assert organizer.get(f"{TEXTS}/new?language=en").status_code == 404


@pytest.mark.parametrize(
    ("start", "begun"),
    [("shipped.urgent_action.ko", "긴급 탄원"), ("copy.en", "I am writing about"), ("", 'data-insert="{{ person }}"')],
)
def test_beginning_a_text_stores_nothing(app: Flask, organizer: FlaskClient, start: str, begun: str) -> None:
    assert begun in organizer.get(f"{TEXTS}/ko?start={start}").text
    assert len(versions(app)) == 1


@pytest.mark.parametrize(
    "address",
    ["/xx", "/en?start=shipped.war.en", "/en?start=copy.xx", "/en?start=version.9", "/en?start=x", "/xx/history"],
)
def test_what_is_not_there_is_not_found(organizer: FlaskClient, address: str) -> None:
    assert organizer.get(TEXTS + address).status_code == 404


def test_a_first_save_makes_version_1_with_its_author(app: Flask, organizer: FlaskClient) -> None:
    assert organizer.post(f"{TEXTS}/ko", data=typed(0, body="{{ own_words }}")).status_code == 303
    assert versions(app)[-1] == ("ko", 1, "{{ own_words }}")
    assert "Organizer Person" in organizer.get(f"{TEXTS}/ko/history").text


def test_a_save_that_changes_something_makes_a_version_and_leaves_the_old_one(
    app: Flask, organizer: FlaskClient
) -> None:
    old = versions(app)
    organizer.post(f"{TEXTS}/en", data=typed(body=BODY + "\n\nThank you."))
    assert versions(app) == [*old, ("en", 2, BODY + "\n\nThank you.")]


def test_a_save_that_changes_nothing_makes_no_version(app: Flask, organizer: FlaskClient) -> None:
    for _ in range(2):
        organizer.post(f"{TEXTS}/en", data=typed(1))
    assert len(versions(app)) == 2
    assert organizer.post(f"{TEXTS}/en", data=typed(2)).status_code == 303
    assert len(versions(app)) == 2


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"body": "One.\n{{ persn }}\n\n{{ own_words }}"},
            "Line 2 (“{{ persn }}”): No letter knows the field “persn”.",
        ),
        ({"body": "{{ persn }}\n\n{{ own_words }}"}, "Did you mean “person”?"),
        ({"body": "{{ person\n\n{{ own_words }}"}, "Line 1: “{{ person” cannot be read"),
        ({"body": "Dear {{ institution }},\n\n{{ own_words }}"}, "“Institution” is empty in some letters"),
        ({"body": "No words of one’s own."}, "“The writer’s own words” is missing"),
        ({"body": "I add {{ own_words }}"}, "needs a paragraph of its own"),
        ({"body": "{{ own_words }}\n\n{{ own_words }}"}, "must stand once in every letter"),
        ({"body": "{% for i in (1..100000000) %}x{% endfor %}\n\n{{ own_words }}"}, "cannot be read"),
        ({"body": "{% if place %}" * 3000 + "{% endif %}" * 100}, "characters"),
        ({"body": "{% if place %}" * 9 + "x" + "{% endif %}" * 9 + "\n\n{{ own_words }}"}, "too many conditions"),
        ({"body": "x" * 1_000_000}, "At most 20000 characters"),
        ({"body": ""}, "Please fill this in."),
        ({"body": "Nul \x00 here\n\n{{ own_words }}"}, "U+0000"),
        ({"subject": "About {{ own_words }}"}, "no room in this line"),
        ({"subject": "{{ }"}, "cannot be read"),
        ({"subject": "x" * 301}, "300"),
        ({"salutation": "Dear {{ addressee }},"}, "“Name of whoever holds the office” is empty in some letters"),
        ({"closing": " "}, "Please fill this in."),
        ({"closing": "{% endif %}"}, "cannot be read"),
        ({"body": "Held since [date of arrest].\n\n{{ own_words }}"}, "“[date of arrest]” is still to be filled in"),
        ({"started_from": "many"}, "Please look at these fields again"),
    ],
)
def test_safety_01_a_text_with_a_flaw_is_refused_with_what_was_typed(
    app: Flask, organizer: FlaskClient, parts: dict[str, str], message: str
) -> None:
    answer = organizer.post(f"{TEXTS}/en", data=typed() | {"closing": "Typed already,"} | parts)
    assert answer.status_code == 422
    assert message.replace("“", "“") in answer.text.replace("&#34;", '"').replace("&#39;", "'")
    assert "Typed already," in answer.text or "closing" in parts
    assert len(versions(app)) == 1


def test_a_petition_needs_no_own_words(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    change(app, campaign, kind=Kind.PETITION)
    assert organizer.post(f"{TEXTS}/en", data=typed(body="We, the undersigned.")).status_code == 303


def test_a_draft_may_have_gaps_and_is_told_of_them(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    change(app, campaign, status=Status.DRAFT)
    answer = organizer.post(f"{TEXTS}/en", data=typed(body="Since [date].\n\n{{ own_words }}"), follow_redirects=True)
    assert answer.status_code == 200
    assert "“[date]” is still to be filled in" in answer.text


def test_a_forbidden_phrase_is_refused(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    change(app, campaign, forbidden_phrases=["Cousin Name"])
    answer = organizer.post(f"{TEXTS}/en", data=typed(body="As cousin  NAME said.\n\n{{ own_words }}"))
    assert (answer.status_code, "“Cousin Name” must not stand in a letter" in answer.text) == (422, True)


def test_who_saves_second_is_told_and_loses_nothing(app: Flask, organizer: FlaskClient, sign_in: SignIn) -> None:
    other = sign_in(Role.STAFF, email="other@example.org")
    organizer.post(f"{TEXTS}/en", data=typed(1, subject="First to save"))
    answer = other.post(f"{TEXTS}/en", data=typed(1, subject="Second to save"))
    assert answer.status_code == 409
    assert "Organizer Person saved version 2" in answer.text
    assert "<del>First</del><ins>Second</ins>" in answer.text
    assert 'value="Second to save"' in answer.text
    assert 'name="started_from" type="hidden" value="2"' in answer.text
    assert len(versions(app)) == 2
    assert other.post(f"{TEXTS}/en", data=typed(2, subject="Second to save")).status_code == 303
    assert len(versions(app)) == 3


def test_the_same_text_saved_twice_is_no_conflict(app: Flask, organizer: FlaskClient) -> None:
    for _ in range(2):
        assert organizer.post(f"{TEXTS}/en", data=typed(1, subject="The same")).status_code == 303
    assert len(versions(app)) == 2


def test_two_who_begin_the_same_language_are_told(app: Flask, organizer: FlaskClient) -> None:
    organizer.post(f"{TEXTS}/fr", data=typed(0))
    assert organizer.post(f"{TEXTS}/fr", data=typed(0, subject="Autre")).status_code == 409
    assert len(versions(app)) == 2


def test_an_earlier_version_comes_back_as_a_new_one(app: Flask, organizer: FlaskClient) -> None:
    organizer.post(f"{TEXTS}/en", data=typed(1, body="Changed.\n\n{{ own_words }}"))
    page = organizer.get(f"{TEXTS}/en/history").text
    assert "<del>" in page
    assert f"{TEXTS}/en?start=version.1" in page
    begun = organizer.get(f"{TEXTS}/en?start=version.1").text
    assert "Please release {{ person }}." in begun
    assert 'name="started_from" type="hidden" value="2"' in begun
    organizer.post(f"{TEXTS}/en", data=typed(2))
    assert [number for _, number, _ in versions(app)] == [1, 2, 3]


def test_the_preview_shows_the_page_and_stores_nothing(app: Flask, organizer: FlaskClient) -> None:
    answer = organizer.post(f"{TEXTS}/en/preview", data=typed(body="New words.\n\n{{ own_words }}"))
    assert answer.status_code == 200
    assert "data:image/png;base64," in answer.text
    assert "<html" not in answer.text
    assert len(versions(app)) == 1


def test_a_text_that_cannot_be_read_has_no_preview_but_reasons(organizer: FlaskClient) -> None:
    answer = organizer.post(f"{TEXTS}/en/preview", data=typed(body="{{ persn }}"))
    assert (answer.status_code, "No letter knows the field" in answer.text) == (422, True)


def test_without_script_a_button_shows_the_same_piece_in_the_whole_page(app: Flask, organizer: FlaskClient) -> None:
    data = typed(body="New words.\n\n{{ own_words }}")
    page = organizer.post(f"{TEXTS}/en", data=data | {"action": "preview"})
    piece = organizer.post(f"{TEXTS}/en/preview", data=data)
    assert page.status_code == 200
    assert [line for line in piece.text.split("\n") if line] == [
        line for line in piece.text.split("\n") if line and line in page.text
    ]
    assert len(versions(app)) == 1


@pytest.mark.parametrize(
    ("parts", "warning"),
    [
        ({"body": "A long letter. " * 600 + "\n\n{{ own_words }}"}, "it must fit on one"),
        ({"body": "A private character: \uf8ff\n\n{{ own_words }}"}, "No font can print"),
        ({"salutation": "Dear typed one,"}, "the directory has a salutation"),
    ],
)
def test_the_preview_warns(organizer: FlaskClient, parts: dict[str, str], warning: str) -> None:
    assert warning in organizer.post(f"{TEXTS}/en/preview", data=typed(**parts)).text


def test_a_detail_that_the_campaign_lacks_is_named(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    change(app, campaign, person="")
    page = organizer.get(f"{TEXTS}/en").text
    assert "“Name of the person at risk”, and there is nothing for it yet" in page


def test_a_text_can_be_written_before_there_is_a_target(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    change(app, campaign, targets=[])
    assert "data:image/png;base64," in organizer.get(f"{TEXTS}/en").text


def test_rendering_does_not_keep_others_from_writing(
    app: Flask, organizer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The press is watched, not replaced: while it works, another connection takes the write lock."""
    press = app.extensions["press"]
    preview = press.preview
    written = []

    def watched(*given: Any) -> Any:
        with closing(sqlite3.connect(Path(app.instance_path) / "campaigns.sqlite", timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            written.append(True)
            other.rollback()
        return preview(*given)

    monkeypatch.setattr(press, "preview", watched)
    organizer.post(f"{TEXTS}/en/preview", data=typed())
    organizer.post(f"{TEXTS}/en", data=typed() | {"action": "preview"})
    organizer.post(f"{TEXTS}/en", data=typed(7, subject="Stale"))
    assert written == [True, True, True]


def test_every_field_is_proposed_with_words_for_it(organizer: FlaskClient) -> None:
    page = organizer.get(f"{TEXTS}/en").text
    for field in FIELDS:
        assert f"{{{{ {field} }}}}" in page
    assert "Name of the person at risk" in page
    assert "Nadia Example" in page


@pytest.mark.parametrize("address", ["/new", "/en", "/en/history"])
def test_another_group_s_texts_are_not_there(stranger: FlaskClient, client: FlaskClient, address: str) -> None:
    assert stranger.get(TEXTS + address).status_code == 404
    assert client.get(TEXTS + address).location.startswith("/sign-in")


def test_another_group_cannot_save_or_preview(app: Flask, stranger: FlaskClient) -> None:
    assert stranger.post(f"{TEXTS}/en", data=typed(subject="Evil")).status_code == 404
    assert stranger.post(f"{TEXTS}/en/preview", data=typed()).status_code == 404
    assert len(versions(app)) == 1
