"""The pages on which sheets are issued and handed back."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Role
from campaign_app.petitions import custody_keeping, issuing
from campaign_app.petitions.issue_models import SheetIssue
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from campaign_app.privacy import forgetting
from campaign_app.privacy.models import AuditEntry
from tests.conftest import store

TOMORROW = (date.today() + timedelta(days=1)).isoformat()


def issue(client: FlaskClient, petition: Petition, sheets: str, **values: object) -> int:
    """Issue sheets on the page; the status it answers with."""
    data = {"sheets": sheets, "person_id": 0, "collector": "Sample Collector", "due_on": TOMORROW, **values}
    return client.post(f"/desk/petitions/{petition.id}/sheets/issue", data=data).status_code


def move(client: FlaskClient, petition: Petition, action: str, sheets: str, reason: str = "") -> str:
    data = {"action": action, "sheets": sheets, "reason": reason}
    return client.post(f"/desk/petitions/{petition.id}/sheets/list", data=data, follow_redirects=True).text


def statuses(app: Flask) -> list[str]:
    with app.app_context():
        return [sheet.status.value for sheet in db.session.query(Sheet).order_by(Sheet.number)]


def test_sheets_are_issued_by_range_and_shown_with_whom(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    assert issue(organizer, petition, "1-3, G48-P07-0005") == 303
    assert statuses(app)[:6] == ["issued", "issued", "issued", "printed", "issued", "printed"]
    page = organizer.get(f"/desk/petitions/{petition.id}/sheets").text
    assert "Sample Collector" in page
    assert "0001–0005" in page


def test_a_scanned_code_issues_its_sheet(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    assert issue(organizer, petition, "token-4 token-5") == 422
    with app.app_context():
        assert issuing.unknown(petition, issuing.Typed((), ("nobody",))) == ["…/c/…"]


@pytest.fixture
def person(app: Flask, group: Group) -> Person:
    """Somebody of the group who collects."""
    member = Membership(role=Role.MEMBER, group_id=group.id, starts_on=date(2020, 1, 1))
    store(app, known := Person(name="Known Collector", memberships=[member]))
    return known


def test_a_collector_of_the_group_can_be_chosen(
    app: Flask, organizer: FlaskClient, petition: Petition, person: Person
) -> None:
    assert "Known Collector" in organizer.get(f"/desk/petitions/{petition.id}/sheets/issue").text
    assert issue(organizer, petition, "1", person_id=person.id, collector="") == 303
    with app.app_context():
        assert db.session.query(SheetIssue).one().with_whom == "Known Collector"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sheets": "77"}, "Not a sheet of this petition: 0077"),
        ({"sheets": "G7-P01-0001"}, "Not a sheet of this petition: G7-P01-0001"),
        ({"sheets": "9-3"}, "Not a sheet of this petition: 9–3"),
        ({"sheets": ""}, "Please fill this in."),
        ({"collector": ""}, "Say who takes the sheets, or where they lie."),
        ({"unattended": "y"}, "need a place"),
        ({"due_on": "2020-01-01"}, "The day must lie ahead"),
    ],
)
def test_a_wrong_issue_is_refused_and_what_was_typed_is_kept(
    app: Flask, organizer: FlaskClient, petition: Petition, values: dict[str, str], said: str
) -> None:
    data = {"sheets": "1", "person_id": 0, "collector": "Sample Collector", "due_on": TOMORROW, **values}
    answer = organizer.post(f"/desk/petitions/{petition.id}/sheets/issue", data=data)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert not data["collector"] or "Sample Collector" in answer.text
    assert set(statuses(app)) == {"printed"}
    with app.app_context():
        assert db.session.query(SheetIssue).count() == 0


def test_safety_23_of_two_who_issue_the_same_sheets_the_second_is_told(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    issue(organizer, petition, "1-3")
    assert issue(organizer, petition, "1-3", collector="Another") == 422
    with app.app_context():
        assert [held.with_whom for held in db.session.query(SheetIssue)] == ["Sample Collector"]


def test_a_slip_is_undone(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    issue(organizer, petition, "1-3")
    page = move(organizer, petition, "back", "1-2")
    act = re.search(r'name="act" value="([^"]+)"', page)
    assert act
    assert statuses(app)[:3] == ["returned", "returned", "issued"]
    organizer.post(f"/desk/petitions/{petition.id}/sheets/undo", data={"act": act[1]})
    assert statuses(app)[:3] == ["issued"] * 3


@pytest.mark.parametrize("action", ["missing", "spoiled", "void"])
def test_what_is_lost_needs_a_reason(app: Flask, organizer: FlaskClient, petition: Petition, action: str) -> None:
    assert "Say why." in move(organizer, petition, action, "1")
    assert statuses(app)[0] == "printed"
    move(organizer, petition, action, "1", "rain")
    assert statuses(app)[0] == action
    with app.app_context():
        sheet_id = db.session.query(Sheet).filter_by(number=1).one().id
    assert "rain" in organizer.get(f"/desk/petitions/{petition.id}/sheets/{sheet_id}").text


def test_what_is_overdue_comes_first(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    for sheets, name in (("1", "First"), ("2", "Second"), ("3", "Third")):
        issue(organizer, petition, sheets, collector=name)
    with app.app_context():
        third = db.session.query(SheetIssue).filter_by(id=3).one()
        third.due_on = date.today() - timedelta(days=2)
        db.session.commit()
    page = organizer.get("/desk/sheets").text
    assert page.index("Third") < page.index("First") < page.index("Second")
    assert "overdue" in page


def test_who_sees_collectors_leaves_a_line(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    issue(organizer, petition, "1")
    organizer.get("/desk/sheets")
    organizer.get(f"/desk/petitions/{petition.id}/issues/1")
    with app.app_context():
        lines = [entry.action for entry in db.session.query(AuditEntry)]
    assert lines.count("see collectors of sheets") == 2
    assert "issue sheets" in lines


def test_the_papers_of_an_issue_name_its_sheets_and_open_its_page(
    app: Flask, organizer: FlaskClient, client: FlaskClient, petition: Petition
) -> None:
    issue(organizer, petition, "1-3", place="Hongdae stall")
    answer = organizer.get(f"/desk/petitions/{petition.id}/issues/1/list.pdf")
    text = pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_range()
    assert "G48-P07-0002" in text
    assert "Hongdae stall" in text
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert organizer.get(f"/desk/petitions/{petition.id}/issues/1/tally.pdf").data.startswith(b"%PDF")
    with app.app_context():
        link = issuing.link(db.session.query(SheetIssue).one())
    assert "3 sheets are out" in client.get("/" + link.split("/", 3)[3]).text


def test_a_handover_lists_the_sheets_outstanding_with_whom(
    organizer: FlaskClient, petition: Petition, group: Group
) -> None:
    issue(organizer, petition, "1-3")
    move(organizer, petition, "back", "3")
    page = organizer.get(f"/desk/groups/{group.slug}/handover/").text
    assert "Signature sheets: 2, from G48-P07-0001 to G48-P07-0002" in page
    assert "Sample Collector" in page
    assert "1 sheet of G48-P07 is to be counted or checked" in page


def test_names_of_collectors_are_forgotten_a_year_after_the_last_sheet_is_back(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    issue(organizer, petition, "1-2", place="Hongdae stall")
    later = date.today() + timedelta(days=370)
    with app.app_context():
        [share] = [share for share in forgetting.shares(later) if share.kind == "collectors"]
    assert (share.due, share.total) == (0, 1), "sheets are still out"
    move(organizer, petition, "back", "1-2")
    with app.app_context():
        forgetting.forget(later, {"collectors"})
        left = db.session.query(SheetIssue).one()
        assert (left.collector, left.place) == ("", "")


def test_whoever_is_deleted_learns_on_which_sheets_their_name_stands(
    app: Flask, organizer: FlaskClient, petition: Petition, person: Person
) -> None:
    issue(organizer, petition, "1-2", person_id=person.id, collector="")
    with app.app_context():
        known = db.session.get_one(Person, person.id)
        assert custody_keeping.sheets_of(known) == ["G48-P07-0001", "G48-P07-0002"]
        assert [row["sheets"] for row in custody_keeping.issues_of(known)] == [["G48-P07-0001", "G48-P07-0002"]]


def test_another_groups_petition_is_not_found(stranger: FlaskClient, petition: Petition) -> None:
    for page in ("sheets", "sheets/issue", "sheets/list", "sheets/1", "counting"):
        assert stranger.get(f"/desk/petitions/{petition.id}/{page}").status_code == 404


@pytest.mark.parametrize("asked", ["status=lost", "issue=x", "standing=maybe", "delivery=1e9"])
def test_a_filter_from_a_hand_written_address_finds_no_page(
    organizer: FlaskClient, petition: Petition, asked: str
) -> None:
    assert organizer.get(f"/desk/petitions/{petition.id}/sheets/list?{asked}").status_code == 404


def test_a_sheet_of_another_petition_is_not_moved(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    with app.app_context():
        other = Petition(
            group_id=petition.group_id,
            campaign_id=petition.campaign_id,
            code="G48-P08",
            opens_on=date.today(),
            organizer="x",
        )
        db.session.add(other)
        db.session.commit()
        other_id = other.id
    answer = organizer.post(f"/desk/petitions/{other_id}/sheets/list", data={"action": "back", "ticked": [1, 2]})
    assert answer.status_code == 303
    assert set(statuses(app)) == {SheetStatus.PRINTED}
