"""Reminders: one e-mail for whoever asked, then nothing is left of the address; or an entry in one's own calendar."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.jobs import schedule
from campaign_app.jobs.worker import work_next
from campaign_app.letters.models import LetterRecord
from campaign_app.privacy import forgetting
from campaign_app.reminders import calendar
from campaign_app.tracking.models import Reminder
from tests.conftest import change
from tests.letters.test_writing import send
from tests.post_box import PostBox
from tests.tracking.conftest import TODAY

ADDRESS = "minji@example.org"


def written(client: FlaskClient, campaign: Campaign) -> str:
    """What the page with a finished letter holds for a reminder."""
    page = send(client, campaign).text
    found = re.search(r'name="written" value="([^"]+)"', page)
    assert found, page
    return html.unescape(found[1])


def ask(client: FlaskClient, campaign: Campaign, address: str = ADDRESS) -> int:
    data = {"written": written(client, campaign), "address": address}
    return client.post("/letters/remind", data=data).status_code


def remind(app: Flask) -> None:
    """Do what is done daily."""
    with app.app_context():
        schedule.begin_day()
        while work_next():
            pass


def left(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Reminder).count()


def test_whoever_asks_gets_one_e_mail_and_the_address_is_gone(
    app: Flask, client: FlaskClient, campaign: Campaign, mail: PostBox
) -> None:
    assert ask(client, campaign) == 200
    with app.app_context():
        assert ADDRESS not in str(db.session.execute(text("SELECT * FROM reminder")).all())
    remind(app)
    assert (len(mail.letters), left(app)) == (0, 1)
    for later in (10, 11):
        with time_machine.travel(TODAY + timedelta(days=later)):
            remind(app)
    assert len(mail.letters) == 1
    assert mail.letters[0]["To"] == ADDRESS
    link = re.search(r"/l/([\w-]+)", mail.letters[0].get_content())
    assert link
    assert "I posted it" in client.get(link[0]).text
    assert left(app) == 0


def test_nobody_is_asked_about_what_is_posted_or_closed(
    app: Flask, client: FlaskClient, campaign: Campaign, mail: PostBox
) -> None:
    ask(client, campaign)
    change(app, campaign, status=Status.CLOSED)
    with time_machine.travel(TODAY + timedelta(days=10)):
        remind(app)
    assert (len(mail.letters), left(app)) == (0, 0)


def test_what_the_server_does_not_take_waits_until_its_last_day(
    app: Flask, client: FlaskClient, campaign: Campaign, mail: PostBox
) -> None:
    ask(client, campaign)
    app.extensions["mailman"].port = 1
    with time_machine.travel(TODAY + timedelta(days=10)):
        remind(app)
    assert left(app) == 1
    app.extensions["mailman"].port = mail.port
    with time_machine.travel(TODAY + timedelta(days=12)):
        remind(app)
    assert (len(mail.letters), left(app)) == (1, 0)


def test_an_address_that_was_never_used_is_forgotten(
    app: Flask, client: FlaskClient, campaign: Campaign, mail: PostBox
) -> None:
    ask(client, campaign)
    with app.app_context():
        last = db.session.scalars(select(Reminder.keep_until)).one()
        assert forgetting.forget(last).counts == {}
        assert forgetting.forget(last + timedelta(days=1)).counts == {"reminders": 1}
    assert not mail.letters


def test_safety_23_to_ask_twice_is_to_ask_once(
    app: Flask, client: FlaskClient, campaign: Campaign, mail: PostBox
) -> None:
    ask(client, campaign)
    ask(client, campaign)
    assert left(app) == 1
    assert not mail.letters


@pytest.mark.usefixtures("mail")
def test_what_is_no_address_is_said_at_the_field(app: Flask, client: FlaskClient, campaign: Campaign) -> None:
    answer = client.post("/letters/remind", data={"written": written(client, campaign), "address": "a b@"})
    assert answer.status_code == 422
    assert "This is no e-mail address" in answer.text
    assert "a b@" in answer.text
    assert left(app) == 0


def test_a_page_that_was_not_made_here_or_long_ago_is_refused(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    sealed = written(client, campaign)
    with time_machine.travel(TODAY + timedelta(days=2)):
        assert client.post("/letters/remind/calendar", data={"written": sealed}).status_code == 410
    assert client.post("/letters/remind", data={"written": "forged", "address": ADDRESS}).status_code == 410
    assert left(app) == 0


def test_without_a_mail_server_only_the_calendar_is_offered(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    page = send(client, campaign).text
    assert "Put it into my calendar" in page
    assert "Remind me once" not in page
    assert ask(client, campaign) == 404
    answer = client.post("/letters/remind/calendar", data={"written": written(client, campaign)})
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"].endswith(f"{campaign.slug}.ics")
    unfolded = answer.text.replace("\r\n ", "")
    link = re.search(r"/l/([\w-]+)", unfolded)
    assert link
    assert client.get(link[0]).status_code == 200
    with app.app_context():
        assert db.session.query(LetterRecord).count() == 1


def test_lines_of_a_calendar_are_folded_between_characters_and_its_texts_escaped() -> None:
    made = datetime(2026, 3, 2, 12, tzinfo=UTC)
    content = calendar.entry("x", made.date(), made, "편지를 부치셨나요? " * 9, "a; b, c\\d\ne")
    assert all(len(line) <= calendar.LONGEST for line in content.split(b"\r\n"))
    whole = content.decode().replace("\r\n ", "")
    assert "편지를 부치셨나요? " * 9 in whole
    assert "DESCRIPTION:a\\; b\\, c\\\\d\\ne" in whole
