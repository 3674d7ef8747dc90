"""A run of letters as a ZIP of DOCX."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from letters import LETTERS

from campaign_app.documents import letter_docx, run_zip
from campaign_app.documents.paper import DIN_5008_B, Layout

NAMED = [(f"{number} {letter.name}.docx", letter) for number, letter in enumerate(LETTERS.values(), 1)]
LAYOUT = Layout(window=DIN_5008_B, fold_marks=True)


def parts(size: int) -> list[bytes]:
    jobs = [(name, letter, LAYOUT) for name, letter in NAMED]
    made = [letter_docx.write_part(start + 1, jobs[start : start + size]) for start in range(0, len(jobs), size)]
    assert not any(refused for _, refused in made)
    return [part for part, _ in made]


def test_each_letter_is_the_file_that_it_is_alone(tmp_path: Path) -> None:
    run_zip.assemble(parts(5), tmp_path / "run.zip")
    with zipfile.ZipFile(tmp_path / "run.zip") as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == {
            name: letter_docx.write(letter, LAYOUT) for name, letter in NAMED
        }


def test_it_does_not_matter_how_letters_were_parted(tmp_path: Path) -> None:
    for size in (3, 100):
        run_zip.assemble(iter(parts(size)), tmp_path / f"{size}.zip")
    assert (tmp_path / "3.zip").read_bytes() == (tmp_path / "100.zip").read_bytes()


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    twice = [run_zip.part([("a.pdf", b"1")]), run_zip.part([("b.pdf", b"2"), ("a.pdf", b"3")])]
    with pytest.raises(run_zip.SameName, match=r"a\.pdf"):
        run_zip.assemble(twice, tmp_path / "run.zip")


def test_a_letter_that_no_document_can_hold_is_left_out_and_named() -> None:
    wrong = replace(LETTERS["en"], name="\0")
    part, refused = letter_docx.write_part(7, [("a", LETTERS["en"], LAYOUT), ("b", wrong, LAYOUT)])
    assert part == run_zip.part([("a", letter_docx.write(LETTERS["en"], LAYOUT))])
    assert refused == {8: "U+0000 cannot stand in a document."}
