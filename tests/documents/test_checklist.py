from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp
from letters import LETTERS
from pages import Page, opened, spaceless

from campaign_app.documents import checklist
from campaign_app.documents.checklist import MARGIN, Head, Row, Words
from campaign_app.documents.paper import A4, PAPERS, Paper
from campaign_app.documents.unfit import Unprintable

HEAD = Head(
    "Free Tolva Meren",
    "Group 48, Seoul",
    "6 January 2026",
    (("Letters", "60"), ("Sheets of paper", "120"), ("Stamps for Zone 3", "60 × 1,100"), ("Post by", "6 March 2026")),
)


def row(number: int, **changes: object) -> Row:
    link = f"http://127.0.0.1:8000/l/{number:022d}"
    made = Row(number, f"Writer {number}", "Minister of Justice", "Eritrea", f"K7M2-{number:04d}", link)
    return replace(made, **changes)  # type: ignore[arg-type]


def test_it_says_which_campaign_and_how_much_of_everything() -> None:
    text = spaceless(Page(checklist.write(HEAD, [row(1)], Words())).text)
    for said in (
        "Checklist",
        *(HEAD.campaign, HEAD.group, HEAD.date),
        *(part for pair in HEAD.totals for part in pair),
    ):
        assert spaceless(said) in text


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_letter_has_its_line_on_as_many_pages_as_it_takes(paper: Paper) -> None:
    pdf = checklist.write(HEAD, [row(n) for n in range(1, 61)], Words(), paper)
    pages = [Page(pdf, number) for number in range(len(opened(pdf).pages))]
    text = "\n".join(page.text for page in pages)
    assert all(f"Writer {n}\n" in text or f"Writer {n} " in text for n in range(1, 61))
    assert all(f"Page {n} of {len(pages)}" in page.text for n, page in enumerate(pages, 1))
    for page in pages:
        ink = page.ink()
        assert ink
        assert ink.lies_within(MARGIN, MARGIN, paper.width - MARGIN, paper.height - MARGIN + 4)


def test_each_line_has_the_code_of_its_letter() -> None:
    rows = [row(n) for n in range(1, 9)]
    page = Page(checklist.write(HEAD, rows, Words()))
    codes = sorted(zxingcpp.read_barcodes(page.picture), key=lambda code: code.position.top_left.y)
    assert [code.text for code in codes] == [row.link for row in rows]


def test_a_letter_without_a_link_has_no_code() -> None:
    assert not zxingcpp.read_barcodes(Page(checklist.write(HEAD, [row(1, link="")], Words())).picture)


def test_each_line_has_a_box_to_tick() -> None:
    rows = [row(n) for n in range(1, 5)]
    page = Page(checklist.write(HEAD, rows, Words()))
    top = next(y for y in range(300) if _box(page, y / 2)) / 2
    assert all(_box(page, top + number * checklist.ROW) for number in range(4))
    assert not _box(page, top + 4 * checklist.ROW)


def test_a_letter_without_a_writer_is_a_guest_s() -> None:
    assert "guest" in Page(checklist.write(HEAD, [row(1, writer="")], Words())).text


def test_names_stand_in_every_script() -> None:
    rows = [row(n, writer=letter.name, language=tag) for n, (tag, letter) in enumerate(LETTERS.items(), 1)]
    pdf = checklist.write(HEAD, rows, Words())
    text = spaceless("".join(Page(pdf, number).text for number in range(len(opened(pdf).pages))))
    names = [spaceless(one.writer).replace("\u200c", "") for one in rows]  # PDFium leaves that out, as in letters
    assert all(character in text for name in names for character in name)


def test_what_is_too_long_for_its_column_ends_in_an_ellipsis() -> None:
    long = "Undersecretary of State for Human Rights, Fundamental Freedoms and International Relations"
    pdf = checklist.write(HEAD, [row(1, addressee=long, writer="W" * 60)], Words())
    assert Page(pdf).text.count("…") == 2


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_widest_reference_can_be_read_whole(paper: Paper) -> None:
    assert "WWWW-WWWW" in Page(checklist.write(HEAD, [row(1, reference="WWWW-WWWW")], Words(), paper)).text


def test_a_run_without_letters_still_has_its_head() -> None:
    assert "Page 1 of 1" in Page(checklist.write(HEAD, [], Words())).text


def test_the_words_are_the_reader_s() -> None:
    words = Words(title="확인 목록", writer="쓴 사람", page="%(pages)s쪽 중 %(page)s쪽", language="ko")
    text = spaceless(Page(checklist.write(HEAD, [row(1)], words)).text)
    assert all(spaceless(said) in text for said in ("확인 목록", "쓴 사람", "1쪽 중 1쪽"))


@pytest.mark.parametrize("field", ["writer", "addressee", "country", "reference"])
def test_a_character_that_no_font_has_is_named_with_its_field(field: str) -> None:
    with pytest.raises(Unprintable) as raised:
        checklist.write(HEAD, [row(1), row(2, **{field: "Amina \U0001f600"})], Words(), A4)
    assert (raised.value.field, raised.value.characters) == (field, ["\U0001f600"])


def _box(page: Page, y: float) -> bool:
    """Whether a box to tick has its upper edge near ``y`` mm."""
    ink = page.ink(MARGIN - 1, y, MARGIN + 7, y + 6)
    return (
        ink is not None and abs(ink.bottom - ink.top - checklist.TICK) < 0.6 and abs(ink.right - ink.left - 4.5) < 0.6
    )
