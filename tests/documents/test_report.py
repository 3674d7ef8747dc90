"""A report in numbers on paper, in every script."""

from __future__ import annotations

from dataclasses import replace

import pytest
from letters import LETTERS
from pages import Page, opened, spaceless

from campaign_app.documents import report
from campaign_app.documents.marks import Fill, Text
from campaign_app.documents.paper import A4, PAPERS, Paper
from campaign_app.documents.report import MARGIN, Columns, Figures, Lines, Part, Report, Table
from campaign_app.documents.unfit import Unprintable
from campaign_app.letters.letter import Letter

ROWS = tuple((f"Group {number}", f"{number:,}", "3") for number in range(2000, 1970, -1))
REPORT = Report(
    language="en",
    title="Letters and what came of them",
    about=("Letters for Human Rights", "2026"),
    parts=(
        Part("Letters", (Figures((("1,234", "made"), ("99", "posted"))),)),
        Part("By week", (Columns((("2 Mar", 4), ("9 Mar", 0), ("16 Mar", 8))),)),
        Part("By group", (Table(("Group", "Made", "Posted"), ROWS, tuple(range(30, 0, -1))),)),
        Part(
            "Outcomes", (Lines(("Nothing yet.",)), Table(("Day", "What"), (("6 May 2026", "Released"),), numbers=False))
        ),
    ),
    page="Page %(page)s of %(pages)s",
)


def pages(pdf: bytes) -> list[Page]:
    return [Page(pdf, number) for number in range(len(opened(pdf).pages))]


def test_it_says_every_number_and_counts_its_pages() -> None:
    first, second = pages(report.write(REPORT))
    text = spaceless(first.text + second.text)
    for said in ("1,234", "made", "16 Mar", "Nothing yet.", "Released", "Page 2 of 2", *(row[0] for row in ROWS)):
        assert spaceless(said) in text


def test_a_table_that_goes_on_says_again_what_its_columns_are() -> None:
    _, second = pages(report.write(REPORT))
    assert spaceless("Group") in spaceless(second.text.split("Page")[0])
    assert "Posted" in second.text


def test_bars_and_columns_are_as_long_as_their_numbers() -> None:
    first, *_ = report.pages(REPORT)
    fills = [mark for mark in first.marks if isinstance(mark, Fill)]
    assert fills[1].height == pytest.approx(2 * fills[0].height)
    widths = [mark.width for mark in fills[2:]]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_it_keeps_its_margins_in_every_script(letter: Letter, paper: Paper) -> None:
    words = letter.subject
    told = replace(
        REPORT, language=letter.language, title=words,
        parts=(Part(words, (Table((words, words, words), ((words, "12,345", "6"),), (1,)),)),),
    )  # fmt: skip
    ink = pages(report.write(told, paper))[0].ink()
    assert ink
    assert ink.lies_within(MARGIN, MARGIN, paper.width - MARGIN, paper.height, tolerance=1.5)


def test_from_right_to_left_it_is_the_mirror_image() -> None:
    (first, *_), (mirrored, *_) = report.pages(REPORT), report.pages(replace(REPORT, language="ar"))
    title, other = (next(m for m in page.marks if isinstance(m, Text)) for page in (first, mirrored))
    assert other.x == pytest.approx(A4.width - title.x)
    assert (title.align, other.align) == ("left", "right")


def test_what_no_font_draws_is_named() -> None:
    with pytest.raises(Unprintable):
        report.write(replace(REPORT, title="\U0001f9ff\U0010fffd"))
