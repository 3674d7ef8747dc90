"""Letters, envelopes and labels from the command line, as other people's scripts call it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from flask import Flask
from sqlalchemy import select

from campaign_app import cli, create_app
from campaign_app.campaigns.models import Campaign, Kind
from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.letters.models import LetterRecord
from campaign_app.print_runs import shell
from campaign_app.print_runs.models import PrintRun
from tests.databases import on_both_databases
from tests.print_runs.conftest import add_text, pictures, roster, texts
from tests.print_runs.test_files import inked
from tests.print_runs.test_sources import workbook

GOOD = "Amina Castellan,3 Jongno,Seoul,03100,KR,en,,,"


@pytest.fixture
def shell_of(app: Flask, campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Call the command in the instance folder of the test; the output is ``out`` in a folder of its own."""
    for name, value in environment(app).items():
        monkeypatch.setenv(name, value)
    apps: list[Flask] = []

    def made(**settings: Any) -> Flask:
        apps.append(create_app(**settings))
        return apps[-1]

    monkeypatch.setattr(cli, "create_app", made)

    def call(*arguments: str, rows: bytes | None = None, output: Path = tmp_path / "out") -> Result:
        file = tmp_path / "roster"
        given = ["--roster", str(file)] if rows is not None else []
        file.write_bytes(rows or b"")
        command = [*arguments[:2], campaign.slug, *given, "--output", str(output), *arguments[2:]]
        return CliRunner().invoke(cli.campaign_app, command)

    yield call
    for its in apps:  # the command would end now, and its connections with it
        with its.app_context():
            db.engine.dispose()


def environment(app: Flask) -> dict[str, str]:
    settings = {"INSTANCE": app.instance_path} | {name: app.config[name] for name in ("SECRET_KEY", "DATABASE_URL")}
    return {f"CAMPAIGN_APP_{name}": value for name, value in settings.items()}


def recorded(app: Flask) -> list[LetterRecord]:
    with app.app_context():
        assert list(broken()) == []
        letters = list(db.session.scalars(select(LetterRecord)))
        db.session.expunge_all()
    return letters


def nothing_written(app: Flask, output: Path) -> bool:
    """Whether neither a file nor a record was left."""
    with app.app_context():
        runs = db.session.scalars(select(PrintRun)).all()
    return not output.exists() and not list(output.parent.glob(".out*")) and not runs and not recorded(app)


@on_both_databases
@pytest.mark.parametrize("content", [roster(), workbook(*roster().decode().splitlines()[1:])])
def test_letters_are_printed_for_each_row_and_recorded(
    app: Flask, shell_of: Any, tmp_path: Path, content: bytes
) -> None:
    done: Result = shell_of("letters", "print", rows=content)
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    assert "3 letters" in done.stderr
    pages = texts((tmp_path / "out").read_bytes())
    letters = recorded(app)
    assert len(pages) == len(letters) == 3
    assert all(any(letter.reference in page for page in pages) for letter in letters)


def test_one_docx_and_a_zip_of_docx(shell_of: Any, tmp_path: Path) -> None:
    assert shell_of("letters", "print", "--format", "docx", rows=roster()).exit_code == 0
    assert len(Document(str(tmp_path / "out")).sections) == 3
    assert shell_of("letters", "print", "--format", "zip", rows=roster()).exit_code == 0
    with zipfile.ZipFile(tmp_path / "out") as archive:
        assert [name[:4] for name in archive.namelist()] == ["0002", "0003", "0004"]
        assert Document(io.BytesIO(archive.read(archive.namelist()[0]))).paragraphs


def test_unknown_columns_are_named_and_ignored(app: Flask, shell_of: Any) -> None:
    done = shell_of("letters", "print", rows=b"NAME,Shoe size,role\nMinji,42,staff\n")
    assert done.exit_code == 0
    assert "Ignored columns: Shoe size, role" in done.stderr
    assert len(recorded(app)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (roster(GOOD, ",3 Jongno,Seoul,,,,,,", GOOD), "3"),
        (roster(GOOD, "A𐎠𐎼,,,,,en,,,"), "Row 3: Name: No font can print"),
        (
            roster(GOOD, f"A,,,,,en,,,{'I must say this. ' * 220}"),
            "Row 3: In their own words: The letter fills 2 pages",
        ),
        (b"city\nSeoul\n", "name"),
        (b"", ""),
        (b"PK\x03\x04 no workbook", ""),
    ],
)
def test_errors_name_their_rows_and_nothing_is_written_or_recorded(
    app: Flask, shell_of: Any, tmp_path: Path, content: bytes, said: str
) -> None:
    done = shell_of("letters", "print", rows=content)
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr
    assert nothing_written(app, tmp_path / "out")


def test_an_output_that_cannot_be_written_is_named_and_nothing_is_recorded(app: Flask, shell_of: Any) -> None:
    output = Path("/nowhere/at/all/out")
    done = shell_of("letters", "print", rows=roster(), output=output)
    assert (done.exit_code, "cannot be written" in done.stderr) == (1, True)
    assert nothing_written(app, output)


def test_a_file_that_is_there_already_stays_whole_where_something_fails(shell_of: Any, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("before")
    assert shell_of("letters", "print", rows=roster(",3 Jongno,,,,,,,")).exit_code == 1
    assert (tmp_path / "out").read_text() == "before"


def test_letters_are_recorded_only_once_their_file_exists(
    app: Flask, shell_of: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shell._record

    def look(*arguments: Any) -> None:
        assert (tmp_path / "out").stat().st_size > 0
        assert recorded(app) == []
        real(*arguments)

    monkeypatch.setattr(shell, "_record", look)
    assert shell_of("letters", "print", rows=roster()).exit_code == 0
    assert len(recorded(app)) == 3


def test_the_language_holds_where_a_rows_own_has_no_text(app: Flask, campaign: Campaign, shell_of: Any) -> None:
    add_text(app, campaign, "ko", "{{ person }} {{ own_words }}")
    rows = roster("A,,,,,th,,,", "B,,,,,en,,,")
    assert shell_of("letters", "print", "--language", "ko", rows=rows).exit_code == 0
    assert [letter.language for letter in recorded(app)] == ["ko", "en"]
    refused = shell_of("letters", "print", "--language", "fr", rows=rows)
    assert (refused.exit_code, "only in" in refused.stderr) == (1, True)


def test_a_campaign_that_is_not_there_or_takes_no_letters_is_named(
    app: Flask, campaign: Campaign, shell_of: Any, tmp_path: Path
) -> None:
    with app.app_context():
        db.session.get_one(Campaign, campaign.id).kind = Kind.PETITION
        db.session.commit()
    done = shell_of("letters", "print", rows=roster())
    assert (done.exit_code, "takes no letters now" in done.stderr) == (1, True)
    command = ["letters", "print", "nobody", "--roster", str(tmp_path / "roster"), "--output", str(tmp_path / "out")]
    unknown = CliRunner().invoke(cli.campaign_app, command)
    assert (unknown.exit_code, "There is no campaign nobody." in unknown.stderr) == (1, True)


def test_each_call_makes_letters_of_its_own(app: Flask, shell_of: Any) -> None:
    for _ in range(2):
        assert shell_of("letters", "print", rows=roster()).exit_code == 0
    assert len({letter.reference for letter in recorded(app)}) == 6


def test_envelopes_for_a_roster_or_for_the_targets(app: Flask, shell_of: Any, tmp_path: Path) -> None:
    assert shell_of("envelopes", "print", "--size", "C6", rows=roster()).exit_code == 0
    pages = texts((tmp_path / "out").read_bytes())
    assert ["Nour El Qamar" in page for page in pages] == [False, True, False]
    assert all("EGYPT" in page for page in pages)
    assert shell_of("envelopes", "print", "--korea-post").exit_code == 0
    assert len(texts((tmp_path / "out").read_bytes())) == 1
    assert recorded(app) == []


def test_labels_start_at_the_first_free_one(app: Flask, shell_of: Any, tmp_path: Path) -> None:
    assert shell_of("labels", "print", "--start", "5", rows=roster()).exit_code == 0
    [page] = pictures((tmp_path / "out").read_bytes())
    assert not inked(page, 5, 16, 200, 75)  # two rows of two labels
    assert inked(page, 5, 92, 95, 36)
    wrong = shell_of("labels", "print", "--start", "15", rows=roster())
    assert (wrong.exit_code, "has 14 labels" in wrong.stderr) == (1, True)
    assert shell_of("labels", "print", "--sheet", "L7160").exit_code == 0
    assert recorded(app) == []


def test_the_command_works_in_the_instance_that_is_named(app: Flask, campaign: Campaign, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(roster())
    command = [
        sys.executable, "-m", "campaign_app", "letters", "print", campaign.slug, "--roster", "roster.csv",
        "--output", "letters.pdf",
    ]  # fmt: skip
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        command, cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": root, **environment(app)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(texts((tmp_path / "letters.pdf").read_bytes())) == len(recorded(app)) == 3
