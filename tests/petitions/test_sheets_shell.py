"""``campaign-app sheets print``: what the pages do, for the laptop beside the printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from campaign_app import cli, create_app
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet
from campaign_app.targets.models import Target
from tests.petitions.desk import PetitionDesk

Shell = Callable[..., Result]


@pytest.fixture
def desk(app: Flask, organizer: FlaskClient, campaign: Campaign, target: Target) -> PetitionDesk:
    return PetitionDesk(app, organizer, campaign, target.id)


@pytest.fixture
def shell(app: Flask, campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """The command, for the instance of ``app``, writing to ``out.pdf``."""
    for name in ("SECRET_KEY", "DATABASE_URL"):
        monkeypatch.setenv(f"CAMPAIGN_APP_{name}", app.config[name])
    monkeypatch.setenv("CAMPAIGN_APP_INSTANCE", app.instance_path)
    apps = []

    def made(**settings: Any) -> Flask:
        apps.append(create_app(**settings))
        return apps[-1]

    monkeypatch.setattr(cli, "create_app", made)

    def call(*arguments: str, output: str = "out.pdf", slug: str = campaign.slug) -> Result:
        command = ["sheets", "print", slug, "--output", str(tmp_path / output), *arguments]
        return CliRunner().invoke(cli.campaign_app, command)

    yield call
    for its in apps:
        with its.app_context():
            db.engine.dispose()


def serials(app: Flask) -> list[str]:
    with app.app_context():
        assert list(broken()) == []
        return [sheet.serial for sheet in db.session.query(Sheet).order_by(Sheet.id)]


def test_sheets_are_printed_and_recorded(desk: PetitionDesk, shell: Shell, tmp_path: Path) -> None:
    desk.begun()
    done = shell("--count", "3")
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    assert "G48-P01-0001 to G48-P01-0003, 3 in all" in done.stderr
    assert serials(desk.app) == ["G48-P01-0001", "G48-P01-0002", "G48-P01-0003"]
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        assert len(document) == 3


def test_the_ending_of_the_file_says_that_it_is_a_docx(desk: PetitionDesk, shell: Shell, tmp_path: Path) -> None:
    desk.begun()
    assert shell("--count", "1", output="out.docx").exit_code == 0
    assert docx.Document(str(tmp_path / "out.docx")).tables


def test_a_language_is_chosen_and_one_without_a_text_is_named(desk: PetitionDesk, shell: Shell, tmp_path: Path) -> None:
    desk.write(desk.begun(), "ko")
    assert shell("--count", "1", "--language", "ko").exit_code == 0
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        assert "나디아를 석방하라" in document[0].get_textpage().get_text_range()
    assert shell("--count", "1", "--language", "en,ko").exit_code == 0
    failed = shell("--count", "1", "--language", "fr", output="fr.pdf")
    assert failed.exit_code == 1
    assert "no text in this language yet: French" in failed.stderr
    assert not (tmp_path / "fr.pdf").exists()


def test_a_campaign_without_a_petition_gets_one_of_its_demands(desk: PetitionDesk, shell: Shell) -> None:
    done = shell("--count", "2")
    assert done.exit_code == 0, done.stderr
    with desk.app.app_context():
        assert "- Release Nadia Example." in db.session.query(Petition).one().texts[0].text
    assert len(serials(desk.app)) == 2


@pytest.mark.parametrize(
    ("arguments", "output", "said"),
    [
        (["--count", "0"], "out.pdf", "0 is not in the range"),
        (["--count", "1", "--language", "Klingon"], "out.pdf", "Klingon is no language of sheets."),
        (["--count", "1", "--petition", "G48-P09"], "out.pdf", "has no petition G48-P09"),
        (["--count", "1"], "out.odt", "out.odt is neither a .pdf nor a .docx."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    desk: PetitionDesk, shell: Shell, tmp_path: Path, arguments: list[str], output: str, said: str
) -> None:
    desk.begun()
    failed = shell(*arguments, output=output)
    assert failed.exit_code != 0
    assert said in failed.stderr
    assert not (tmp_path / output).exists()
    assert serials(desk.app) == []


def test_a_file_that_cannot_be_written_takes_no_number(desk: PetitionDesk, shell: Shell, tmp_path: Path) -> None:
    desk.begun()
    (tmp_path / "out.pdf").mkdir()
    assert shell("--count", "1").exit_code != 0
    assert serials(desk.app) == []
    assert shell("--count", "1", output="other.pdf").exit_code == 0
    assert serials(desk.app) == ["G48-P01-0001"]


def test_one_of_several_petitions_has_to_be_named(desk: PetitionDesk, shell: Shell) -> None:
    desk.begun()
    desk.begun()
    assert "Choose one by --petition: G48-P01, G48-P02." in shell("--count", "1").stderr
    assert shell("--count", "1", "--petition", "G48-P02").exit_code == 0
    assert serials(desk.app) == ["G48-P02-0001"]
