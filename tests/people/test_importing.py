"""A roster of people is looked at first, and then added all or not at all."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse
from xlsxwriter import Workbook

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Purpose, Role, Way
from campaign_app.people.wordings import WORDINGS
from tests.people.conftest import AddPerson

HEADER = "Name,E-mail,Street,City,Postcode,Country,Language,Nationality,Occupation,Role,Message"
ROWS = [
    "김솔빛,sol@example.org,노래로 40,서울,03720,KR,ko,KR,teacher,organizer,Hello",
    "Nour El Qamar,,8 Dalmaji-gil,Seoul,04020,대한민국,Arabic,,,staff,",
    "Mononym,,,,,,,,,,",
]


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows)).encode() + b"\n"


def workbook(*rows: str) -> bytes:
    book = Workbook(content := io.BytesIO(), {"strings_to_numbers": False})
    sheet = book.add_worksheet()
    for number, row in enumerate((HEADER, *rows)):
        sheet.write_row(number, 0, row.split(","))
    book.close()
    return content.getvalue()


def preview(client: FlaskClient, group: Group, content: bytes, **fields: str) -> TestResponse:
    data = {"file": (io.BytesIO(content), "roster"), "group_id": group.id, **fields}
    return client.post("/desk/people/import/preview", data=data)


def confirm(client: FlaskClient, group: Group, answer: TestResponse, **more: Any) -> TestResponse:
    """Send the preview's own form."""
    token = re.search(r'name="sealed"[^>]* value="([^"]+)"', answer.text)
    assert token is not None
    sealed = {"sealed": unescape(token[1]), "group_id": group.id, "since": "2026-01-31"}
    return client.post("/desk/people/import/", data={**sealed, **more})


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Person.id))) or 0


def newest(app: Flask, number: int) -> list[Person]:
    with app.app_context():
        people = db.session.scalars(select(Person).order_by(Person.id.desc()).limit(number)).all()[::-1]
        assert all((person.memberships, person.consents is not None) for person in people)
        db.session.expunge_all()
        return list(people)


@pytest.mark.parametrize("content", [table(*ROWS), workbook(*ROWS), table(*ROWS).decode().encode("utf-16")])
def test_a_roster_is_shown_and_then_added(app: Flask, organizer: FlaskClient, group: Group, content: bytes) -> None:
    before = count(app)
    answer = preview(organizer, group, content)
    assert answer.status_code == 200
    assert "Add 3 people" in answer.text
    assert "Columns ignored</dt><dd>message, Role" in answer.text
    assert count(app) == before
    assert confirm(organizer, group, answer).status_code == 303
    first, second, third = newest(app, 3)
    assert (first.name, first.email, first.languages_written) == ("김솔빛", "sol@example.org", ["ko"])
    assert (first.nationality, first.occupation) == ("South Korea", "teacher")
    assert first.letter_address == {
        "street": "노래로 40", "city": "서울", "region": "", "postcode": "03720", "country": "KR"
    }  # fmt: skip
    assert (second.languages_written, third.letter_address) == (["ar"], None)
    for person in (first, second, third):
        assert [(m.role, m.group_id, m.starts_on) for m in person.memberships] == [
            (Role.MEMBER, group.id, date(2026, 1, 31))
        ]


def test_safety_17_the_same_file_twice_adds_nothing(app: Flask, organizer: FlaskClient, group: Group) -> None:
    answer = preview(organizer, group, table(*ROWS))
    confirm(organizer, group, answer)
    before = count(app)
    again = preview(organizer, group, workbook(*ROWS))
    assert "There is nothing to add" in again.text
    assert "Already there</dt><dd>3" in again.text
    confirm(organizer, group, answer)
    assert count(app) == before


def test_who_is_known_by_email_or_by_name_and_address_is_not_added(
    app: Flask, organizer: FlaskClient, group: Group, add_person: AddPerson
) -> None:
    address = {"street": "8 dalmaji gil", "city": "SEOUL", "region": "", "postcode": "04020", "country": "KR"}
    add_person("Sol", email="SOL@example.org")
    add_person("NOUR el-qamar".replace("-", " "), letter_address=address)
    before = count(app)
    answer = preview(organizer, group, table(*ROWS, ROWS[2]))
    assert "Same as row 4" in answer.text
    confirm(organizer, group, answer)
    assert count(app) == before + 1


def test_one_broken_row_keeps_all_from_being_added(app: Flask, organizer: FlaskClient, group: Group) -> None:
    before = count(app)
    broken = ["a@example.org", ",b@example.org,,,,,,,,,", "900101-1234567,,,,,,,,,,", "X,,,,,Atlantis,,,,,"]
    answer = preview(organizer, group, table(ROWS[0], *broken))
    page = unescape(answer.text)
    assert "Row 3: it has 1 cells" in page
    assert "Row 4: “name” is empty." in page
    assert "Row 5: “name” seems to hold a resident registration number." in page
    assert "Row 6: “Atlantis” is no country we know." in page
    assert "Add 1 person" not in page
    assert confirm(organizer, group, answer).status_code == 422
    assert count(app) == before


def test_importing_makes_no_consent_unless_somebody_says_when_and_how(
    app: Flask, organizer: FlaskClient, group: Group
) -> None:
    confirm(organizer, group, preview(organizer, group, table(ROWS[0])))
    assert newest(app, 1)[0].consents == []
    answer = preview(organizer, group, table(ROWS[1]))
    agreed = {"purposes": ["letters", "contact"], "words": "ko", "way": "email", "given_on": ""}
    refused = confirm(organizer, group, answer, **agreed)
    assert refused.status_code == 422
    assert "Say on which day they agreed" in refused.text
    confirm(organizer, group, answer, **agreed | {"given_on": "2026-02-01"})
    consents = newest(app, 1)[0].consents
    assert [(c.purpose, c.way, c.given_on) for c in consents] == [
        (Purpose.LETTERS, Way.EMAIL, date(2026, 2, 1)),
        (Purpose.CONTACT, Way.EMAIL, date(2026, 2, 1)),
    ]
    assert consents[0].wording == WORDINGS[Purpose.LETTERS].words["ko"]


def test_who_is_known_to_another_of_ones_groups_joins(
    app: Flask, staff: FlaskClient, group: Group, add_person: AddPerson
) -> None:
    known = add_person("김솔빛", email="sol@example.org")
    with app.app_context():
        db.session.add(other := Group(number=9, name="Group 9 Jeju", slug="group-9"))
        db.session.commit()
        db.session.refresh(other)
        db.session.expunge_all()
    before = count(app)
    answer = preview(staff, other, table(ROWS[0]))
    assert "Joins the group" in answer.text
    confirm(staff, other, answer)
    assert count(app) == before
    with app.app_context():
        rows = db.session.scalars(select(Membership).filter_by(person_id=known.id))
        assert {(row.group_id, row.role) for row in rows} == {(group.id, Role.MEMBER), (other.id, Role.MEMBER)}
    assert "There is nothing to add" in preview(staff, other, table(ROWS[0])).text


def test_another_groups_people_are_neither_told_nor_joined(
    app: Flask, stranger: FlaskClient, group: Group, add_person: AddPerson
) -> None:
    add_person("김솔빛", email="sol@example.org")
    with app.app_context():
        other = db.session.scalars(select(Group).filter_by(number=7)).one()
        db.session.expunge_all()
    assert "Already there</dt><dd>0" in preview(stranger, other, table(ROWS[0])).text
    answer = preview(stranger, group, table(ROWS[0]))
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Please choose a file."),
        (b"Nom de famille\nX\n", "There is no column “name”."),
        (b"name\n", "The file has no rows below its header."),
        (b"PK\x03\x04 zip", "The file is damaged."),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_the_reason(
    organizer: FlaskClient, group: Group, content: bytes, message: str
) -> None:
    answer = preview(organizer, group, content)
    assert answer.status_code == 422
    assert message in unescape(answer.text)


@pytest.mark.parametrize("sealed", ["", "forged", "gAAAAABforged=="])
def test_a_forged_confirmation_adds_nothing(app: Flask, organizer: FlaskClient, group: Group, sealed: str) -> None:
    before = count(app)
    data = {"sealed": sealed, "group_id": group.id}
    assert organizer.post("/desk/people/import/", data=data).status_code == 422
    assert count(app) == before


def test_the_file_is_kept_nowhere_and_the_log_tells_how_many_came(
    app: Flask, organizer: FlaskClient, group: Group, audited: Callable[[], list[tuple[str, str, int]]]
) -> None:
    answer = preview(organizer, group, table(*ROWS))
    assert "솔빛" not in re.sub(r"<table.*</table>", "", answer.text, flags=re.S)
    confirm(organizer, group, answer)
    assert audited() == [("import", f"group {group.id}", 3)]
    files = [path for path in Path(app.instance_path).rglob("*") if path.is_file()]
    assert not any("노래로".encode() in path.read_bytes() for path in files)


def test_a_roster_of_a_whole_section_travels_in_the_page(organizer: FlaskClient, group: Group) -> None:
    rows = [f"Person {n:05},{n}@example.org,Seoul" for n in range(12_000)]
    answer = preview(organizer, group, table(*rows, header="name,email,city"))
    assert "Add 12000 people" in answer.text.replace(",", "")
    assert "and 11950 more rows" in answer.text.replace(",", "")


def test_the_template_names_the_columns_and_opens_as_unicode(organizer: FlaskClient) -> None:
    answer = organizer.get("/desk/people/import/template.csv")
    assert answer.data.startswith(b"\xef\xbb\xbfname,street")
    assert b"message" not in answer.data
