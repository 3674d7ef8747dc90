"""What is taken of a run and printed: letters in every format and order, envelopes, labels, checklist, case sheet."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pikepdf
import pytest
import zxingcpp
from docx import Document
from flask import Flask

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.documents.paper import ENVELOPES, LABEL_SHEETS
from campaign_app.print_runs.models import RunFile
from campaign_app.print_runs.plan import Part
from campaign_app.targets.models import Holder, Office, Target
from campaign_app.targets.models import Part as TargetPart
from tests.conftest import store
from tests.print_runs.conftest import Runs, add_text, pictures, roster, texts

MM = 72 / 25.4
NAMES = ["김솔빛", "Nour El Qamar", "Amina Castellan"]


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of the pages in mm."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {tuple(round(float(side) / MM) for side in page.mediabox[2:]) for page in document.pages}  # type: ignore[misc]


def order(pages: list[str]) -> list[str]:
    """Whose letters these are."""
    return [next(name for name in NAMES if name in page) for page in pages]


def inked(picture: Any, left: float, top: float, width: float, height: float) -> bool:
    """Whether anything is printed there, in mm, on a picture with 100 dpi."""
    box = [round(value * 100 / 25.4) for value in (left, top, left + width, top + height)]
    darkest: int = picture.crop(box).getextrema()[0]
    return darkest < 128


def add_target(app: Flask, campaign: Campaign, **values: Any) -> Target:
    target = Target(languages=["en"], holders=[Holder(name="A Holder")], **values)
    store(app, target)
    with app.app_context():
        stored = db.session.get_one(Campaign, campaign.id)
        if target.part is not TargetPart.EMBASSY:
            stored.targets.append(db.session.get_one(Target, target.id))
        db.session.commit()
    return target


def test_the_pdf_of_a_run_has_a_page_for_each_letter(runs: Runs) -> None:
    pdf = runs.file(runs.made())
    assert (len(texts(pdf)), sizes(pdf)) == (3, {(210, 297)})


def test_on_both_sides_each_letter_has_a_sheet_of_its_own(runs: Runs) -> None:
    pages = texts(runs.file(runs.made(sides="2")))
    assert [bool(page.strip()) for page in pages] == [True, False, True, False, True, False]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_letters_are_on_the_paper_that_was_chosen(runs: Runs, paper: str) -> None:
    assert sizes(runs.file(runs.made(paper=paper))) == {{"A4": (210, 297), "Letter": (216, 279)}[paper]}


def test_one_docx_has_a_section_for_each_letter(runs: Runs) -> None:
    document = Document(io.BytesIO(runs.file(runs.made(format="docx"))))
    assert len(document.sections) == 3
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(name in said for name in NAMES)
    assert "python-docx" not in document.core_properties.author


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_zip_has_a_file_with_a_readable_name_for_each_letter(runs: Runs, kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(runs.file(runs.made(format=f"{kind}.zip")))) as archive:
        assert archive.namelist() == [
            f"0002-김솔빛-EG.{kind}", f"0003-Nour-El-Qamar-EG.{kind}", f"0004-Amina-Castellan-EG.{kind}",
        ]  # fmt: skip
        content = archive.read(archive.namelist()[1])
    if kind == "pdf":
        assert "Nour El Qamar" in texts(content)[0]
    else:
        assert any("Nour El Qamar" in paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("given", ["김솔빛", "Nour El Qamar", "Amina Castellan"]),
        ("name", ["Amina Castellan", "Nour El Qamar", "김솔빛"]),
        ("language", ["Nour El Qamar", "Amina Castellan", "김솔빛"]),
    ],
)
def test_letters_lie_in_the_order_that_was_chosen(app: Flask, runs: Runs, wanted: str, expected: list[str]) -> None:
    add_text(app, runs.campaign, "ko", "{{ person }} {{ own_words }}")
    run_id = runs.made(order=wanted, parts=["letters", "checklist"])
    assert order(texts(runs.file(run_id))) == expected
    [checklist] = texts(runs.file(run_id, "checklist"))
    assert sorted(NAMES, key=checklist.index) == expected


def test_letters_lie_by_the_country_that_they_go_to(app: Flask, runs: Runs) -> None:
    other = add_target(
        app, runs.campaign, office=Office.HEAD_OF_STATE, position="President of Chad", lines="N'Djamena", country="TD"
    )
    run_id = runs.made(order="country", targets=[runs.campaign.targets[0].id, other.id])
    assert [letter.country for letter in runs.letters(run_id)] == ["EG"] * 3 + ["TD"] * 3
    assert ["CHAD" in page for page in texts(runs.file(run_id))] == [False] * 3 + [True] * 3


def test_the_embassy_in_the_writers_country_gets_a_letter_where_it_is_wanted(app: Flask, runs: Runs) -> None:
    add_target(
        app, runs.campaign, office=Office.AMBASSADOR, position="Ambassador of Egypt", lines="Seoul", country="KR",
        represents="EG", part=TargetPart.EMBASSY,
    )  # fmt: skip
    assert len(texts(runs.file(runs.made()))) == 3
    rows = roster("Minji,,Seoul,,KR,en,,,", "Amélie,,Paris,,FR,en,,,")
    pages = texts(runs.file(runs.made(rows, parts=["letters", "embassy"])))
    assert ["Ambassador" in page for page in pages] == [False, True, False]


@pytest.mark.parametrize("size", ENVELOPES)
def test_each_letter_has_an_envelope_of_the_size_that_was_chosen(runs: Runs, size: str) -> None:
    pdf = runs.file(runs.made(parts=["envelopes"], envelope=size, return_to="writer"), "envelopes")
    assert sizes(pdf) == {(round(ENVELOPES[size].width), round(ENVELOPES[size].height))}
    assert all("EGYPT" in page and "Al Ittihadia" in page for page in texts(pdf))
    assert "Nour El Qamar" in texts(pdf)[1]


def test_the_post_of_korea_has_a_layout_of_its_own(runs: Runs) -> None:
    ours, theirs = (
        runs.file(runs.made(parts=["envelopes"], **layout), "envelopes") for layout in ({}, {"korea_post": "y"})
    )
    assert texts(ours)[0].split() == texts(theirs)[0].split()
    assert pictures(ours)[0].tobytes() != pictures(theirs)[0].tobytes()


@pytest.mark.parametrize("name", [name for name in LABEL_SHEETS if name not in ("L7651", "5160")])
def test_labels_start_at_the_first_free_one(runs: Runs, name: str) -> None:
    sheet = LABEL_SHEETS[name]
    first = sheet.labels - 1
    pdf = runs.file(runs.made(parts=["labels"], label_sheet=name, first_label=str(first)), "labels")
    pages = pictures(pdf)
    assert [picture.count("EGYPT") for picture in texts(pdf)] == [2, 1]
    used = {place for place in range(1, sheet.labels + 1) if inked(pages[0], *_place(sheet, place))}
    assert used == {first, first + 1}


def _place(sheet: Any, number: int) -> tuple[float, float, float, float]:
    row, column = divmod(number - 1, sheet.columns)
    return (
        sheet.left + column * sheet.pitch_x, sheet.top + row * sheet.pitch_y, sheet.width, sheet.height,
    )  # fmt: skip


def test_labels_and_envelopes_move_by_the_printers_offset(runs: Runs) -> None:
    for part in ("labels", "envelopes"):
        before, after = (
            pictures(runs.file(runs.made(parts=[part], **offset), part))[0].point(lambda shade: 255 - shade).getbbox()
            for offset in ({}, {"offset_x": "5", "offset_y": "-2.5"})
        )
        assert abs(after[0] - before[0] - 5 / 25.4 * 100) <= 1
        assert abs(after[1] - before[1] + 2.5 / 25.4 * 100) <= 1


def test_a_sheet_has_no_label_beyond_its_last(runs: Runs) -> None:
    answer = runs.prepare(roster(), parts=["labels"], label_sheet="L7163", first_label="15")
    assert (answer.status_code, "This sheet has 14 labels." in answer.text) == (422, True)


def test_the_checklist_has_a_box_and_a_code_for_each_letter(runs: Runs) -> None:
    run_id = runs.made(parts=["letters", "checklist"])
    [page] = pictures(runs.file(run_id, "checklist"), dpi=300)
    codes = [code.text for code in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)]
    letters = runs.letters(run_id)
    assert {keys.token_hash(code.rsplit("/", 1)[1]) for code in codes} == {letter.token_hash for letter in letters}
    assert {letter.reference for letter in letters} <= set(texts(runs.file(run_id, "checklist"))[0].split())


def test_the_code_on_a_letter_leads_to_its_page(runs: Runs) -> None:
    run_id = runs.made()
    pages = pictures(runs.file(run_id), dpi=300)
    for page, letter in zip(pages, runs.letters(run_id), strict=True):
        [code] = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
        assert keys.token_hash(code.text.rsplit("/", 1)[1]) == letter.token_hash
        path = re.sub(r"^https?://[^/]+", "", code.text)
        assert letter.reference in runs.client.get(path).text


def test_the_case_sheet_tells_the_story(runs: Runs) -> None:
    run_id = runs.made(parts=["case sheet"])
    [page] = texts(runs.file(run_id, "case sheet"))
    assert "detained since March" in page.replace("\n", " ")
    assert "Release Nadia Example." in page


def test_every_part_of_the_plan_is_a_file(app: Flask, runs: Runs) -> None:
    parts = [part.value for part in Part]
    run_id = runs.made(parts=parts)
    with app.app_context():
        made = {file.part for file in db.session.query(RunFile).filter_by(run_id=run_id)}
    assert made == set(parts) - {"embassy"}
    for part in made:
        answer = runs.client.get(f"/desk/runs/{run_id}/files/{part}")
        assert answer.headers["Content-Disposition"].startswith(f"attachment; filename={runs.campaign.slug}-{run_id}-")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("kind", "name", "status"),
    [("envelope", "DL", 200), ("labels", "L7163", 200), ("envelope", "XL", 404), ("kites", "DL", 404)],
)
def test_there_is_a_test_page_for_each_envelope_and_sheet(runs: Runs, kind: str, name: str, status: int) -> None:
    answer = runs.client.get(f"/desk/runs/test-page/{kind}/{name}.pdf")
    assert answer.status_code == status
    assert status == 404 or "Print at 100" in texts(answer.data)[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"parts": []}, {"parts": ["embassy"]}, {"targets": []}, {"targets": ["999"]}, {"day": "2020-01-01"},
        {"day": ""}, {"offset_x": "21"}, {"offset_y": "x"}, {"envelope": "XL"}, {"language": "fr"},
        {"first_label": "0"},
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_at_its_field(runs: Runs, wrong: dict[str, Any]) -> None:
    answer = runs.prepare(roster(), **wrong)
    assert answer.status_code == 422
    assert f'href="#{next(iter(wrong))}"' in answer.text
