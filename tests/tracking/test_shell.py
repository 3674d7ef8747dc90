"""Marking letters posted from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select

from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.tracking.models import Act, How
from campaign_app.tracking.shell import posted
from tests.tracking.conftest import TODAY, AddLetter

Call = Callable[..., Result]


@pytest.fixture
def call(app: Flask) -> Call:
    return lambda *arguments: CliRunner().invoke(posted, arguments, obj=ScriptInfo(create_app=lambda: app))


def test_letters_are_marked_by_reference_and_by_link(app: Flask, call: Call, add_letter: AddLetter) -> None:
    add_letter(1)
    add_letter(2)
    result = call("00000001", "http://localhost/l/letter-2")
    assert (result.exit_code, result.stdout) == (0, "2 of 2 marked as posted.\n")
    assert call("0000-0001").stdout == "0 of 1 marked as posted.\n"
    with app.app_context():
        act = db.session.scalars(select(Act)).one()
        assert (act.how, act.count, act.day, act.account_id) == (How.SHELL, 2, TODAY, None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["0000-0001", "0000-0009"], "No letter has the reference 0000-0009."),
        (["0000-0001", "--on", str(TODAY + timedelta(days=1))], "This day is still to come."),
        (["0000-0001", "--on", str(TODAY - timedelta(days=1))], "0000-0001 was not made yet on this day."),
        (["  "], "Name at least one letter."),
        (["0000-0001", "--on", "someday"], "does not match the format"),
    ],
)
def test_bad_input_is_named_and_nothing_is_marked(
    app: Flask, call: Call, add_letter: AddLetter, arguments: list[str], said: str
) -> None:
    letter = add_letter(1)
    result = call(*arguments)
    assert result.exit_code != 0
    assert said in result.stderr
    with app.app_context():
        assert db.session.get_one(LetterRecord, letter).status is LetterStatus.MADE
