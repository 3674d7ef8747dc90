"""The designer shows the page that will print, and takes no logo but what it drew anew."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.petitions.models import Petition, SheetLogo
from campaign_app.targets.models import Target
from tests.petitions.desk import PetitionDesk


@pytest.fixture
def desk(app: Flask, organizer: FlaskClient, campaign: Campaign, target: Target) -> PetitionDesk:
    return PetitionDesk(app, organizer, campaign, target.id)


@pytest.fixture
def petition(desk: PetitionDesk) -> int:
    begun = desk.begun()
    desk.write(begun, "ko")
    return begun


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 100), **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (255, 120, 0)).save(stream, kind, **options)
    return stream.getvalue()


def choices(desk: PetitionDesk, petition: int) -> list[dict[str, Any]]:
    with desk.app.app_context():
        return [design.choices for design in db.session.get_one(Petition, petition).designs]


def test_the_designer_shows_the_page_with_its_row_height(desk: PetitionDesk, petition: int) -> None:
    page = desk.client.get(f"/desk/petitions/{petition}/designs/{desk.first_design(petition)}").text
    assert re.search(r"12 rows of [\d.]+ mm, text of [\d.]+ pt", page)
    found = re.search(r"data:image/png;base64,([^\"]+)", page)
    assert found
    assert Image.open(io.BytesIO(b64decode(found[1]))).size[0] == 1000


def test_the_preview_follows_what_is_chosen_and_stores_nothing(desk: PetitionDesk, petition: int) -> None:
    before = choices(desk, petition)
    answer = desk.design(petition, at="preview", rows=8, orientation="landscape")
    assert answer.status_code == 200
    assert "8 rows of " in answer.text
    assert choices(desk, petition) == before


def test_a_page_that_does_not_fit_says_by_how_much_and_what_helps(desk: PetitionDesk, petition: int) -> None:
    desk.write(petition, "en", title="Long", text="A long text of a petition. " * 120, notice="n")
    answer = desk.design(petition, at="preview", rows=20)
    assert answer.status_code == 422
    assert re.search(r"[\d.]+ mm are missing for rows to sign in. Any of these helps: at most \d+ rows", answer.text)


def test_a_design_is_stored_and_another_added_and_deleted(desk: PetitionDesk, petition: int) -> None:
    fields = {"second": "ko", "rows": 10, "first_column": "Postcode / 우편번호", "consent": "y", "tear_off": "y"}
    assert desk.design(petition, **fields).status_code == 303
    assert desk.design(petition, "new", large_print="y", rows=8).status_code == 303
    first, second = choices(desk, petition)
    assert first["languages"] == ["en", "ko"]
    assert (first["own_columns"], first["consent"], first["tear_off"]) == ([["Postcode", "우편번호"]], True, True)
    assert second["large_print"]
    designs = f"/desk/petitions/{petition}/designs/{desk.first_design(petition)}/delete"
    assert desk.client.post(designs).status_code == 303
    assert len(choices(desk, petition)) == 1
    designs = f"/desk/petitions/{petition}/designs/{desk.first_design(petition)}/delete"
    assert desk.client.post(designs).status_code == 409


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rows": 7}, "From 8 to 20 rows."),
        ({"rows": 21}, "From 8 to 20 rows."),
        ({"second": "ko", "first_column": "Postcode"}, "One heading for each language of the sheet"),
        ({"first_column": "주민등록번호"}, "A sheet must never ask for an identity number."),
        ({"first_column": "Passport no."}, "A sheet must never ask for an identity number."),
        ({"paper": "A3"}, "Please choose one from the list."),
        ({"language": "fr"}, "Please choose one from the list."),
    ],
)
def test_what_cannot_be_on_a_sheet_is_refused_at_its_field(
    desk: PetitionDesk, petition: int, fields: dict[str, Any], said: str
) -> None:
    before = choices(desk, petition)
    answer = desk.design(petition, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert choices(desk, petition) == before


def test_a_logo_is_drawn_anew_without_what_it_carried(desk: PetitionDesk, petition: int) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    upload = picture("JPEG", (3000, 800), exif=exif)
    assert desk.design(petition, logo=(io.BytesIO(upload), "../../etc/logo.jpg")).status_code == 303
    with desk.app.app_context():
        (logo,) = db.session.query(SheetLogo)
        assert b"taken at home" not in logo.png
        assert Image.open(io.BytesIO(logo.png)).size == (562, 150)
    page = desk.client.get(f"/desk/petitions/{petition}/designs/{desk.first_design(petition)}").text
    assert "Without the logo" in page
    assert desk.design(petition, no_logo="y").status_code == 303
    with desk.app.app_context():
        assert db.session.get_one(Petition, petition).designs[0].logo is None


def bomb() -> bytes:
    return picture("PNG", (12000, 12000))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is not a picture that can be read."),
        (b"%PDF-1.7\n", "This is not a picture that can be read."),
        (b"\x89PNG\r\n\x1a\n<script>", "This is not a picture that can be read."),
        ("bomb", "This picture is too large."),
    ],
    ids=["svg", "pdf", "polyglot", "12000 × 12000"],
)
def test_safety_10_a_logo_that_is_no_small_raster_is_refused(
    desk: PetitionDesk, petition: int, content: bytes | str, said: str
) -> None:
    upload = bomb() if content == "bomb" else content
    answer = desk.design(petition, logo=(io.BytesIO(upload), "logo.png"))  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert said in answer.text
    with desk.app.app_context():
        assert db.session.query(SheetLogo).count() == 0
