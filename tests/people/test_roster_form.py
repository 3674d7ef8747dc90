"""A roster comes in by a form; what keeps it from being one is said at the field."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from workbooks import packed, parts, written

from campaign_app.people.roster import Roster
from campaign_app.people.roster_form import RosterForm
from campaign_app.table_forms import MEGABYTE, CannotRead, size


def roster(app: Flask, content: bytes | None, **fields: str) -> Roster:
    """What the form makes of a file; what that is called does not matter."""
    file = {} if content is None else {"file": (io.BytesIO(content), "../../etc/\u202eroster.exe")}
    with app.test_request_context("/", method="POST", data={**file, **fields}):
        return RosterForm(meta={"csrf": False}).roster()


@pytest.mark.parametrize("content", [written([("name",), ("Ada",)]), b"name;city\nAda;Rome\n"])
def test_a_roster_is_taken_whatever_its_file_is_called(app: Flask, content: bytes) -> None:
    assert roster(app, content).rows[0].name == "Ada"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "Please choose a file."),
        (b"", "Please choose a file."),
        (b"city\nRome\n", "There is no column “name”. The first row must name the columns."),
        (b"name\n", "The file has no rows below its header."),
        (b"PK\x03\x04", "The file is damaged."),
        (b"\xd0\xcf\x11\xe0", "This is a spreadsheet file of a kind that cannot be read."),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "The file is protected by a password."),
        (packed({**parts(), "xl/vbaProject.bin": ""}), "The file holds macros."),
        (packed({**parts(), "xl/styles.xml": "<!DOCTYPE x><x/>"}), "The file holds declarations"),
        (packed({**parts(), "xl/big.xml": "x" * 20_000_000}), "The file holds far more than a list."),
        (",".join(map(str, range(300))).encode(), "The file has more than 256 columns."),
        (b"name\n" + b"Ada\n" * 100_001, "The file has more than 100000 rows."),
    ],
)
def test_what_is_no_roster_is_refused_with_the_reason(app: Flask, content: bytes | None, message: str) -> None:
    with pytest.raises(CannotRead) as raised:
        roster(app, content)
    assert str(raised.value).startswith(message)


def test_a_file_that_is_too_large_is_refused_with_the_limit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RosterForm, "largest", MEGABYTE // 4)
    with pytest.raises(CannotRead, match="larger than 256 KB"):
        roster(app, b"x" * (MEGABYTE // 4 + 1))
    assert size(16 * MEGABYTE) == "16 MB"


def test_safety_14_how_to_read_a_roster_can_be_given(app: Flask) -> None:
    content = "name;city\n김철수;서울\n".encode("cp949")
    with pytest.raises(CannotRead, match="not written in Unicode"):
        roster(app, content, encoding="utf-8")
    assert roster(app, content, encoding="cp949", separator="semicolon").rows[0].city == "서울"
    with pytest.raises(CannotRead):
        roster(app, content, encoding="rot13")
