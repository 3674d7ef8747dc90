"""Pictures and updates, from the form to the stored record."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from campaign_app.campaigns.models import Campaign, CaseUpdate, Picture, Status
from campaign_app.db import db

pytestmark = pytest.mark.usefixtures("campaign")

DESK = "/desk/campaigns/nadia-example"


def png(width: int = 40, height: int = 30) -> bytes:
    buffer = BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def files(app: Flask) -> list[str]:
    folder = Path(app.instance_path) / "files"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def upload(client: FlaskClient, content: bytes, name: str = "photo.png", alternative: str = "A dove") -> int:
    data = {"file": (BytesIO(content), name), "alternative": alternative}
    return client.post(f"{DESK}/pictures", data=data, content_type="multipart/form-data").status_code


def test_a_picture_is_recorded_shown_and_deleted_with_its_file(app: Flask, organizer: FlaskClient) -> None:
    assert upload(organizer, png()) == 303
    with app.app_context():
        picture = db.session.scalars(select(Picture)).one()
        number, file = picture.id, picture.file
    assert files(app) == [file]
    assert 'alt="A dove"' in organizer.get("/campaigns/nadia-example").text
    with organizer.get(f"/pictures/{file}", buffered=True) as answer:
        assert answer.mimetype == "image/webp"
    assert organizer.post(f"{DESK}/pictures/{number}/remove").status_code == 303
    assert files(app) == []
    assert organizer.get(f"/pictures/{file}").status_code == 404


@pytest.mark.parametrize("name", ["../../evil.png", "x" * 300 + ".png", "a\x00b.png", "con", ""])
def test_safety_uploads_their_names_never_become_names_of_files(app: Flask, organizer: FlaskClient, name: str) -> None:
    upload(organizer, png(), name)
    assert all(len(file) == 37 and file.endswith(".webp") for file in files(app))


def test_a_picture_without_words_for_it_is_refused_and_not_stored(app: Flask, organizer: FlaskClient) -> None:
    assert upload(organizer, png(), alternative=" ") == 422
    assert files(app) == []


@pytest.mark.parametrize("content", [b"", b"<svg/>", png(5001, 5000)])
def test_what_is_no_picture_is_refused_at_the_field(app: Flask, organizer: FlaskClient, content: bytes) -> None:
    answer = organizer.post(
        f"{DESK}/pictures",
        data={"file": (BytesIO(content), "a.png"), "alternative": "Typed already"},
        content_type="multipart/form-data",
    )
    assert (answer.status_code, "Typed already" in answer.text) == (422, True)
    assert files(app) == []


def test_no_file_at_all_is_refused(organizer: FlaskClient) -> None:
    assert organizer.post(f"{DESK}/pictures", data={"alternative": "x"}).status_code == 422


def test_a_deleted_draft_takes_its_pictures_along(app: Flask, organizer: FlaskClient, campaign: Campaign) -> None:
    upload(organizer, png())
    with app.app_context():
        db.session.get_one(Campaign, campaign.id).status = Status.DRAFT
        db.session.commit()
    organizer.post(f"{DESK}/delete")
    assert files(app) == []


def test_another_group_s_picture_cannot_be_deleted(app: Flask, organizer: FlaskClient, stranger: FlaskClient) -> None:
    upload(organizer, png())
    assert stranger.post(f"{DESK}/pictures/1/remove").status_code == 404
    assert len(files(app)) == 1


def test_an_update_is_added_shown_and_removed(app: Flask, organizer: FlaskClient) -> None:
    answer = organizer.post(f"{DESK}/updates", data={"day": "2024-02-29", "text": "She *may* <b>write</b>."})
    assert answer.status_code == 303
    assert "She <em>may</em> &lt;b&gt;write&lt;/b&gt;." in organizer.get("/campaigns/nadia-example").text
    with app.app_context():
        update = db.session.scalars(select(CaseUpdate)).one()
        assert update.account is not None
        number = update.id
    organizer.post(f"{DESK}/updates/{number}/remove")
    assert organizer.post(f"{DESK}/updates/{number}/remove").status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        {"day": "2023-02-29", "text": "x"},
        {"day": "", "text": "x"},
        {"day": "2024-01-01", "text": ""},
        {"day": "2024-01-01", "text": " \n "},
        {"day": "2024-01-01", "text": "x" * 5001},
        {"day": "2024-01-01", "text": "\x1b"},
    ],
)
def test_an_update_without_a_day_or_words_is_refused(app: Flask, organizer: FlaskClient, data: dict[str, str]) -> None:
    assert organizer.post(f"{DESK}/updates", data=data).status_code == 422
    with app.app_context():
        assert db.session.scalars(select(CaseUpdate)).all() == []
