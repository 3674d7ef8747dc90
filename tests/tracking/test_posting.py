"""Posting by scan and by reference: what is marked, and what each wrong code is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.people.models import Role
from campaign_app.tracking import frames
from campaign_app.tracking.models import Act, How
from tests.conftest import SignIn, change
from tests.databases import on_both_databases
from tests.tracking.conftest import TODAY, AddLetter

LINK = "http://localhost/l/letter-1"


def status(app: Flask, letter: int) -> LetterStatus:
    with app.app_context():
        return db.session.get_one(LetterRecord, letter).status


def scan(client: FlaskClient, code: str, day: date = TODAY) -> Any:
    return client.post("/desk/posting/scan", data={"code": code, "day": day.isoformat()})


def frame(code: str, size: int = 4) -> bytes:
    """A picture of a code, as a camera sends it."""
    drawn = BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="png", scale=size, border=8)
    sent = BytesIO()
    Image.open(drawn).convert("RGB").save(sent, "JPEG", quality=80)
    return sent.getvalue()


@on_both_databases
def test_a_code_that_is_read_marks_its_letter_and_says_who_and_how(
    app: Flask, organizer: FlaskClient, add_letter: AddLetter
) -> None:
    letter = add_letter(1)
    answer = scan(organizer, LINK)
    assert "0000-0001 is marked as posted." in answer.text
    assert 'data-answer="posted" data-marked="1"' in answer.text
    assert status(app, letter) is LetterStatus.POSTED
    with app.app_context():
        act = db.session.scalars(select(Act)).one()
        assert (act.how, act.count, act.day) == (How.SCAN, 1, TODAY)
        assert act.account is not None
    page = organizer.get(f"/desk/letters/{letter}").text
    assert "Organizer Person" in page
    assert "By scan or reference" in page


@on_both_databases
def test_safety_23_the_same_scan_twice_is_told_and_changes_nothing(
    app: Flask, organizer: FlaskClient, add_letter: AddLetter
) -> None:
    add_letter(1)
    scan(organizer, LINK)
    assert "was marked before" in scan(organizer, LINK).text
    with app.app_context():
        assert db.session.query(Act).count() == 1


def test_a_code_of_no_letter_is_told(organizer: FlaskClient) -> None:
    assert "No letter of your groups" in scan(organizer, "https://example.org/l/AAAAAAAAAAAAAAAAAAAAAA").text
    assert "No letter of your groups" in scan(organizer, "<script>").text
    assert "<script>" not in scan(organizer, "<script>").text


def test_safety_19_a_letter_of_another_group_is_answered_like_one_that_is_not_there(
    app: Flask, stranger: FlaskClient, add_letter: AddLetter
) -> None:
    letter = add_letter(1)
    assert scan(stranger, LINK).text.replace(LINK, "") == scan(stranger, LINK[:-1] + "9").text.replace(
        LINK[:-1] + "9", ""
    )
    for address in ("", "/posted", "/release", "/undo"):
        answer = stranger.get if not address else stranger.post
        assert answer(f"/desk/letters/{letter}{address}").status_code == 404
    assert status(app, letter) is LetterStatus.MADE


def test_a_letter_of_no_group_is_marked_by_whoever_holds_it(
    app: Flask, organizer: FlaskClient, add_letter: AddLetter
) -> None:
    letter = add_letter(1, group_id=None)
    assert "No letter of your groups" in scan(organizer, "0000-0001").text
    assert "is marked as posted" in scan(organizer, LINK).text
    with app.app_context():
        act = db.session.scalars(select(Act.id)).one()
    organizer.post("/desk/posting/undo", data={"act": act})
    assert status(app, letter) is LetterStatus.MADE


@pytest.mark.parametrize("closed", [Status.CLOSED, Status.SUSPENDED])
def test_a_letter_of_a_closed_campaign_is_not_to_be_posted(
    app: Flask, organizer: FlaskClient, campaign: Campaign, add_letter: AddLetter, closed: Status
) -> None:
    letter = add_letter(1)
    change(app, campaign, status=closed)
    assert "Please do not post it" in scan(organizer, LINK).text
    assert status(app, letter) is LetterStatus.MADE


def test_a_released_letter_stays_released(app: Flask, organizer: FlaskClient, add_letter: AddLetter) -> None:
    letter = add_letter(1)
    organizer.post(f"/desk/letters/{letter}/release")
    assert "was released" in scan(organizer, LINK).text
    assert status(app, letter) is LetterStatus.VOID


@pytest.mark.parametrize(
    ("day", "said"),
    [(TODAY + timedelta(days=1), "still to come"), (TODAY - timedelta(days=1), "not made yet on this day")],
)
def test_a_day_on_which_the_letter_cannot_have_been_posted_is_refused(
    app: Flask, organizer: FlaskClient, add_letter: AddLetter, day: date, said: str
) -> None:
    letter = add_letter(1)
    assert said in scan(organizer, LINK, day).text
    typed = organizer.post("/desk/posting", data={"references": "0000-0001", "day": day.isoformat()})
    assert typed.status_code == 422
    assert said in typed.text
    assert "0000-0001" in typed.text
    on_its_page = organizer.post(f"/desk/letters/{letter}/posted", data={"day": day.isoformat()})
    assert (on_its_page.status_code, said in on_its_page.text) == (422, True)
    assert status(app, letter) is LetterStatus.MADE


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_the_day_where_the_campaign_is(
    app: Flask, organizer: FlaskClient, campaign: Campaign, add_letter: AddLetter, zone: str
) -> None:
    change(app, campaign, time_zone=zone)
    made_on = datetime.now(ZoneInfo(zone)).date()
    scanned, typed = (add_letter(number, made_on=made_on) for number in (1, 2))
    scan(organizer, LINK)
    organizer.post("/desk/posting", data={"references": "0000-0002", "day": TODAY.isoformat()})
    for letter in (scanned, typed):
        assert status(app, letter) is LetterStatus.POSTED
    with app.app_context():
        assert {letter.posted_on for letter in db.session.scalars(select(LetterRecord))} == {made_on}


def test_typed_references_are_all_marked_or_none(app: Flask, organizer: FlaskClient, add_letter: AddLetter) -> None:
    first, second = add_letter(1), add_letter(2)
    wrong = organizer.post("/desk/posting", data={"references": "00000001 0000-0009", "day": TODAY.isoformat()})
    assert "has the reference 0000-0009" in wrong.text
    assert status(app, first) is LetterStatus.MADE
    right = organizer.post(
        "/desk/posting", data={"references": "00000001, oooo-ooo2", "day": TODAY.isoformat()}, follow_redirects=True
    )
    assert "2 letters are marked as posted." in right.text
    assert status(app, second) is LetterStatus.POSTED
    with app.app_context():
        act = db.session.scalars(select(Act)).one()
    assert (
        "2 letters are as they were before."
        in organizer.post("/desk/posting/undo", data={"act": act.id}, follow_redirects=True).text
    )


@on_both_databases
def test_a_frame_of_a_camera_is_read_by_the_site(app: Flask, organizer: FlaskClient, add_letter: AddLetter) -> None:
    letter = add_letter(1)
    answer = organizer.post(
        f"/desk/posting/frame?day={TODAY}", data=frame(LINK), content_type="image/jpeg"
    )  # fmt: skip
    assert "0000-0001 is marked as posted." in answer.text
    assert status(app, letter) is LetterStatus.POSTED


def test_a_frame_without_a_code_is_no_news(organizer: FlaskClient) -> None:
    blank = BytesIO()
    Image.new("L", (640, 480), 200).save(blank, "JPEG")
    answer = organizer.post(f"/desk/posting/frame?day={TODAY}", data=blank.getvalue(), content_type="image/jpeg")
    assert (answer.status_code, answer.data) == (204, b"")


def png() -> bytes:
    picture = BytesIO()
    Image.new("L", (8, 8)).save(picture, "PNG")
    return picture.getvalue()


def large() -> bytes:
    picture = BytesIO()
    Image.new("L", (12_000, 12_000)).save(picture, "JPEG", quality=1)
    return picture.getvalue()[: frames.LARGEST]


@pytest.mark.parametrize(
    ("sent", "code"),
    [(b"", 415), (b"\xff\xd8\xff\xe0 nothing", 415), (png(), 415), (large(), 415), (bytes(frames.LARGEST + 1), 413)],
    ids=["nothing", "broken", "another kind", "too many pixels", "too many bytes"],
)
def test_safety_uploads_what_is_no_frame_is_refused(organizer: FlaskClient, sent: bytes, code: int) -> None:
    answer = organizer.post(f"/desk/posting/frame?day={TODAY}", data=sent, content_type="image/jpeg")
    assert answer.status_code == code


def test_only_this_page_may_ask_for_the_camera(organizer: FlaskClient) -> None:
    assert "camera=(self)" in organizer.get("/desk/posting").headers["Permissions-Policy"]
    assert "camera=()" in organizer.get("/desk").headers["Permissions-Policy"]


def test_a_member_without_the_permission_sees_no_such_page(sign_in: SignIn, campaign: Campaign) -> None:
    member = sign_in(Role.MEMBER, campaign.group)
    assert member.get("/desk/posting").status_code == 403


def test_a_letter_at_the_desk_is_marked_and_each_change_taken_back(
    app: Flask, organizer: FlaskClient, add_letter: AddLetter
) -> None:
    letter = add_letter(1)
    desk = f"/desk/letters/{letter}"
    assert (
        "is marked as posted"
        in organizer.post(f"{desk}/posted", data={"day": TODAY.isoformat()}, follow_redirects=True).text
    )
    with app.app_context():
        act = db.session.scalars(select(Act.id)).one()
    assert "as it was before" in organizer.post(f"{desk}/undo", data={"act": act}, follow_redirects=True).text
    assert "was quicker" in organizer.post(f"{desk}/undo", data={"act": act}, follow_redirects=True).text
    assert status(app, letter) is LetterStatus.MADE
    assert organizer.get(desk).text.count("taken back") == 1
