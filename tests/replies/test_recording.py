"""Recording what came back, and what it means for letters and addresses."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.models import LetterStatus
from campaign_app.privacy.models import AuditEntry
from campaign_app.replies.models import ReplyKind
from campaign_app.stored_files.models import StoredFile
from campaign_app.targets.models import Target
from tests.conftest import change
from tests.databases import on_both_databases
from tests.replies.conftest import TODAY, Post, Record, assert_sound, photograph, ref, replies, status, token

pytestmark = on_both_databases


def target(app: Flask, campaign: Campaign) -> Target:
    with app.app_context():
        row = db.session.get_one(Target, campaign.targets[0].id)
        db.session.expunge(row)
        return row


def actions(app: Flask) -> list[str]:
    with app.app_context():
        return [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]


@pytest.mark.parametrize("named", [ref(1), "oaib 0001".replace(" ", ""), f"https://example.org/l/{token(1)}"])
def test_a_reply_finds_its_letter_by_the_reference_or_the_link_of_its_code(
    app: Flask, record: Record, posted: Post, named: str
) -> None:
    letter = posted()
    answer = record(letter=named, summary="They looked into it.", language="ar", text="شكرا")
    assert answer.status_code == 303, answer.text
    [reply] = replies(app)
    assert (reply.letter_id, reply.target_id, reply.group_id) == (letter.id, letter.target_id, letter.group_id)
    assert (reply.summary, reply.text, reply.kind) == ("They looked into it.", "شكرا", ReplyKind.SUBSTANTIVE)
    assert status(app, letter) is LetterStatus.ANSWERED
    assert "record reply" in actions(app)
    assert_sound(app)


def test_a_letter_that_nobody_marked_as_posted_can_be_answered(app: Flask, record: Record, posted: Post) -> None:
    letter = posted(status=LetterStatus.MADE)
    answer = record(letter=ref(1))
    assert answer.status_code == 303, answer.text
    assert status(app, letter) is LetterStatus.ANSWERED
    assert_sound(app)


def test_a_reply_to_an_unknown_letter_belongs_to_its_campaign(app: Flask, record: Record, campaign: Campaign) -> None:
    assert record(unknown=f"{campaign.id}-{campaign.targets[0].id}").status_code == 303
    assert record(unknown=f"{campaign.id}-0", kind="hostile").status_code == 303
    first, second = replies(app)
    assert (first.letter_id, first.target_id, first.campaign_id) == (None, campaign.targets[0].id, campaign.id)
    assert (second.letter_id, second.target_id, second.group_id) == (None, None, campaign.group_id)
    assert_sound(app)


def test_a_letter_that_came_back_doubts_its_address_until_somebody_checks_it(
    app: Flask, record: Record, posted: Post, organizer: FlaskClient, campaign: Campaign
) -> None:
    change(app, campaign.targets[0], verified_on=TODAY - timedelta(days=400))
    letter = posted()
    page = f"/targets/{letter.target_id}"
    assert record(letter=ref(1), kind="returned_mail").status_code == 303
    assert status(app, letter) is LetterStatus.RETURNED
    assert target(app, campaign).is_doubtful
    assert "A letter came back from this address" in organizer.get(page).text
    assert "mail came back from this address" in organizer.get("/desk/campaigns/nadia-example").text
    assert "mail came back" in organizer.get("/targets/").text
    assert "mail came back from this address" in organizer.get("/campaigns/nadia-example/write").text
    assert "mail came back from this address" in organizer.get("/desk/runs/new/nadia-example").text
    organizer.post(f"{page}/checked")
    assert not target(app, campaign).is_doubtful
    assert "A letter came back from this address" not in organizer.get(page).text
    organizer.post(f"{page}/checked", data={"before": (TODAY - timedelta(days=400)).isoformat()})
    assert target(app, campaign).is_doubtful
    assert_sound(app)


@pytest.mark.parametrize("kind", ["substantive", "returned_mail"])
def test_a_reply_that_was_a_slip_is_undone_with_all_that_it_did(
    app: Flask, record: Record, posted: Post, organizer: FlaskClient, campaign: Campaign, kind: str
) -> None:
    letter = posted()
    where = record(letter=ref(1), kind=kind, scans=(photograph(),)).location
    assert "Was that a slip?" in organizer.get(where).text
    organizer.post(f"/desk/replies/{replies(app)[0].id}/undo")
    assert replies(app) == []
    assert status(app, letter) is LetterStatus.POSTED
    assert target(app, campaign).returned_on is None
    with app.app_context():
        assert db.session.query(StoredFile).all() == []
    assert_sound(app)


def test_a_letter_with_two_replies_stays_answered_when_one_is_undone(
    app: Flask, record: Record, posted: Post, organizer: FlaskClient
) -> None:
    letter = posted()
    record(letter=ref(1), kind="acknowledgement")
    assert record(letter=ref(1), kind="substantive", another="y").status_code == 303
    first, second = replies(app)
    organizer.post(f"/desk/replies/{first.id}/undo")
    assert status(app, letter) is LetterStatus.ANSWERED
    organizer.post(f"/desk/replies/{second.id}/undo")
    assert status(app, letter) is LetterStatus.POSTED
    assert_sound(app)


def test_safety_23_a_form_that_is_sent_twice_makes_one_reply(app: Flask, record: Record, posted: Post) -> None:
    posted()
    first, second = (record(letter=ref(1), key="the-same-key-of-one-form", scans=(photograph(),)) for _ in range(2))
    assert first.location == second.location
    assert len(replies(app)) == 1
    assert_sound(app)


@pytest.mark.parametrize("named", [{"letter": ref(1)}, {"unknown": "{0}-{1}"}])
def test_safety_23_whoever_records_the_same_reply_second_is_told_and_may_insist(
    app: Flask, record: Record, posted: Post, staff: FlaskClient, campaign: Campaign, named: dict[str, str]
) -> None:
    posted()
    named = {name: value.format(campaign.id, campaign.targets[0].id) for name, value in named.items()}
    record(**named)
    told = record(staff, **named)
    assert told.status_code == 422
    assert "Organizer Person recorded a reply already: Answer to what was asked" in told.text
    assert len(replies(app)) == 1
    assert record(staff, another="y", **named).status_code == 303
    assert len(replies(app)) == 2
    assert_sound(app)


def test_a_letter_comes_back_once(app: Flask, record: Record, posted: Post) -> None:
    posted()
    record(letter=ref(1), kind="returned_mail")
    told = record(letter=ref(1), kind="returned_mail", another="y")
    assert "recorded already that it came back" in told.text
    assert len(replies(app)) == 1


def test_safety_23_of_two_who_record_at_the_same_moment_one_is_told(
    app: Flask, record: Record, posted: Post, staff: FlaskClient, organizer: FlaskClient
) -> None:
    posted()
    together, answers = Barrier(2), []

    def send(client: FlaskClient) -> None:
        together.wait()
        answers.append(record(client, letter=ref(1)).status_code)

    threads = [Thread(target=send, args=(client,)) for client in (staff, organizer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    assert len(replies(app)) == 1
    assert_sound(app)


@pytest.mark.parametrize(
    ("state", "given", "said"),
    [
        (LetterStatus.POSTED, {"letter": "ZZZZ-ZZZZ"}, "No letter of your groups has this reference."),
        (LetterStatus.POSTED, {"letter": "https://example.org/l/x"}, "No letter of your groups has this reference."),
        (LetterStatus.POSTED, {"letter": f"{ref(1)} {ref(2)}"}, "No letter of your groups has this reference."),
        (LetterStatus.POSTED, {"letter": ""}, "Type the reference, or choose below whom the reply comes from."),
        (LetterStatus.POSTED, {"letter": "", "unknown": "999-1"}, "Please choose one from the list."),
        (LetterStatus.VOID, {}, "This letter is void"),
        (LetterStatus.POSTED, {"received_on": (TODAY + timedelta(days=1)).isoformat()}, "That day is still to come."),
        (LetterStatus.POSTED, {"received_on": (TODAY - timedelta(days=21)).isoformat()}, "The letter was posted on"),
        (LetterStatus.MADE, {"received_on": (TODAY - timedelta(days=21)).isoformat()}, "The letter was made on"),
        (LetterStatus.POSTED, {"received_on": "30 February"}, "There is no such day."),
        (LetterStatus.POSTED, {"forwarded_on": "9999-12-31"}, "That day is still to come."),
        (LetterStatus.POSTED, {"kind": "lovely"}, "Please choose one from the list."),
        (LetterStatus.POSTED, {"kind": ""}, "Please fill this in."),
        (LetterStatus.POSTED, {"language": "xx"}, "Not a valid choice"),
        (LetterStatus.POSTED, {"summary": "s" * 2001}, "Field cannot be longer than 2000 characters."),
        (LetterStatus.POSTED, {"text": "a\x00b"}, "These characters cannot be printed"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_changes_nothing(
    app: Flask, record: Record, posted: Post, state: LetterStatus, given: dict[str, str], said: str
) -> None:
    letter = posted(status=state)
    posted(2)
    answer = record(**{"letter": ref(1), "sender": "As it was typed"} | given)
    assert (answer.status_code, said in answer.text) == (422, True), answer.text
    assert "As it was typed" in answer.text
    assert replies(app) == []
    assert status(app, letter) is state
    assert_sound(app)


def test_a_letter_that_was_answered_did_not_come_back_and_the_other_way_round(
    app: Flask, record: Record, posted: Post
) -> None:
    posted(1)
    posted(2)
    record(letter=ref(1))
    record(letter=ref(2), kind="returned_mail")
    assert "it cannot have come back undelivered" in record(letter=ref(1), kind="returned_mail", another="y").text
    assert "This letter came back undelivered" in record(letter=ref(2), another="y").text
    assert len(replies(app)) == 2


def test_safety_19_a_letter_of_another_group_is_not_there(
    app: Flask, record: Record, posted: Post, stranger: FlaskClient, campaign: Campaign
) -> None:
    letter = posted()
    assert "No letter of your groups has this reference." in record(stranger, letter=ref(1)).text
    assert record(stranger, unknown=f"{campaign.id}-0").status_code == 422
    assert replies(app) == []
    assert status(app, letter) is LetterStatus.POSTED
