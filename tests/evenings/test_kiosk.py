"""The shared laptop: whoever holds its link writes, and nobody finds anything of the one before."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign, Status
from tests.conftest import change
from tests.evenings.conftest import Night


def test_nothing_of_a_writer_is_on_the_pages_that_follow(night: Night) -> None:
    assert night.write(1, own_words="I care deeply.").status_code == 303
    for page in ("", f"/{night.table}", "/done", "/wall", "/wall/number"):
        answer = night.kiosk.get(night.laptop + page)
        assert answer.status_code == 200
        assert "Writer 1" not in answer.text
        assert "I care deeply" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    with night.kiosk.session_transaction() as session:
        assert "Writer 1" not in str(dict(session))


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(night: Night) -> None:
    answer = night.write(1, own_words="x" * 5000)
    assert answer.status_code == 422
    assert "x" * 5000 in answer.text
    assert night.count() == 0


def test_the_form_lets_no_browser_remember_what_is_typed(night: Night) -> None:
    page = night.kiosk.get(f"{night.laptop}/{night.table}").text
    for remembered in ("name", "street-address", "address-level2", "postal-code", "country"):
        assert f'autocomplete="{remembered}"' not in page
    assert 'id="keep"' not in page


def test_another_target_than_the_tables_is_not_written_to(night: Night) -> None:
    assert night.write(1, targets=["77"]).status_code == 303
    assert night.count() == 1


def test_a_table_of_another_evening_is_not_there(night: Night) -> None:
    assert night.kiosk.get(f"{night.laptop}/{night.table + 1}").status_code == 404


def test_whoever_is_signed_in_on_the_laptop_is_told_to_sign_out(night: Night) -> None:
    assert "Sign out before others write" in night.organizer.get(night.laptop).text
    assert night.organizer.get(f"{night.laptop}/{night.table}").status_code == 303


def test_a_campaign_that_closes_meanwhile_takes_no_more_letters(night: Night, campaign: Campaign) -> None:
    change(night.app, campaign, status=Status.CLOSED)
    assert night.write(1).status_code == 303
    assert night.count() == 0


@pytest.mark.usefixtures("night")
@pytest.mark.parametrize("page", ["", "/1", "/done", "/wall", "/wall/number"])
def test_safety_tokens_on_paper_a_guessed_link_meets_a_plain_page(client: FlaskClient, page: str) -> None:
    assert client.get(f"/evening/AAAAAAAAAAAAAAAAAAAAAA{page}").status_code == 404
