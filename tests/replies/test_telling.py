"""Writers who asked for news are told: what, once, and until the day they were told."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.jobs.models import Job, JobState
from campaign_app.jobs.worker import work_next
from campaign_app.outcomes.models import Outcome
from campaign_app.people.models import Person
from campaign_app.privacy import erasing, forgetting
from campaign_app.privacy.holdings import held_about
from campaign_app.replies.models import Notice, WantsToKnow
from tests.conftest import store
from tests.databases import on_both_databases
from tests.post_box import PostBox
from tests.privacy.people import holding
from tests.replies.conftest import TODAY, Record, assert_sound, replies

EMAIL = "canary.writer@example.org"
WRITE = "/campaigns/nadia-example/write"
SECRET = "What the minister says"


def write(client: FlaskClient, campaign: Campaign, key: str = "a-form-of-a-writer-1", **given: str) -> str:
    """Write a letter as a member; its reference."""
    return made(client, campaign, key, **given)[1]


def made(client: FlaskClient, campaign: Campaign, key: str = "a-form-of-a-writer-1", **given: str) -> tuple[str, str]:
    """The page of a letter that a member writes, and its reference."""
    answer = client.post(WRITE, data=form(campaign, key, **given))
    assert answer.status_code == 200, answer.text
    page, reference = re.search(r'href="(/l/[^"]+)"', answer.text), re.search(r"Reference ([0-9A-Z-]{9})", answer.text)
    assert page
    assert reference
    return page[1], reference[1]


def form(campaign: Campaign, key: str = "a-form-of-a-writer-1", **given: str) -> dict[str, str]:
    values = {
        "key": key, "language": "en", "targets": str(campaign.targets[0].id), "name": "Canary Writer", "country": "KR",
        "street": "12 Sample-ro", "city": "Seoul", "postcode": "04560", "own_words": "Please.",
        "day": TODAY.isoformat(), "paper": "A4", "window": "", "action": "make", "tell": "y", "email": EMAIL,
    } | given  # fmt: skip
    return {name: value for name, value in values.items() if value or name == "window"}


def work(app: Flask) -> None:
    with app.app_context():
        while work_next():
            pass


def told(mail: PostBox) -> list[str]:
    return [str(letter["Subject"]) for letter in mail.letters]


def rows(app: Flask, model: Any) -> list[Any]:
    with app.app_context():
        found = list(db.session.query(model))
        db.session.expunge_all()
        return found


def test_the_form_asks_for_no_address_where_the_site_sends_no_mail(client: FlaskClient, campaign: Campaign) -> None:
    page = client.get(WRITE).text
    assert campaign.title in page
    assert 'name="email"' not in page


@pytest.mark.usefixtures("mail")
def test_safety_1_the_form_says_what_the_address_is_for_and_until_when_and_keeps_none_unasked(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    page = client.get(WRITE).text
    assert campaign.post_by
    assert "When a reply comes, when something happens to the person, and when the campaign ends." in page
    assert f"until {(campaign.post_by + timedelta(days=365)).strftime('%-d %B %Y')}" in page
    write(client, campaign, tell="")
    assert rows(app, WantsToKnow) == []
    assert holding(Path(app.instance_path), [EMAIL]) == []


@pytest.mark.usefixtures("mail")
@pytest.mark.parametrize("address", ["", "nobody", "a b@example.org", "x" * 250 + "@example.org"])
def test_an_address_that_is_none_is_refused_at_its_field(
    app: Flask, client: FlaskClient, campaign: Campaign, address: str
) -> None:
    answer = client.post(WRITE, data=form(campaign, email=address))
    assert answer.status_code == 422
    assert 'id="email-error-1"' in answer.text
    assert rows(app, WantsToKnow) == []


@on_both_databases
def test_a_writer_is_told_that_a_reply_came_and_not_what_it_says(
    app: Flask, client: FlaskClient, campaign: Campaign, record: Record, mail: PostBox
) -> None:
    reference = write(client, campaign)
    write(client, campaign, "a-form-of-a-writer-2", email="another@example.org")
    record(letter=reference, text=SECRET, summary=SECRET)
    work(app)
    [letter] = mail.letters
    assert (letter["To"], letter["Subject"]) == (EMAIL, "A reply came to your letter")
    said = letter.get_content()
    assert reference in said
    assert SECRET not in said
    assert_sound(app)


def test_a_returned_letter_is_no_reply(
    app: Flask, client: FlaskClient, campaign: Campaign, record: Record, mail: PostBox
) -> None:
    record(letter=write(client, campaign), kind="returned_mail")
    work(app)
    assert told(mail) == []


@on_both_databases
def test_a_writer_is_told_of_an_outcome_and_of_the_end_each_once(
    app: Flask, client: FlaskClient, campaign: Campaign, organizer: FlaskClient, mail: PostBox
) -> None:
    write(client, campaign)
    write(client, campaign, "a-form-of-a-writer-2")  # the same address again
    happened = {
        "key": "a-form-of-an-outcome", "what": "released", "happened_on": TODAY.isoformat(), "source": "Her lawyer",
        "text": "She is at home.",
    }  # fmt: skip
    answer = organizer.post("/desk/campaigns/nadia-example/outcomes", data=happened, follow_redirects=True)
    assert "1 writer is told." in answer.text
    status = "/desk/campaigns/nadia-example/status"
    organizer.post(f"{status}/close", data={"close-reason": "released", "close-note": "She is free."})
    work(app)
    assert told(mail) == ["News of “Free Nadia Example”", "“Free Nadia Example” is over"]
    assert "She is at home." in mail.letters[0].get_content()
    assert "She is free." in mail.letters[1].get_content()
    organizer.post(f"{status}/open")
    organizer.post(f"{status}/close", data={"close-reason": "released"})
    work(app)
    assert len(told(mail)) == 2
    assert_sound(app)


def test_what_was_taken_back_before_it_was_told_is_not_told(
    app: Flask, client: FlaskClient, campaign: Campaign, organizer: FlaskClient, record: Record, mail: PostBox
) -> None:
    record(letter=write(client, campaign))
    organizer.post(f"/desk/replies/{replies(app)[0].id}/undo")
    organizer.post("/desk/campaigns/nadia-example/status/close", data={"close-reason": "other"})
    organizer.post("/desk/campaigns/nadia-example/status/open")
    work(app)
    assert told(mail) == []


def test_safety_23_a_form_that_is_sent_twice_asks_once(
    app: Flask, client: FlaskClient, campaign: Campaign, mail: PostBox
) -> None:
    assert write(client, campaign) == write(client, campaign)
    assert len(rows(app, WantsToKnow)) == 1
    assert told(mail) == []


def test_safety_25_an_e_mail_that_may_have_gone_when_the_program_was_killed_is_not_sent_again(
    app: Flask, client: FlaskClient, campaign: Campaign, record: Record, mail: PostBox
) -> None:
    record(letter=write(client, campaign))
    with app.app_context():
        db.session.query(Notice).one().begun_at = now()
        db.session.commit()
    work(app)
    assert told(mail) == []


def test_safety_26_an_e_mail_that_the_server_refuses_goes_later(
    app: Flask, client: FlaskClient, campaign: Campaign, record: Record, mail: PostBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(letter=write(client, campaign))
    mailman = app.extensions["mailman"]
    monkeypatch.setattr(mailman, "port", 1)  # where nobody listens
    work(app)
    assert [notice.begun_at for notice in rows(app, Notice)] == [None]
    assert [job.state for job in rows(app, Job) if job.kind == "tell writers"] == [JobState.FAILED]
    monkeypatch.setattr(mailman, "port", mail.port)
    with app.app_context():
        from campaign_app.replies.telling import send_what_is_left

        send_what_is_left(None)  # type: ignore[arg-type] # as it is called once a day
    work(app)
    assert told(mail) == ["A reply came to your letter"]
    assert_sound(app)


def test_each_e_mail_has_a_link_that_deletes_the_address_once_it_is_confirmed(
    app: Flask, client: FlaskClient, campaign: Campaign, record: Record, mail: PostBox
) -> None:
    record(letter=write(client, campaign))
    work(app)
    found = re.search(r"/letters/told/\S+", mail.letters[0].get_content().replace("=\n", ""))
    assert found
    link = found[0]
    assert "Delete my address" in client.get(link).text
    assert len(rows(app, WantsToKnow)) == 1
    assert "Your address is deleted" in client.post(link).text
    assert rows(app, WantsToKnow) == rows(app, Notice) == []
    assert client.get(link).status_code == 404
    assert client.get("/letters/told/guessed").status_code == 404


@pytest.mark.usefixtures("mail")
def test_safety_5_an_address_is_deleted_after_its_last_day(app: Flask, client: FlaskClient, campaign: Campaign) -> None:
    write(client, campaign)
    [wish] = rows(app, WantsToKnow)
    with app.app_context():
        forgetting.forget(wish.keep_until + timedelta(days=1))
        assert len(rows(app, WantsToKnow)) == 1
        forgetting.forget(wish.keep_until + timedelta(days=2))
    assert rows(app, WantsToKnow) == []


@pytest.mark.usefixtures("mail")
def test_nobody_is_told_after_the_last_day(app: Flask, client: FlaskClient, campaign: Campaign, record: Record) -> None:
    reference = write(client, campaign)
    with app.app_context():
        db.session.query(WantsToKnow).one().keep_until = TODAY - timedelta(days=2)
        db.session.commit()
    record(letter=reference)
    assert rows(app, Notice) == []


@pytest.mark.usefixtures("mail")
def test_a_person_sees_what_their_address_asked_for_and_it_goes_with_them(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    reference = write(client, campaign)
    store(app, Person(name="Canary Writer", email=EMAIL))
    with app.app_context():
        someone = db.session.query(Person).one()
        [held] = [held for held in held_about(someone) if held.holding.name == "wishes for news"]
        assert (held.rows[0]["reference"], held.rows[0]["email"]) == (reference, EMAIL)
        erasing.erase(someone)
    assert rows(app, WantsToKnow) == []


def test_the_page_of_a_letter_says_where_it_stands_and_nothing_of_what_a_reply_says(
    app: Flask, client: FlaskClient, campaign: Campaign, record: Record, organizer: FlaskClient
) -> None:
    page, reference = made(client, campaign, tell="")
    client.post(f"{page}/posted")
    assert "No reply yet." in client.get(page).text
    record(letter=reference, text=SECRET, summary=SECRET, sender=SECRET)
    said = client.get(page).text
    assert "A reply came on" in said
    assert SECRET not in said
    store(app, Outcome(campaign_id=campaign.id, what="released", happened_on=TODAY, source="s", form="f"))
    assert "What came of the campaign" in client.get(page).text
    organizer.post(f"/desk/replies/{replies(app)[0].id}/undo")
    assert "No reply yet." in client.get(page).text


def test_the_page_of_a_letter_that_came_back_says_so(
    app: Flask, client: FlaskClient, record: Record, posted: Any
) -> None:
    posted()
    record(letter="0A1B-0001", kind="returned_mail")
    said = client.get("/l/token-of-letter-1").text
    assert app.config["SECTION_NAME"] in said
    assert "the post brought this letter back" in said
