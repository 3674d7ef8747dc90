"""The desk's pages for replies: what is shown, to whom, and what of it is logged."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.db import db
from campaign_app.privacy import forgetting
from campaign_app.replies.models import Reply
from campaign_app.stored_files.models import StoredFile
from tests.privacy.people import holding
from tests.replies.conftest import NEW, TODAY, Post, Record, assert_sound, photograph, ref, replies, token
from tests.replies.test_recording import actions

SECRET = "The minister’s own words"


@pytest.fixture
def reply(app: Flask, record: Record, posted: Post) -> Reply:
    """A reply with a scan and words."""
    posted()
    record(letter=ref(1), scans=(photograph(), photograph("PNG")), text=SECRET, sender=SECRET, summary=SECRET)
    return replies(app)[0]


def test_a_reply_is_shown_with_all_that_it_says_and_that_is_logged(
    app: Flask, organizer: FlaskClient, reply: Reply
) -> None:
    page = organizer.get(f"/desk/replies/{reply.id}")
    assert page.text.count(SECRET) == 3
    assert page.headers["Cache-Control"] == "no-store"
    assert actions(app)[-1] == "read reply"


def test_safety_uploads_a_scan_is_handed_out_as_an_attachment_and_that_is_logged(
    app: Flask, organizer: FlaskClient, reply: Reply
) -> None:
    answer = organizer.get(f"/desk/replies/{reply.id}/scan")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=reply-{reply.id}.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 2
    assert actions(app)[-1] == "open reply scan"


def test_safety_3_nothing_that_a_reply_says_lies_open_on_the_disk(app: Flask, reply: Reply) -> None:
    assert reply.text == SECRET
    assert holding(Path(app.instance_path), [SECRET, "%PDF-1.7", "DCTDecode"]) == []


@pytest.mark.parametrize("page", ["", "/edit", "/scan"])
def test_safety_19_a_reply_of_another_group_is_not_there(stranger: FlaskClient, reply: Reply, page: str) -> None:
    assert stranger.get(f"/desk/replies/{reply.id}{page}").status_code == 404
    assert "Free Nadia" not in stranger.get("/desk/replies").text


@pytest.mark.parametrize("act", ["edit", "forward", "undo"])
def test_safety_19_nobody_of_another_group_changes_a_reply(
    app: Flask, stranger: FlaskClient, reply: Reply, act: str
) -> None:
    assert stranger.post(f"/desk/replies/{reply.id}/{act}").status_code == 404
    assert replies(app)[0].forwarded_on is None


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"<svg><script>alert(1)</script></svg>", "This cannot be read."),
        (b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(x)>>", "This PDF carries scripts or files"),
        (photograph("PNG", (6000, 6000)), "This is too large."),
    ],
)
def test_safety_uploads_a_file_that_is_refused_is_said_so_at_its_field_and_stores_nothing(
    app: Flask, record: Record, posted: Post, file: bytes, said: str
) -> None:
    posted()
    answer = record(letter=ref(1), scans=(file,), sender="As it was typed")
    assert (answer.status_code, said in answer.text, "As it was typed" in answer.text) == (422, True, True)
    answer = record(letter=ref(1), scans=(photograph(), file))
    assert f"File 2: {said}" in answer.text
    assert replies(app) == []
    with app.app_context():
        assert db.session.query(StoredFile).all() == []


def test_a_scan_can_be_added_later_and_takes_the_place_of_the_one_before(
    app: Flask, organizer: FlaskClient, reply: Reply
) -> None:
    form = {
        "kind": "refused", "received_on": TODAY.isoformat(), "summary": "They refuse.", "language": "",
        "sender": "",
        "scans": [(io.BytesIO(photograph()), "x.jpg")],
    }  # fmt: skip
    answer = organizer.post(f"/desk/replies/{reply.id}/edit", data=form, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    [changed] = replies(app)
    assert (changed.kind, changed.summary, changed.sender) == ("refused", "They refuse.", "")
    with app.app_context():
        [file] = db.session.query(StoredFile).all()
    assert file.id == changed.scan_id != reply.scan_id
    assert_sound(app)


def test_a_reply_is_noted_as_sent_on_and_that_can_be_undone(app: Flask, organizer: FlaskClient, reply: Reply) -> None:
    organizer.post(f"/desk/replies/{reply.id}/forward")
    assert replies(app)[0].forwarded_on == TODAY
    organizer.post(f"/desk/replies/{reply.id}/forward", data={"undo": "1"})
    assert replies(app)[0].forwarded_on is None


def test_replies_are_found_by_campaign_kind_and_day(organizer: FlaskClient, reply: Reply) -> None:
    day = TODAY.isoformat()
    for asked in (
        "", "campaign=nadia-example", "kind=substantive", "kind=answers", f"since={day}&until={day}", "group=group-48",
        "theme=freedom_of_expression",
    ):  # fmt: skip
        assert f"/desk/replies/{reply.id}" in organizer.get(f"/desk/replies?{asked}").text, asked
    for asked in ("campaign=x", "kind=hostile", f"until={TODAY - timedelta(days=1)}", "group=x", "theme=torture"):
        assert "No reply matches." in organizer.get(f"/desk/replies?{asked}").text, asked


@pytest.mark.parametrize("asked", ["kind=x", "since=tomorrow", "until=2026-02-30", "page=99999999999", "campaign='"])
def test_what_is_written_into_an_address_by_hand_breaks_nothing(organizer: FlaskClient, asked: str) -> None:
    assert organizer.get(f"/desk/replies?{asked}").status_code == 200


def test_an_address_proposes_the_letter_and_what_came(organizer: FlaskClient) -> None:
    page = organizer.get(f"{NEW}?letter={ref(7)}&kind=returned_mail").text
    assert f'value="{ref(7)}"' in page
    assert '<option selected value="returned_mail">' in page


@pytest.mark.usefixtures("reply")
def test_safety_5_what_a_reply_says_is_forgotten_on_time_and_that_it_came_stays(app: Flask) -> None:
    with app.app_context():
        forgetting.forget(TODAY + timedelta(days=3 * 366), confirmed={"reply scans"})
    [row] = replies(app)
    assert (row.text, row.sender, row.summary, row.scan_id) == ("", "", "", None)
    assert row.kind == "substantive"
    assert list(Path(app.instance_path, "sealed").glob("*")) == []
    assert_sound(app)


def code_of(said: str) -> bytes:
    stream = io.BytesIO()
    segno.make(said).save(stream, kind="png", scale=6)
    return stream.getvalue()


def test_a_letter_is_found_by_a_photograph_of_its_code(app: Flask, organizer: FlaskClient, posted: Post) -> None:
    letter = posted()
    form = {
        "key": "the-key-of-a-form", "letter": "", "unknown": "", "kind": "refused", "language": "",
        "received_on": TODAY.isoformat(),
    }  # fmt: skip
    for content, said in ((b"no picture", "This cannot be read."), (photograph(), "No QR code is seen")):
        photo = {"photo": (io.BytesIO(content), "x.jpg")}
        answer = organizer.post(NEW, data=form | photo, content_type="multipart/form-data")
        assert (answer.status_code, said in answer.text) == (422, True)
    photo = {"photo": (io.BytesIO(code_of(f"https://example.org/l/{token(1)}")), "x.png")}
    answer = organizer.post(NEW, data=form | photo, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    assert [reply.letter_id for reply in replies(app)] == [letter.id]
