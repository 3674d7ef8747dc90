"""A spreadsheet of targets is looked at first, and then added all or not at all."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse
from workbooks import written

from campaign_app.db import db
from campaign_app.targets.models import Office, Part, Target
from campaign_app.targets.spreadsheet import COLUMNS

HEADER = "Position,Institution,LINE 1,line2,Country,Office,Telephone"
ROWS = [
    "Minister of Justice,Ministry of Justice,P.O. Box 241,Asmara,Eritrea,minister,+291 1 123",
    "Director,Central Prison,Main Road,Freetown,시에라리온,prison director,",
]


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def preview(client: FlaskClient, content: str | bytes, **fields: str) -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.post("/targets/import/preview", data={"file": (io.BytesIO(data), "targets.csv"), **fields})


def sealed(answer: TestResponse) -> dict[str, str]:
    """What the preview's own form sends."""
    token = re.search(r'name="sealed"[^>]* value="([^"]+)"', answer.text)
    assert token is not None
    return {"sealed": unescape(token[1])}


def confirm(client: FlaskClient, answer: TestResponse) -> TestResponse:
    return client.post("/targets/import/", data=sealed(answer))


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Target.id))) or 0


def test_a_preview_stores_nothing_and_names_the_columns(app: Flask, organizer: FlaskClient) -> None:
    answer = preview(organizer, table(*ROWS))
    assert answer.status_code == 200
    assert "Add 2 targets" in answer.text
    assert "Columns ignored</dt><dd>Telephone" in answer.text
    assert "Sierra Leone" in answer.text
    assert count(app) == 0


def test_a_confirmed_file_is_added(app: Flask, organizer: FlaskClient) -> None:
    answer = confirm(organizer, preview(organizer, table(*ROWS)))
    assert (answer.status_code, answer.location) == (303, "/targets/")
    assert "2 targets were added." in organizer.get("/targets/").text
    with app.app_context():
        minister, director = db.session.scalars(select(Target).order_by(Target.id))
        assert (minister.office, minister.lines, minister.country) == (Office.MINISTER, "P.O. Box 241\nAsmara", "ER")
        assert (director.office, director.country) == (Office.PRISON_DIRECTOR, "SL")
        assert "asmara" in minister.search


def test_safety_17_the_same_file_twice_adds_nothing(app: Flask, organizer: FlaskClient) -> None:
    first, second = preview(organizer, table(*ROWS)), preview(organizer, table(*ROWS))
    assert confirm(organizer, first).status_code == 303
    assert count(app) == 2
    assert confirm(organizer, second).status_code == 303
    again = preview(organizer, table(*ROWS))
    assert again.text.count("Already there</span>") == 2
    assert "There is nothing to add." in again.text
    assert 'formaction="/targets/import/"' not in again.text
    assert count(app) == 2


def test_all_columns_are_read(app: Flask, organizer: FlaskClient) -> None:
    header = "Notes;Verified On;languages;since;HOLDER;honorific;Native Lines;country;Lines;represents;part"
    row = "by mail;2026.1.5;ar, 한국어 en;2020-02-03;김보기;Dr.;가|나;KR;1 Street|Seoul 03174;에리트리아;"
    header, row = f"institution;position;{header}", f"Embassy;Ambassador;{row}"
    assert confirm(organizer, preview(organizer, table(row, header=header))).status_code == 303
    with app.app_context():
        target = db.session.scalars(select(Target)).one()
        assert (target.part, target.represents, target.office) == (Part.EMBASSY, "ER", Office.AUTHORITY)
        assert (target.lines, target.native_lines) == ("1 Street\nSeoul 03174", "가\n나")
        assert (target.languages, target.verified_on, target.notes) == (["ar", "ko", "en"], date(2026, 1, 5), "by mail")
        assert [(h.full_name, h.since) for h in target.holders] == [("Dr. 김보기", date(2020, 2, 3))]


def test_a_workbook_is_taken_as_well(app: Flask, organizer: FlaskClient) -> None:
    shown = preview(organizer, written([line.split(",") for line in (HEADER, *ROWS)]))
    assert "still here" not in preview(organizer, b"PK\x03\x04 not one").text
    assert "Sheet</dt><dd><bdi>Sheet1</bdi>" in shown.text
    assert "Columns separated by" not in shown.text
    assert confirm(organizer, shown).status_code == 303
    assert count(app) == 2


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_safety_14_the_file_is_read_in_whatever_it_is_written(app: Flask, organizer: FlaskClient, codec: str) -> None:
    text = table("장관,법무부,관문로 47,과천시,대한민국,minister,")
    assert confirm(organizer, preview(organizer, text.encode(codec))).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Target.institution)).one() == "법무부"


def test_safety_14_encoding_and_separator_can_be_corrected_without_choosing_the_file_again(
    organizer: FlaskClient,
) -> None:
    file = table("Préfet,Préfecture,1 rue,Paris,France,,").encode("latin-1")
    wrong = preview(organizer, file, encoding="utf-8")
    assert wrong.status_code == 422
    assert "The file is not written in Unicode (UTF-8)." in wrong.text
    right = organizer.post("/targets/import/preview", data=sealed(wrong) | {"encoding": "cp1252"})
    assert "Préfecture" in right.text
    assert "Add 1 target<" in right.text


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-be", "cp1252"])
def test_what_is_confirmed_is_what_was_shown(app: Flask, organizer: FlaskClient, codec: str) -> None:
    shown = preview(organizer, table("Préfet,Préfecture,1 rue,Paris,France,,").encode(codec))
    changed = sealed(shown) | {"encoding": "cp949", "separator": "tab"}
    assert organizer.post("/targets/import/", data=changed).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Target.institution)).one() == "Préfecture"


@pytest.mark.parametrize("chosen", [{"encoding": "rot13"}, {"separator": "|"}, {"encoding": "utf-8\0"}])
def test_ways_of_reading_that_are_not_offered_are_refused(organizer: FlaskClient, chosen: dict[str, str]) -> None:
    assert preview(organizer, table(*ROWS), **chosen).status_code == 422


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Judge,Court,Main Road,Freetown", "Row 3: it has 4 cells, the header has 7."),
        (",Court,Main Road,Freetown,SL,,", "Row 3: “position” is empty."),
        ("Judge,Court,Main Road,Freetown,,,", "Row 3: “country” is empty."),
        ("Judge,Court,,,SL,,", "Row 3: the address has no lines."),
        ("Judge,Court,Main Road,Freetown,Atlantis,,", "Row 3: “Atlantis” is no country we know."),
        ("Judge,Court,Main Road,Freetown,SL,gardener,", "Row 3: “gardener” is none of: head of state"),
        (f"Judge,Court,{'x' * 61},Freetown,SL,,", "Row 3: Line 1 has more than 60 characters"),
        (f"{'x' * 151},Court,Main Road,Freetown,SL,,", "Row 3: “position” has more than 150 characters."),
        ("Judge,Court,Main\x07 Road,Freetown,SL,,", "Row 3: “LINE 1” holds characters that cannot be printed: U+0007."),
        ('Judge,Court,"Main Road,Freetown,SL,,', "Row 3: a quotation mark opens a cell and is not closed."),
        (f"Judge,Court,{'x' * 140_000},Freetown,SL,,", "Row 3: a cell is too long to be read."),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_added(app: Flask, organizer: FlaskClient, row: str, message: str) -> None:
    answer = preview(organizer, table(ROWS[0], row))
    assert message in unescape(answer.text)
    assert "Add 1 target" not in answer.text
    if answer.status_code == 200:
        assert confirm(organizer, answer).status_code == 422
    assert count(app) == 0


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("since", "01/06/2020", "“01/06/2020” is no date such as 2026-01-31."),
        ("since", "2020-02-30", "“2020-02-30” is no date such as 2026-01-31."),
        ("verified on", "soon", "“soon” is no date"),
        ("languages", "Klingon", "“Klingon” is no language that letters are written in."),
        ("part", "sideways", "“sideways” is none of: to, copy, embassy."),
        ("represents", "Atlantis", "“Atlantis” is no country we know."),
        ("represents", "SL", "an embassy stands in another country than its own."),
        ("part", "embassy", "“represents” is empty."),
        ("honorific", "H.E.", "“holder” is empty."),
        ("lines", "1|2|3|4|5|6|7|8|9", "At most 8 lines fit on an envelope."),
    ],
)
def test_a_cell_that_does_not_fit_its_column_is_named(
    organizer: FlaskClient, column: str, cell: str, message: str
) -> None:
    answer = preview(organizer, table(f"Judge,SL,Freetown,{cell}", header=f"position,country,line 1,{column}"))
    assert message in unescape(answer.text)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Please choose a file."),
        (b"PK\x03\x04 zip", "The file is damaged."),
        (b"\xd0\xcf\x11\xe0 old", "This is a spreadsheet file of a kind that cannot be read."),
        (b"position,country\n", "The file has no rows below its header."),
        (b"position,country,Position\n1,2,3\n", "Two columns are called “Position”."),
        (b"position\n" + b"x\n" * 5001, "The file has more than 5000 rows."),
        (b"x" * (256 * 1024 + 1), "The file is larger than 256 KB."),
        (b"position\n\xff\x81\x8d\n", "This does not look like a table in text form."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    organizer: FlaskClient, content: bytes, message: str
) -> None:
    answer = preview(organizer, content)
    assert answer.status_code == 422
    assert message in unescape(answer.text)


def test_a_preview_without_a_file_asks_for_one(organizer: FlaskClient) -> None:
    assert "Please choose a file." in organizer.post("/targets/import/preview").text


@pytest.mark.parametrize("value", ["", "forged", "gAAAAABforged=="])
def test_a_forged_confirmation_adds_nothing(app: Flask, organizer: FlaskClient, value: str) -> None:
    assert organizer.post("/targets/import/", data={"sealed": value}).status_code == 422
    assert count(app) == 0


def test_five_thousand_rows_are_taken(app: Flask, organizer: FlaskClient) -> None:
    header = "position,country,line 1"
    rows = [f"Judge {number},FR,Rue {number}, Paris".replace(", ", " ") for number in range(5000)]
    answer = preview(organizer, table(*rows, header=header))
    assert "and 4950 more rows" in unescape(answer.text).replace(",", "")
    assert confirm(organizer, answer).status_code == 303
    assert count(app) == 5000


def test_one_office_twice_in_a_file_is_added_once(app: Flask, organizer: FlaskClient) -> None:
    answer = preview(organizer, table(ROWS[0], ROWS[0].replace("Asmara", "Keren"), ROWS[1]))
    assert "Same as row 2" in answer.text
    confirm(organizer, answer)
    assert count(app) == 2


def test_another_office_at_a_known_address_is_added_and_mentioned(app: Flask, organizer: FlaskClient) -> None:
    confirm(organizer, preview(organizer, table(ROWS[0])))
    answer = preview(organizer, table(ROWS[0].replace("Minister of Justice,", "Attorney General,")))
    assert "at the address of" in answer.text
    confirm(organizer, answer)
    assert count(app) == 2


def test_what_looks_like_markup_in_a_file_is_shown_as_text(organizer: FlaskClient) -> None:
    row = "<script>alert(1)</script>,=HYPERLINK(1),{{ 7*7 }},Asmara,ER,,"
    answer = preview(organizer, table(row, header=HEADER.replace("Telephone", "<b>")))
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text
    assert "{{ 7*7 }}" in answer.text


def test_the_template_has_every_column_and_opens_as_unicode(organizer: FlaskClient) -> None:
    answer = organizer.get("/targets/import/template.csv")
    assert answer.data.decode("utf-8-sig").strip().split(",") == list(COLUMNS)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["Content-Disposition"]
