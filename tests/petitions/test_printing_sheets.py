"""Sheets are printed in numbered batches: recorded once their bytes exist, the same whenever they are made again."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from unicodedata import normalize

import docx
import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.invariants import broken
from campaign_app.petitions import printing, tokens
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetBatch, SheetFile, SheetStatus, TakenNumber
from campaign_app.stored_files.models import StoredFile
from campaign_app.targets.models import Target
from tests.conftest import change
from tests.databases import on_both_databases
from tests.petitions.desk import PetitionDesk

pytestmark = on_both_databases


@pytest.fixture
def desk(app: Flask, organizer: FlaskClient, campaign: Campaign, target: Target) -> PetitionDesk:
    return PetitionDesk(app, organizer, campaign, target.id)


def pages(pdf: bytes) -> list[tuple[str, str]]:
    """The text of each page, and what its code says."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            picture = page.render(scale=150 / 72, grayscale=True).to_pil()
            (code,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
            found.append((normalize("NFC", page.get_textpage().get_text_range()), code.text))
        return found
    finally:
        document.close()


def take(desk: PetitionDesk, batch: str, suffix: str = "pdf") -> bytes:
    answer = desk.client.get(f"{batch}/files/{suffix}")
    assert answer.status_code == 200
    return answer.data


def holds(app: Flask) -> None:
    with app.app_context():
        assert list(broken()) == []


def test_ten_sheets_have_ten_serials_and_codes_that_lead_to_their_records(desk: PetitionDesk) -> None:
    batch = desk.printed(desk.begun())
    printed, stored = pages(take(desk, batch)), desk.sheets()
    assert [sheet.serial for sheet in stored] == [f"G48-P01-{number:04}" for number in range(1, 11)]
    assert {sheet.status for sheet in stored} == {SheetStatus.PRINTED}
    for sheet, (text, code) in zip(stored, printed, strict=True):
        assert sheet.serial in text
        assert tokens.hash_in(code) == sheet.token_hash
        assert code.startswith(desk.app.config["SITE_URL"])
    holds(desk.app)


def test_safety_tokens_on_paper_are_stored_as_hashes_alone(desk: PetitionDesk) -> None:
    batch = desk.printed(desk.begun(), 2)
    codes = [code.rpartition("/")[2] for _, code in pages(take(desk, batch))]
    assert len(set(codes)) == 2
    assert all(len(code) == 22 for code in codes)  # 128 bits in base 64
    with desk.app.app_context():
        stored = repr([[row.__dict__ for row in db.session.query(table)] for table in (Sheet, SheetBatch)])
        assert not any(code in stored for code in codes)


def test_a_second_batch_goes_on_where_the_first_ended(desk: PetitionDesk) -> None:
    petition = desk.begun()
    desk.printed(petition, 3)
    desk.printed(petition, 2)
    assert [(batch.first, batch.last) for batch in desk.batches()] == [(1, 3), (4, 5)]
    holds(desk.app)


def test_safety_24_a_serial_is_not_given_again_after_all_sheets_are_deleted(desk: PetitionDesk) -> None:
    petition = desk.begun()
    desk.printed(petition, 5)
    with desk.app.app_context():
        for table in (SheetFile, StoredFile, Sheet, SheetBatch):
            for row in db.session.query(table):
                db.session.delete(row)
        db.session.commit()
    desk.printed(petition, 1)
    assert [sheet.serial for sheet in desk.sheets()] == ["G48-P01-0006"]
    holds(desk.app)


def test_safety_24_batches_asked_for_at_once_share_no_serial(desk: PetitionDesk) -> None:
    petition = desk.begun()
    cookie = desk.client.get_cookie("session")
    assert cookie

    def ask(_: int) -> int:
        client = desk.app.test_client()
        client.set_cookie("session", cookie.value)
        return PetitionDesk(desk.app, client, desk.campaign, desk.target_id).print(petition, 4).status_code

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(ask, range(4))) == {303}
    desk.work()
    assert sorted(sheet.number for sheet in desk.sheets()) == list(range(1, 17))
    holds(desk.app)


def test_nothing_is_recorded_before_the_bytes_exist(desk: PetitionDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    petition = desk.begun()
    desk.print(petition, 3)
    assert desk.sheets() == []
    holds(desk.app)

    def fails(*_: object) -> bytes:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(printing, "make_file", fails)
        desk.work()
    assert desk.sheets() == []
    holds(desk.app)
    assert "not made yet" in desk.client.get(f"/desk/petitions/{petition}").text


def test_a_lost_file_is_made_again_with_the_same_serials_whatever_changed_meanwhile(desk: PetitionDesk) -> None:
    petition = desk.begun()
    batch = desk.printed(petition, 2)
    before = pages(take(desk, batch))
    desk.write(petition, "en", title="Another title", text="Another text", notice="Another notice")
    desk.design(petition, rows=8, orientation="landscape")
    with desk.app.app_context():
        for file in db.session.query(StoredFile):
            db.session.delete(file)
        db.session.commit()
    assert desk.client.get(f"{batch}/files/pdf").status_code == 404
    assert desk.client.post(f"{batch}/again", data={"suffix": "pdf"}).status_code == 303
    desk.work()
    assert pages(take(desk, batch)) == before
    assert len(desk.sheets()) == 2
    holds(desk.app)


def test_the_same_sheets_are_there_as_docx(desk: PetitionDesk) -> None:
    batch = desk.printed(desk.begun(), 2, docx="both")
    document = docx.Document(io.BytesIO(take(desk, batch, "docx")))
    said = "".join(node.text or "" for node in document.element.iter("{*}t"))
    assert said.count("G48-P01-0001") == said.count("G48-P01-0002") == 2
    links = {tokens.hash_in(code) for _, code in pages(take(desk, batch))}
    described = {node.get("descr") for node in document.element.iter("{*}docPr")}
    assert {tokens.hash_in(link) for link in described if link} == links


def test_a_batch_keeps_its_grid_and_the_versions_it_was_printed_with(desk: PetitionDesk) -> None:
    petition = desk.begun()
    desk.write(petition, "ko", notice="하나")
    desk.design(petition, second="ko", rows=10)
    desk.printed(petition, 1)
    (batch,) = desk.batches()
    assert SheetGrid.from_json(batch.layout).count == 10
    assert batch.versions == {"en": {"text": 1, "notice": 0}, "ko": {"text": 1, "notice": 1}}


def test_a_sheet_that_does_not_fit_takes_no_number(desk: PetitionDesk) -> None:
    petition = desk.begun(text="A long text of a petition. " * 200)
    answer = desk.client.post(f"/desk/petitions/{petition}/print", data={"count": 3}, follow_redirects=True)
    assert "mm are missing for rows to sign in" in answer.text
    assert desk.batches() == []
    with desk.app.app_context():
        assert db.session.get(TakenNumber, "G48-P01") is None


@pytest.mark.parametrize("count", ["0", "-3", str(printing.MOST_SHEETS + 1), "many", ""])
def test_a_count_that_is_none_is_refused(desk: PetitionDesk, count: str) -> None:
    petition = desk.begun()
    answer = desk.client.post(f"/desk/petitions/{petition}/print", data={"count": count}, follow_redirects=True)
    assert desk.batches() == []
    assert 'class="notice warning"' in answer.text


def test_sheets_of_a_batch_become_void_with_a_reason(desk: PetitionDesk) -> None:
    batch = desk.printed(desk.begun(), 3)
    assert desk.client.post(f"{batch}/void", data={"reason": ""}).status_code == 422
    answer = desk.client.post(f"{batch}/void", data={"reason": "a mistake in the text"}, follow_redirects=True)
    assert "3 sheets are void." in answer.text
    assert {(sheet.status, sheet.reason) for sheet in desk.sheets()} == {(SheetStatus.VOID, "a mistake in the text")}
    again = desk.client.post(f"{batch}/void", data={"reason": "once more"}, follow_redirects=True)
    assert "No sheet of this batch can be made void any more." in again.text
    holds(desk.app)


def test_where_the_organization_may_not_be_named_the_code_says_the_token_alone(desk: PetitionDesk) -> None:
    change(desk.app, desk.campaign, may_name_organization=False)
    batch = desk.printed(desk.begun(organizer="Friends of Nadia"), 1)
    ((_, code),) = pages(take(desk, batch))
    assert "/" not in code
    assert keys.token_hash(code) == desk.sheets()[0].token_hash


def test_files_go_after_their_time_and_the_sheets_stay(desk: PetitionDesk) -> None:
    desk.printed(desk.begun(), 1)
    with desk.app.app_context():
        (file,) = db.session.query(StoredFile)
        assert file.expires_on
        assert (file.expires_on - db.session.query(SheetBatch).one().created_at.date()).days >= 29
        db.session.delete(file)
        db.session.commit()
        assert db.session.query(SheetFile).count() == 0
    assert len(desk.sheets()) == 1
    holds(desk.app)


def test_another_groups_batch_is_not_there(desk: PetitionDesk, stranger: FlaskClient) -> None:
    batch = desk.printed(desk.begun(), 1)
    for path in (batch, f"{batch}/files/pdf"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{batch}/void", data={"reason": "x"}).status_code == 404
    with desk.app.app_context():
        assert db.session.query(Petition).count() == 1
