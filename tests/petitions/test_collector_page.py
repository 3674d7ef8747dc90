"""What a collector tells on the phone, by the QR code of a sheet or of all that were issued together."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.db import db
from campaign_app.petitions import custody, issuing
from campaign_app.petitions.custody import Move
from campaign_app.petitions.issue_models import CollectorNote, SheetIssue
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet
from tests.petitions.conftest import ROWS


def note(app: Flask) -> CollectorNote:
    with app.app_context():
        return db.session.scalars(select(CollectorNote)).one()


@pytest.fixture
def issued(app: Flask, petition: Petition) -> str:
    """The address of the page of three sheets that are out with somebody."""
    with app.app_context():
        issue = issuing.new(
            db.session.get_one(Petition, petition.id), None, collector="Sample Collector", place="Hongdae"
        )
        custody.move([Sheet.number <= 3], Move.ISSUE, None, issue=issue)
        link = issuing.link(db.session.scalars(select(SheetIssue)).one())
        db.session.commit()
    return "/" + link.split("/", 3)[3]


@pytest.mark.usefixtures("petition")
def test_a_collector_hands_in_the_count_of_a_sheet(app: Flask, client: FlaskClient) -> None:
    page = client.post("/c/token 1", data={"signatures": 11, "place": "Hongdae"}, follow_redirects=True)
    assert "Your count is noted" in page.text
    assert (note(app).signatures, note(app).place) == (11, "Hongdae")


@pytest.mark.usefixtures("petition")
def test_only_the_last_count_is_kept_and_it_counts_nowhere(app: Flask, client: FlaskClient) -> None:
    for count in (11, 12):
        client.post("/c/token 1", data={"signatures": count})
    assert note(app).signatures == 12
    with app.app_context():
        assert db.session.get_one(Sheet, 1).raw is None


def test_the_code_of_an_issue_takes_a_count_for_all_its_sheets(app: Flask, client: FlaskClient, issued: str) -> None:
    assert client.post(issued, data={"signatures": 3 * ROWS + 1}).status_code == 422
    assert client.post(issued, data={"signatures": 3 * ROWS}).status_code == 303
    assert note(app).issue_id == 1


@pytest.mark.usefixtures("petition")
@pytest.mark.parametrize("count", ["-1", "13", "many", ""])
def test_a_count_above_the_rows_or_below_none_is_refused(app: Flask, client: FlaskClient, count: str) -> None:
    answer = client.post("/c/token 1", data={"signatures": count, "place": "Hongdae"})
    assert (answer.status_code, "Hongdae" in answer.text) == (422, True)
    with app.app_context():
        assert db.session.scalar(select(CollectorNote)) is None


def test_safety_tokens_on_paper_a_photographed_code_shows_nothing_personal_and_reads_nothing(
    client: FlaskClient, issued: str
) -> None:
    client.post(issued, data={"signatures": 30, "place": "A hidden corner"})
    for page in (client.get(issued), client.get("/c/token 1")):
        assert "Sample Collector" not in page.text
        assert "Hongdae" not in page.text
        assert "A hidden corner" not in page.text
        assert "30" not in page.text.split("<main")[1].split("</main")[0].replace("autocomplete", "")


@pytest.mark.usefixtures("petition")
def test_safety_tokens_on_paper_a_guessed_code_meets_a_plain_page(client: FlaskClient) -> None:
    assert client.get("/c/guess").status_code == 404
    assert client.post("/c/guess", data={"signatures": 1}).status_code == 404


@pytest.mark.usefixtures("petition")
def test_safety_tokens_on_paper_guessing_is_limited_by_rate(client: FlaskClient) -> None:
    answers = [client.get(f"/c/guess {number}").status_code for number in range(61)]
    assert answers == [404] * 60 + [429]


@pytest.mark.usefixtures("petition")
def test_safety_tokens_on_paper_a_closed_code_takes_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        custody.move([Sheet.number == 1], Move.VOID, None, reason="wet")
        db.session.commit()
    assert "This paper is back" in client.get("/c/token 1").text
    client.post("/c/token 1", data={"signatures": 1})
    with app.app_context():
        assert db.session.scalar(select(CollectorNote)) is None
