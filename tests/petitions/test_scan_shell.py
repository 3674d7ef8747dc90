"""``campaign-app sheets read`` says what scans show, and stores nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from campaign_app.db import db
from campaign_app.petitions.custody_models import SheetCount
from campaign_app.petitions.models import Petition
from campaign_app.petitions.shell import sheets
from tests.petitions import scans
from tests.petitions.reading import filled


@pytest.fixture
def folder(app: Flask, petition: Petition, tmp_path: Path) -> Path:
    """Two pages of a scanner in one file, a photograph, and something else."""
    scans.printed(app, petition)
    two = [filled.small(filled.sheet(number=number, seed=number).grey, 100) for number in (1, 2)]
    (tmp_path / "two.pdf").write_bytes(filled.pdf(*two))
    (tmp_path / "photo.jpg").write_bytes(scans.photo(3))
    (tmp_path / "notes.txt").write_text("hello")
    return tmp_path


def read(app: Flask, *arguments: object) -> Result:
    info = ScriptInfo(create_app=lambda: app)
    return CliRunner().invoke(sheets, ["read", *map(str, arguments)], obj=info)


def test_each_page_is_an_object(app: Flask, folder: Path) -> None:
    said = read(app, folder / "photo.jpg", folder / "two.pdf", "--json")
    assert said.exit_code == 0, said.output
    photo, first, second = json.loads(said.stdout)
    assert [page["page"] for page in (photo, first, second)] == [1, 2, 3]
    assert [page["serial"] for page in (photo, first, second)] == [f"G48-P07-000{number}" for number in (3, 1, 2)]
    assert set(photo) == {"page", "file", "serial", "rows", "filled", "struck", "uncertain", "error"}
    truth = filled.sheet(number=1, seed=1)
    assert first["rows"] == truth.blank.grid.count
    assert set(first["filled"]) <= set(truth.rows("filled"))
    assert set(truth.rows("filled")) <= {*first["filled"], *first["uncertain"]}
    with app.app_context():
        assert db.session.query(SheetCount).count() == 0


def test_what_cannot_be_read_is_told_and_the_rest_is_read(app: Flask, folder: Path) -> None:
    said = read(app, folder / "notes.txt", folder / "photo.jpg", folder / "nowhere.pdf", "--json")
    assert said.exit_code == 1
    notes, photo, nowhere = json.loads(said.stdout)
    assert notes["error"] == "neither a picture nor a PDF"
    assert photo["error"] is None
    assert nowhere["error"] == "No such file or directory"
    assert "notes.txt" in said.stderr


def test_people_read_a_line_for_each_page(app: Flask, folder: Path) -> None:
    said = read(app, folder / "photo.jpg")
    assert said.exit_code == 0
    assert "G48-P07-0003" in said.stdout
    assert "rows filled" in said.stdout
