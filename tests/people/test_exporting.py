"""People are taken along as a table that an import reads again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Consent, FeePayment, Membership, Person, Purpose, Role, Way
from tests.people.conftest import AddPerson
from tests.people.test_importing import preview

SOL = {
    "name": "김솔빛", "email": "sol@example.org", "phone": "+82 10 0000 4806", "note": "=HYPERLINK(1)",
    "letter_address": {"street": "노래로 40\n3층", "city": "서울", "region": "", "postcode": "03720", "country": "KR"},
    "languages_written": ["ko", "en"],
}  # fmt: skip


@pytest.fixture
def sol(add_person: AddPerson) -> Person:
    consent = Consent(purpose=Purpose.LETTERS, wording="Yes.", version="1", given_on=date(2026, 1, 2), way=Way.PAPER)
    paid = FeePayment(amount=1, currency="KRW", paid_on=date(2026, 1, 1), paid_until=date(2027, 1, 1))
    return add_person(**SOL, consents=[consent], payments=[paid])


def taken(client: FlaskClient, kind: str, **asked: str) -> bytes:
    answer = client.post("/desk/people/export", data={"kind": kind, **asked})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"people.{kind}" in answer.headers["Content-Disposition"]
    return answer.data


def records(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.usefixtures("sol")
def test_all_that_is_held_stands_in_the_table_as_text(organizer: FlaskClient) -> None:
    row = next(row for row in records(taken(organizer, "csv")) if row["name"] == "김솔빛")
    assert (row["street"], row["language"], row["languages written"]) == ("노래로 40\n3층", "ko", "ko, en")
    assert (row["phone"], row["note"]) == ("'+82 10 0000 4806", "'=HYPERLINK(1)")
    assert (row["agreed to letters"], row["agreed to news"], row["fee paid until"]) == ("2026-01-02", "", "2027-01-01")
    assert row["roles"] == "member 48 2024-01-01 –"
    cells = CalamineWorkbook.from_filelike(io.BytesIO(taken(organizer, "xlsx"))).get_sheet_by_index(0).to_python()
    assert "+82 10 0000 4806" in cells[1] + cells[2]
    assert "=HYPERLINK(1)" in cells[1] + cells[2]


@pytest.mark.usefixtures("sol")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_taken_along_adds_nothing_when_it_comes_back(organizer: FlaskClient, group: Group, kind: str) -> None:
    content = taken(organizer, kind, role="member")
    assert "There is nothing to add" in preview(organizer, group, content).text


def test_only_what_was_searched_for_is_taken_and_logged(
    organizer: FlaskClient, sol: Person, add_person: AddPerson, audited: Callable[[], list[tuple[str, str, int]]]
) -> None:
    add_person("Somebody Else")
    assert [row["name"] for row in records(taken(organizer, "csv", words="솔빛"))] == [sol.name]
    assert audited() == [("export", "person", 1)]


@pytest.mark.usefixtures("sol")
def test_another_groups_people_are_not_taken(stranger: FlaskClient, group: Group) -> None:
    for asked in ({"state": "all"}, {"group": str(group.id)}, {"words": "sol@example.org"}):
        assert "김솔빛" not in taken(stranger, "csv", **asked).decode()


def test_roles_in_other_groups_are_not_taken(app: Flask, organizer: FlaskClient, sol: Person) -> None:
    with app.app_context():
        db.session.add(other := Group(number=9, name="Group 9 Jeju", slug="group-9"))
        db.session.flush()
        db.session.add(Membership(person_id=sol.id, group_id=other.id, role=Role.ORGANIZER, starts_on=date(2025, 1, 1)))
        db.session.commit()
    assert "organizer 9" not in taken(organizer, "csv").decode()
