"""Counting many sheets on one page, and checking what another counted."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Role
from campaign_app.petitions import custody
from campaign_app.petitions.custody import Move
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet
from tests.conftest import SignIn

Numbers = dict[int, dict[str, object]]


@pytest.fixture
def second(sign_in: SignIn, group: Group) -> FlaskClient:
    """Another organizer of the group."""
    return sign_in(Role.ORGANIZER, group, "second@example.org")


@pytest.fixture(autouse=True)
def returned(app: Flask, petition: Petition) -> None:  # noqa: ARG001 - whose sheets they are
    """All sheets but the last are back."""
    with app.app_context():
        custody.move([Sheet.number < 10], Move.HAND_BACK, None)
        db.session.commit()


def enter(
    client: FlaskClient, petition: Petition, typed: Numbers, turn: int = 1, step: str = "count"
) -> tuple[int, str]:
    """Type numbers for sheets, by their numbers."""
    data: dict[str, object] = {"sheet": [str(number) for number in typed]}
    for number, values in typed.items():
        data |= {f"turn-{number}": turn, **{f"{name}-{number}": value for name, value in values.items()}}
    answer = client.post(f"/desk/petitions/{petition.id}/counting?step={step}", data=data)
    return answer.status_code, answer.text


def standings(app: Flask) -> list[str | None]:
    with app.app_context():
        return [sheet.standing and sheet.standing.value for sheet in db.session.query(Sheet).order_by(Sheet.number)]


def test_many_sheets_are_counted_on_one_page(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    page = organizer.get(f"/desk/petitions/{petition.id}/counting").text
    assert page.count('name="raw-') == 9
    assert page.index("autofocus") < page.index("G48-P07-0002")
    status, _ = enter(organizer, petition, {1: {"raw": 12, "blank": 1}, 2: {"raw": 10}, 3: {"raw": ""}})
    assert status == 303
    assert standings(app)[:3] == ["unchecked", "unchecked", None]


def test_a_second_person_checks_without_seeing_the_first_count(
    app: Flask, organizer: FlaskClient, second: FlaskClient, petition: Petition
) -> None:
    enter(organizer, petition, {1: {"raw": 9}, 2: {"raw": 10}})
    mine = organizer.get(f"/desk/petitions/{petition.id}/counting?step=check").text
    assert 'name="raw-' not in mine
    page = second.get(f"/desk/petitions/{petition.id}/counting?step=check").text
    assert page.count('name="raw-') == 2
    assert 'value="9"' not in page
    enter(second, petition, {1: {"raw": 9}, 2: {"raw": 11}}, turn=2, step="check")
    assert standings(app)[:2] == ["verified", "disputed"]


def test_a_disagreement_is_shown_and_settled(
    app: Flask, organizer: FlaskClient, second: FlaskClient, petition: Petition
) -> None:
    enter(organizer, petition, {1: {"raw": 12}})
    enter(second, petition, {1: {"raw": 11}}, turn=2, step="check")
    page = organizer.get(f"/desk/petitions/{petition.id}/counting?step=settle").text
    assert "<strong>12</strong>" in page
    assert "<strong>11</strong>" in page
    enter(organizer, petition, {1: {"raw": 11}}, turn=3, step="settle")
    assert standings(app)[0] == "verified"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"raw": 13}, "The sheet has 12 rows."),
        ({"raw": -1}, "Not below 0."),
        ({"raw": 5, "blank": 6}, "More than the 5 rows that are filled."),
        ({"raw": "twelve"}, "A number, please."),
        ({"raw": "99999"}, "A number, please."),
        ({"blank": 1}, "Say how many rows have anything in them."),
    ],
)
def test_a_count_that_cannot_be_is_refused_at_its_field_and_kept(
    app: Flask, organizer: FlaskClient, petition: Petition, values: dict[str, object], said: str
) -> None:
    status, page = enter(organizer, petition, {1: values, 2: {"raw": 12}})
    assert (status, said in page) == (422, True)
    assert f'value="{next(iter(values.values()))}"' in page
    assert standings(app)[:2] == [None, "unchecked"], "what was sound beside it is stored"


def test_a_count_on_a_void_sheet_is_refused(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    with app.app_context():
        custody.move([Sheet.number == 1], Move.VOID, None, reason="wet")
        db.session.commit()
    status, page = enter(organizer, petition, {1: {"raw": 5}})
    assert (status, "it is void, spoiled or away" in page) == (422, True)


def test_safety_23_who_counts_a_sheet_that_was_counted_meanwhile_is_told(
    app: Flask, organizer: FlaskClient, second: FlaskClient, petition: Petition
) -> None:
    enter(organizer, petition, {1: {"raw": 12}})
    status, page = enter(second, petition, {1: {"raw": 11}})
    assert (status, "Somebody else counted this sheet meanwhile" in page) == (422, True)
    with app.app_context():
        assert db.session.get_one(Sheet, 1).raw == 12


def test_a_form_sent_twice_counts_once(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    enter(organizer, petition, {1: {"raw": 12}})
    assert enter(organizer, petition, {1: {"raw": 12}})[0] == 422
    assert standings(app)[0] == "unchecked"


def test_only_the_sheets_that_were_scanned_are_shown(organizer: FlaskClient, petition: Petition) -> None:
    page = organizer.get(f"/desk/petitions/{petition.id}/counting?sheets=3-4").text
    assert page.count('name="raw-') == 2


def test_a_sheet_is_counted_anew_after_a_slip(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    enter(organizer, petition, {1: {"raw": 12}})
    organizer.post(f"/desk/petitions/{petition.id}/sheets/1/anew")
    assert standings(app)[0] is None
    assert enter(organizer, petition, {1: {"raw": 11}})[0] == 303


def test_another_groups_sheet_is_not_counted(app: Flask, stranger: FlaskClient, petition: Petition) -> None:
    assert enter(stranger, petition, {1: {"raw": 12}})[0] == 404
    assert standings(app)[0] is None


def test_each_number_leads_to_the_sheets_that_it_counts(
    organizer: FlaskClient, second: FlaskClient, petition: Petition
) -> None:
    enter(organizer, petition, {1: {"raw": 12, "blank": 2}, 2: {"raw": 11}, 3: {"raw": 9}})
    enter(second, petition, {1: {"raw": 12, "blank": 2}, 2: {"raw": 10}}, turn=2, step="check")
    page = organizer.get(f"/desk/petitions/{petition.id}/sheets").text
    links = re.findall(r'<dt>([^<]+)</dt><dd>\s*<a href="([^"]+)">([\d,]+)</a>', page)
    said = {what: organizer.get(html.unescape(link)).text for what, link, _ in links}
    shown = {what: number for what, _, number in links}
    assert shown["Verified by two people"] == "10"
    assert "1 sheet; 12 rows filled, 10 valid" in said["Verified by two people"]
    assert shown["Counted once, to be checked"] == "19"
    assert "2 sheets; 19 rows filled, 19 valid" in said["Counted once, to be checked"]
    assert "3 sheets; 31 rows filled, 29 valid" in said["Rows with anything in them"]
    for what in ("Printed in all", "Back, to be counted", "Counted, not delivered"):
        assert f"{shown[what]} sheets" in said[what]
