"""A run of letters as a ZIP of DOCX."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace

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


def assembled(parts: Iterable[bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    run_zip.assemble(parts, stream)
    return stream


def test_each_letter_is_the_file_that_it_is_alone() -> None:
    with zipfile.ZipFile(assembled(parts(5))) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == {
            name: letter_docx.write(letter, LAYOUT) for name, letter in NAMED
        }


def test_it_does_not_matter_how_letters_were_parted() -> None:
    assert assembled(parts(3)).getvalue() == assembled(parts(100)).getvalue()


def test_two_files_of_one_name_are_refused() -> None:
    twice = [run_zip.part([("a.pdf", b"1")]), run_zip.part([("b.pdf", b"2"), ("a.pdf", b"3")])]
    with pytest.raises(run_zip.SameName, match=r"a\.pdf"):
        assembled(twice)


def test_a_letter_that_no_document_can_hold_is_left_out_and_named() -> None:
    wrong = replace(LETTERS["en"], name="\0")
    part, refused = letter_docx.write_part(7, [("a", LETTERS["en"], LAYOUT), ("b", wrong, LAYOUT)])
    assert part == run_zip.part([("a", letter_docx.write(LETTERS["en"], LAYOUT))])
    assert refused == {8: "U+0000 cannot stand in a document."}
