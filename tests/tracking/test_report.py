"""The report for scripts, whose keys are promised."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from python_calamine import CalamineWorkbook

from campaign_app.campaigns.models import Campaign
from campaign_app.cli import campaign_app
from campaign_app.letters.status import LetterStatus
from campaign_app.petitions.sheet_models import SheetStatus
from tests.tracking.conftest import MONDAY, MakeLetters

KEYS = [
    "campaign", "letters", "by_group", "by_target", "by_country", "by_language", "by_week", "sheets", "signatures",
    "replies", "outcomes",
]  # fmt: skip


@pytest.fixture(autouse=True)
def here(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_APP_INSTANCE", app.instance_path)
    monkeypatch.setenv("CAMPAIGN_APP_SECRET_KEY", app.config["SECRET_KEY"])


def call(*arguments: str) -> Result:
    return CliRunner().invoke(campaign_app, ["report", *arguments])


def test_a_campaign_is_told_by_the_promised_keys(campaign: Campaign, make_letters: MakeLetters) -> None:
    make_letters(2)
    make_letters(1, status=LetterStatus.RETURNED, posted_on=MONDAY, group_id=None, made_on=date(2026, 3, 9))
    make_letters(1, status=LetterStatus.VOID)
    told = json.loads(call(campaign.slug, "--format", "json").stdout)
    assert list(told) == KEYS
    assert told["campaign"] == campaign.slug
    assert told["letters"] == {"made": 3, "posted": 1, "answered": 0, "returned": 1, "void": 1, "handwritten": 0}
    assert told["by_group"] == {"group-48": 2, "section": 1}
    assert told["by_target"] == {"President of the Arab Republic of Egypt, Office of the President": 3}
    assert told["by_country"] == {"EG": 3}
    assert told["by_language"] == {"en": 3}
    assert told["by_week"] == {"2026-03-02": 2, "2026-03-09": 1}
    assert told["sheets"] == {status.value: 0 for status in SheetStatus}
    assert told["signatures"] == {"counted": 0, "valid": 0}
    assert told["replies"]["received"] == 0
    assert told["outcomes"] == []


def test_without_a_name_all_campaigns_are_told(campaign: Campaign) -> None:
    told = json.loads(call().stdout)
    assert [one["campaign"] for one in told] == [campaign.slug]
    assert told[0]["letters"]["made"] == 0


def test_it_comes_as_a_table_too(campaign: Campaign, make_letters: MakeLetters) -> None:
    make_letters(3)
    rows = list(csv.reader(io.StringIO(call("--format", "csv").stdout.lstrip("\ufeff"))))
    assert rows[1][:4] == [campaign.slug, campaign.title, "3", "0"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(call("--format", "xlsx").stdout_bytes))
    assert book.get_sheet_by_index(0).to_python()[1][2] == 3.0


@pytest.mark.usefixtures("campaign")
def test_an_unknown_campaign_is_an_error_and_nothing_is_written() -> None:
    result = call("nobody")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no campaign nobody." in result.stderr
