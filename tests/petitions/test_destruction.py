"""Sheets are destroyed after their time, and a certificate names each."""

from __future__ import annotations

from datetime import date, timedelta

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app import invariants
from campaign_app.db import db
from campaign_app.petitions import custody
from campaign_app.petitions.custody import Move
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet
from tests.conftest import change


def destroy(client: FlaskClient, petition: Petition, sheets: str = "", **values: str) -> tuple[int, str]:
    data = {"sheets": sheets, "day": date.today().isoformat(), "way": "shredded", "by_whom": "Sample Person", **values}
    answer = client.post(f"/desk/petitions/{petition.id}/destruction", data=data)
    return answer.status_code, answer.text


def destroyed(app: Flask) -> list[str]:
    with app.app_context():
        assert list(invariants.broken()) == []
        gone = db.session.query(Sheet).filter(Sheet.destruction_id.is_not(None)).order_by(Sheet.number)
        return [sheet.serial[-4:] for sheet in gone]


@pytest.fixture(autouse=True)
def moved(app: Flask, petition: Petition) -> None:  # noqa: ARG001 - whose sheets they are
    """Sheets 1 to 5 are back, 6 is spoiled, 7 to 10 are missing."""
    with app.app_context():
        custody.move([Sheet.number <= 5], Move.HAND_BACK, None)
        custody.move([Sheet.number == 6], Move.SPOIL, None, reason="wet")
        custody.move([Sheet.number > 6], Move.MISS, None, reason="lost")
        db.session.commit()


def test_spoiled_sheets_may_go_at_any_time_and_signed_ones_not_before_theirs(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    assert destroy(organizer, petition)[0] == 303
    assert destroyed(app) == ["0006"]
    assert destroy(organizer, petition, "1-5")[0] == 422


def test_after_their_time_signed_sheets_go_with_a_certificate_by_serial(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    change(app, petition, closes_on=date.today() - timedelta(days=93))
    assert destroy(organizer, petition, "1-3", witness="Sample Witness")[0] == 303
    assert destroyed(app) == ["0001", "0002", "0003"]
    answer = organizer.get(f"/desk/petitions/{petition.id}/destruction/1/certificate.pdf")
    text = pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_range()
    for said in ("G48-P07-0001", "G48-P07-0003", "Sample Person", "Sample Witness", "Certificate of destruction"):
        assert said in text
    assert "G48-P07-0004" not in text


def test_what_is_missing_cannot_be_destroyed_and_what_is_destroyed_does_not_move(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    change(app, petition, closes_on=date.today() - timedelta(days=93))
    assert destroy(organizer, petition, "7-10")[0] == 422
    destroy(organizer, petition, "1")
    with app.app_context():
        assert custody.move([Sheet.number == 1], Move.ISSUE, None).count == 0


@pytest.mark.parametrize("values", [{"by_whom": ""}, {"day": "2999-01-01"}, {"way": "eaten"}])
def test_a_wrong_record_is_refused(
    app: Flask, organizer: FlaskClient, petition: Petition, values: dict[str, str]
) -> None:
    assert destroy(organizer, petition, **values)[0] == 422
    assert destroyed(app) == []
