"""Sheets as DOCX: everything that stands on the PDF, numbered too, and in its place when LibreOffice prints it."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import zxingcpp
from docx.document import Document
from docx.oxml.ns import qn
from pages import Page, spaceless
from PIL import Image
from sheets import TEXTS, content, numbered

from campaign_app.documents import sheet_docx, sheet_words
from campaign_app.documents.sheet import SheetContent
from campaign_app.documents.sheet_page import arrange

SAMPLES = {
    "bilingual": content("en", "ko"),
    "mirrored": content("ar", landscape=True, rows=8),
    "torn": content("en", tear_off=True, consent=True, rows=9),
}
OFF = 0.8  # mm that lines may stand elsewhere than in the PDF: within what a reader of scans looks for them


def opened(one: SheetContent, count: int = 1) -> Document:
    return docx.Document(io.BytesIO(sheet_docx.write(one, numbered(count))))


def text_of(document: Document) -> str:
    """All that the document says, in its tables and theirs, and in its header."""
    parts = (document.element, document.sections[0].header._element)
    return "".join(said.text or "" for part in parts for said in part.iter(qn("w:t")))


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_everything_stands_on_it_in_every_language(language: str) -> None:
    one = content(language, rows=8)
    said, words = spaceless(text_of(opened(one))), sheet_words.words(language)
    said = said.replace("\u200e", "")  # a mark of direction is not seen
    (text,) = one.texts
    wanted = [text.title, *text.addressees, text.notice, text.who_may_sign, text.return_by, one.organizer]
    wanted += [words.name, words.either, words.signature, words.date, words.collector, words.place, words.statement]
    wanted += [words.count, "G48-P07-0001", sheet_words.words(language).page.replace("{n}", "1").replace("{m}", "1")]
    wanted += [part.removeprefix("- ") for part in text.text.split("\n") if part]
    assert [each for each in wanted if spaceless(each) not in said] == []


def test_each_sheet_is_numbered_and_has_a_code_of_its_own() -> None:
    document = opened(content("en", "ko"), 3)
    said = text_of(document)
    for number, sheet in enumerate(numbered(3), 1):
        assert said.count(sheet.serial) == 2
        assert f"Page {number} of 3" in said
    codes = [zxingcpp.read_barcodes(_on_white(blob))[0].text for blob in _codes(document)]
    assert sorted(codes) == [sheet.link for sheet in numbered(3)]


def _codes(document: Document) -> Iterator[bytes]:
    for relation in document.part.rels.values():
        if "code" in relation.target_ref:
            yield relation.target_part.blob


def _on_white(png: bytes) -> Image.Image:
    code = Image.open(io.BytesIO(png)).convert("L")
    white = Image.new("L", (code.width + 80, code.height + 80), 255)
    white.paste(code, (40, 40))
    return white


def test_rows_have_the_height_of_the_design() -> None:
    one = content("en", rows=14)
    document, grid = opened(one), arrange(one).grid
    signatures = document.tables[1]
    assert len(signatures.rows) == 15
    assert [row.height.mm for row in signatures.rows[1:]] == pytest.approx([grid.row_height] * 14, abs=0.05)
    assert [cell.width.mm for cell in signatures.rows[1].cells] == pytest.approx(
        [column.width for column in grid.columns], abs=0.05
    )


def test_safety_2_a_title_like_markup_is_as_typed() -> None:
    one = content("en")
    wild = "{{7*7}} A & B <C> </w:t></w:r>"
    said = text_of(opened(replace(one, texts=(replace(one.texts[0], title=wild, who_may_sign=wild),))))
    assert said.count(wild) == 2


def test_safety_13_a_docx_says_nothing_of_who_made_it() -> None:
    archive = zipfile.ZipFile(io.BytesIO(sheet_docx.write(content("en"), numbered(1))))
    assert b"python-docx" not in b"".join(map(archive.read, archive.namelist()))
    assert opened(content("en")).core_properties.author == ""


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What LibreOffice makes of the samples; all in one go, for it is slow to start."""
    folder = tmp_path_factory.mktemp("sheets")
    for name, one in SAMPLES.items():
        (folder / f"{name}.docx").write_bytes(sheet_docx.write(one, numbered(2)))
    profile = f"-env:UserInstallation=file://{tmp_path_factory.mktemp('profile')}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *folder.glob("*.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: Path(folder, f"{name}.pdf").read_bytes() for name in SAMPLES}


@pytest.mark.parametrize("name", SAMPLES)
def test_marks_code_and_table_stand_where_the_pdf_has_them(name: str, converted: dict[str, bytes]) -> None:
    grid = arrange(SAMPLES[name]).grid
    for number in range(2):
        page = Page(converted[name], number)
        for mark in grid.marks:
            found = page.ink(mark.x - 1, mark.y - 1, mark.right + 1, mark.bottom + 1)
            assert found
            assert (found.left, found.top) == pytest.approx((mark.x, mark.y), abs=OFF)
        (code,) = zxingcpp.read_barcodes(page.picture, formats=zxingcpp.BarcodeFormat.QRCode)
        assert code.text == numbered(2)[number].link
        assert code.position.top_left.x / page.picture.width * page.width == pytest.approx(grid.code.x, abs=OFF)
        column = next(column for column in grid.columns if column.name == "name")
        middle = (column.left + column.right) / 2  # where no heading reaches
        for y in grid.rows:
            line = page.ink(middle - 4, y - 1.5, middle + 4, y + 1.5)
            assert line
            assert line.top == pytest.approx(y, abs=OFF)
