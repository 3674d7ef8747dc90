from __future__ import annotations

from dataclasses import replace

import pytest
from letters import LETTERS
from pages import Page, opened, spaceless

from campaign_app.documents import case_sheet
from campaign_app.documents.case_sheet import CaseSheet, Words
from campaign_app.documents.paper import A4, LEAST_MARGIN, PAPERS, Paper
from campaign_app.documents.unfit import TooLong, Unprintable
from campaign_app.letters.letter import ItemList, Letter, Paragraph, Run

SHEET = CaseSheet(
    language="en",
    title="Free Tolva Meren",
    person="Tolva Meren",
    reference="UA 60/26",
    story=(Paragraph((Run("Tolva Meren taught history in Asmara until "), Run("March 2025", strong=True), Run("."))),),
    demands=(ItemList(((Run("Release her at once."),), (Run("Let her see a doctor."),))),),
    targets=("Minister of Justice, Ministry of Justice", "Ambassador, Embassy of Eritrea"),
    post_by="6 March 2026",
)


def of_letter(letter: Letter) -> CaseSheet:
    lists = tuple(block for block in letter.body if isinstance(block, ItemList))
    story = tuple(block for block in letter.body if isinstance(block, Paragraph))
    return CaseSheet(letter.language, letter.subject, letter.name, "UA 60/26", story, lists, (letter.addressee[0],))


def test_a_case_sheet_says_what_writers_should_know() -> None:
    text = spaceless(Page(case_sheet.write(SHEET, Words())).text)
    for said in ("Free Tolva Meren", "UA 60/26", "until March 2025.", "What we ask for", "Let her see a doctor.",
                 "Write to", "Ambassador, Embassy of Eritrea", "Post by 6 March 2026"):  # fmt: skip
        assert spaceless(said) in text


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_it_keeps_to_its_margins_in_every_script(letter: Letter, paper: Paper) -> None:
    page = Page(case_sheet.write(of_letter(letter), Words(), paper))
    ink = page.ink()
    assert ink
    assert ink.lies_within(
        LEAST_MARGIN, LEAST_MARGIN, paper.width - LEAST_MARGIN, paper.height - LEAST_MARGIN, tolerance=1
    )


def test_what_is_empty_is_left_out() -> None:
    text = Page(case_sheet.write(CaseSheet("en", "Free Tolva Meren"), Words())).text
    assert text.strip() == "Free Tolva Meren"


def test_a_long_story_is_set_smaller_and_one_of_two_pages_refused() -> None:
    story = Paragraph((Run("She wrote a letter to the paper and was taken from her classroom the same day. " * 4),))
    assert len(opened(case_sheet.write(replace(SHEET, story=(story,) * 6), Words())).pages) == 1
    with pytest.raises(TooLong) as raised:
        case_sheet.write(replace(SHEET, story=(story,) * 30), Words())
    assert raised.value.pages > 1


@pytest.mark.parametrize("field", ["title", "person", "reference", "post_by"])
def test_a_character_that_no_font_has_is_named_with_its_field(field: str) -> None:
    with pytest.raises(Unprintable) as raised:
        case_sheet.write(replace(SHEET, **{field: "Tolva \U0001f600"}), Words())
    assert (raised.value.field, raised.value.characters) == (field, ["\U0001f600"])


def test_a_value_is_never_markup() -> None:
    text = Page(case_sheet.write(replace(SHEET, title="<b>{{ 7*7 }}</b> & # *x*"), Words(), A4)).text
    assert "<b>{{ 7*7 }}</b> & # *x*" in text


def test_the_lines_of_whoever_prints_it_stand_at_the_head() -> None:
    page = Page(case_sheet.write(replace(SHEET, letterhead=("Group 48 Seoul", "since 1998")), Words()))
    text = spaceless(page.text)
    assert text.index("Group48Seoul") < text.index("since1998") < text.index(spaceless(SHEET.title))
