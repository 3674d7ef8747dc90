"""Counted sheets are packed, posted, answered; each in one delivery only."""

from __future__ import annotations

import errno
import io
import os
import re
from collections.abc import Iterable
from datetime import date, timedelta

import pikepdf
import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from campaign_app import invariants
from campaign_app.db import db
from campaign_app.petitions import counts, custody, deliveries, delivery_papers, issuing
from campaign_app.petitions.counting import Count, Standing
from campaign_app.petitions.custody import Move
from campaign_app.petitions.custody_models import SheetCount
from campaign_app.petitions.delivery_models import Delivery, DeliveryReceipt
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet
from campaign_app.privacy import forgetting
from campaign_app.stored_files.models import StoredFile

TODAY = date.today().isoformat()


@pytest.fixture(autouse=True)
def counted(app: Flask, petition: Petition) -> Iterable[None]:
    """Sheets 1 to 6 are verified, with 10 valid of 12 rows each, 3 from a stall; 7 was counted once."""
    with app.app_context():
        issue = issuing.new(
            db.session.get_one(Petition, petition.id), None, collector="Sample Collector", place="Hongdae"
        )
        custody.move([Sheet.number <= 3], Move.ISSUE, None, issue=issue)
        for number in range(1, 8):
            verify(number, twice=number != 7)
        db.session.commit()
    yield
    with app.app_context():
        assert list(invariants.broken()) == []


def verify(number: int, twice: bool = True) -> None:
    sheet = db.session.query(Sheet).filter_by(number=number).one()
    counts.enter(sheet, Count(12, blank=2), 1, None)
    if twice:  # by people whose accounts are gone
        db.session.flush()
        sheet.standing = Standing.VERIFIED
        db.session.add(SheetCount(sheet_id=sheet.id, turn=2, raw=12, blank=2))


def pack(client: FlaskClient, petition: Petition, target_id: int, sheets: str = "", **values: str) -> int:
    """Pack a delivery on the pages; the status."""
    address = f"/desk/petitions/{petition.id}/deliveries/new?target_id={target_id}&language=en&sheets={sheets}"
    page = client.get(address)
    assert page.status_code == 200, page.text
    typed = {name: _typed(page.text, name) for name in ("subject", "salutation", "closing", "signer")}
    typed["body"] = re.search(r"<textarea[^>]*name=\"body\"[^>]*>(.*?)</textarea>", page.text, re.S)[1].strip()  # type: ignore[index]
    return client.post(address, data={**typed, **values}).status_code


def _typed(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


def mark(client: FlaskClient, petition: Petition, what: str, **values: object) -> tuple[int, str]:
    address = f"/desk/petitions/{petition.id}/deliveries/1/{what}"
    answer = client.post(address, data={"day": TODAY, **values}, content_type="multipart/form-data")
    return answer.status_code, answer.text


def statuses(app: Flask) -> list[str]:
    with app.app_context():
        return [sheet.status.value for sheet in db.session.query(Sheet).order_by(Sheet.number)]


def test_verified_sheets_are_packed_and_those_counted_once_are_not(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    assert pack(organizer, petition, 1) == 303
    with app.app_context():
        delivery = db.session.query(Delivery).one()
        assert (delivery.sheets, delivery.raw, delivery.valid) == (6, 72, 60)
        assert db.session.query(Sheet).filter_by(number=7).one().delivery_id is None


def test_a_sheet_is_in_one_delivery_only(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    pack(organizer, petition, 1, "1-2")
    pack(organizer, petition, 1)
    with app.app_context():
        assert [delivery.sheets for delivery in db.session.query(Delivery).order_by(Delivery.id)] == [2, 4]
    address = f"/desk/petitions/{petition.id}/deliveries/new?target_id=1&language=en&sheets=1"
    assert organizer.get(address).status_code == 422


def test_the_pack_is_a_letter_and_a_list_that_adds_up(organizer: FlaskClient, petition: Petition) -> None:
    pack(organizer, petition, 1, subject="Petition: {{ 7*7 }} <b>A & B</b>")
    answer = organizer.get(f"/desk/petitions/{petition.id}/deliveries/1/pack.pdf")
    document = pypdfium2.PdfDocument(answer.data)
    letter, listed = (document[page].get_textpage().get_text_range() for page in (0, 1))
    assert "President of the Arab Republic of Egypt" in letter
    assert "{{ 7*7 }} <b>A & B</b>" in letter
    assert "6 sheets with 60 signatures" in " ".join(letter.split())
    for serial in ("G48-P07-0001", "G48-P07-0006"):
        assert serial in listed
    assert "Hongdae" in listed
    assert "Place not noted" in listed
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert "/Author" not in pdf.docinfo


def test_places_and_weeks_add_up_to_the_whole(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    pack(organizer, petition, 1)
    with app.app_context():
        delivery = db.session.query(Delivery).one()
        sheets = deliveries.packed(delivery)
        places = deliveries.by("place", sheets)
        assert [(one.name, one.sheets, one.valid) for one in places] == [("Hongdae", 3, 30), ("", 3, 30)]
        for key in ("place", "week"):
            found = deliveries.by(key, sheets)
            assert sum(one.sheets for one in found) == delivery.sheets
            assert sum(one.raw for one in found) == delivery.raw


def test_a_letter_that_cannot_be_printed_packs_nothing_and_is_kept(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    assert pack(organizer, petition, 1, body="word " * 2000) == 422
    assert pack(organizer, petition, 1, salutation="") == 422
    with app.app_context():
        assert db.session.query(Delivery).count() == 0


def test_a_delivery_goes_out_is_accepted_and_its_sheets_are_delivered(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    pack(organizer, petition, 1)
    assert mark(organizer, petition, "posted")[0] == 303
    assert statuses(app) == ["delivered"] * 6 + ["counted"] + ["printed"] * 3
    assert mark(organizer, petition, "answered", answer="accepted", note="By the porter")[0] == 303
    assert "By the porter" in organizer.get(f"/desk/petitions/{petition.id}/deliveries/1").text


def test_a_slip_is_undone_and_a_refused_delivery_can_be_packed_again(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    pack(organizer, petition, 1)
    mark(organizer, petition, "posted")
    mark(organizer, petition, "undo", action="undo")
    assert statuses(app)[0] == "counted"
    mark(organizer, petition, "posted")
    mark(organizer, petition, "answered", answer="refused")
    mark(organizer, petition, "undo", action="unpack")
    assert statuses(app)[:6] == ["counted"] * 6
    assert pack(organizer, petition, 1) == 303


def test_safety_23_of_two_who_mark_one_delivery_the_second_is_told(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    pack(organizer, petition, 1)
    mark(organizer, petition, "posted")
    address = f"/desk/petitions/{petition.id}/deliveries/1/posted"
    assert (
        "Somebody else marked this delivery" in organizer.post(address, data={"day": TODAY}, follow_redirects=True).text
    )
    with app.app_context():
        assert db.session.query(Delivery).one().status == "posted"


@pytest.mark.parametrize("day", ["2020-01-01", "2999-01-01", "soon", ""])
def test_a_day_before_it_was_packed_or_still_to_come_is_refused(
    app: Flask, organizer: FlaskClient, petition: Petition, day: str
) -> None:
    pack(organizer, petition, 1)
    assert mark(organizer, petition, "posted", day=day)[0] == 422
    assert statuses(app)[0] == "counted"


def photo() -> io.BytesIO:
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "where it was taken"
    Image.new("RGB", (60, 40), "red").save(stream, "JPEG", exif=exif)
    stream.seek(0)
    return stream


def locked() -> io.BytesIO:
    stream = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(stream, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    stream.seek(0)
    return stream


def scripted() -> io.BytesIO:
    stream = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.save(stream)
    stream.seek(0)
    return stream


def test_safety_uploads_a_receipt_is_drawn_anew_sealed_and_served_as_attachment(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    pack(organizer, petition, 1)
    assert mark(organizer, petition, "posted", scans=(photo(), "../../receipt.jpg"))[0] == 303
    with app.app_context():
        file = db.session.query(DeliveryReceipt).one().file
        assert re.fullmatch("[0-9a-f]{32}", file.name)
    answer = organizer.get(f"/desk/petitions/{petition.id}/deliveries/1/receipts/1")
    assert answer.data.startswith(b"%PDF")
    assert b"where it was taken" not in answer.data
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "upload",
    [
        (io.BytesIO(b"<svg onload=alert(1)>"), "a.svg"),
        (locked(), "a.pdf"),
        (scripted(), "a.pdf"),
        (io.BytesIO(b"MZ"), "a.jpg"),
    ],
    ids=["svg", "encrypted", "javascript", "program"],
)
def test_safety_uploads_what_could_do_harm_is_refused_and_marks_nothing(
    app: Flask, organizer: FlaskClient, petition: Petition, upload: tuple[io.BytesIO, str]
) -> None:
    pack(organizer, petition, 1)
    content = io.BytesIO(upload[0].getvalue())
    assert mark(organizer, petition, "posted", scans=(content, upload[1]))[0] == 422
    assert statuses(app)[0] == "counted"
    with app.app_context():
        assert db.session.query(StoredFile).count() == 0


def test_safety_26_a_full_disk_marks_nothing(
    app: Flask, organizer: FlaskClient, petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(organizer, petition, 1)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert mark(organizer, petition, "posted", scans=(photo(), "receipt.jpg"))[0] == 507
    monkeypatch.undo()
    assert statuses(app)[0] == "counted"
    with app.app_context():
        assert db.session.query(StoredFile).count() == 0


def test_letters_photos_and_receipts_are_forgotten_after_three_years_and_the_numbers_stay(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    pack(organizer, petition, 1)
    mark(organizer, petition, "posted", scans=(photo(), "receipt.jpg"))
    with app.app_context():
        forgetting.forget(date.today() + timedelta(days=4 * 365), {"deliveries"})
        delivery = db.session.query(Delivery).one()
        assert (delivery.letter, delivery.receipts, delivery.valid) == ("", [], 60)
        assert db.session.query(StoredFile).count() == 0
        assert delivery_papers.pack(delivery).startswith(b"%PDF")


def test_a_packed_sheet_is_not_counted_anew(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    pack(organizer, petition, 1)
    organizer.post(f"/desk/petitions/{petition.id}/sheets/1/anew")
    assert statuses(app)[0] == "counted"


def test_another_groups_delivery_is_not_found(
    organizer: FlaskClient, stranger: FlaskClient, petition: Petition
) -> None:
    pack(organizer, petition, 1)
    for page in ("", "/1", "/1/pack.pdf", "/new"):
        assert stranger.get(f"/desk/petitions/{petition.id}/deliveries{page}").status_code == 404
