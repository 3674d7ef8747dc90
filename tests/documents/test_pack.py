"""A pack of papers: parts with rows, on as many pages as they take."""

from __future__ import annotations

from dataclasses import replace

import pytest
from letters import LETTERS
from pages import Page, opened, spaceless

from campaign_app.documents import pack
from campaign_app.documents.pack import Pack, Part, Row
from campaign_app.documents.paper import A4, LEAST_MARGIN, PAPERS, Paper
from campaign_app.documents.unfit import Unprintable
from campaign_app.letters.letter import Letter

PACK = Pack(
    language="en",
    title="Handover of Group 48",
    about="As of 6 January 2026",
    parts=(
        Part("Campaigns", (Row("Free Tolva Meren", ("UA 60/26", "Post by 6 March 2026"), box=True),)),
        Part("Outstanding", (), "Nothing is outstanding."),
        Part("Stock", (Row("40 stamps"),)),
    ),
    page="Page %(page)s of %(pages)s",
)


def pages(pdf: bytes) -> list[Page]:
    return [Page(pdf, number) for number in range(len(opened(pdf).pages))]


def test_it_says_everything_and_what_there_is_nothing_of() -> None:
    (page,) = pages(pack.write(PACK))
    for said in ("Handover of Group 48", "Free Tolva Meren", "UA 60/26", "Nothing is outstanding.", "Page 1 of 1"):
        assert spaceless(said) in spaceless(page.text)


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_it_keeps_to_its_margins_in_every_script(letter: Letter, paper: Paper) -> None:
    rows = tuple(Row(block.text, tuple(letter.addressee), box=True) for block in letter.body)
    content = replace(PACK, language=letter.language, title=letter.subject, parts=(Part(letter.closing, rows),))
    for page in pages(pack.write(content, paper)):
        ink = page.ink(bottom=paper.height - LEAST_MARGIN)
        assert ink
        assert ink.lies_within(
            LEAST_MARGIN, LEAST_MARGIN, paper.width - LEAST_MARGIN, paper.height - LEAST_MARGIN, tolerance=1
        )


def test_a_part_goes_to_the_next_page_whole_where_that_holds_it() -> None:
    long, short = (Row(f"Row {number}") for number in range(30)), (Row(f"Name {number}") for number in range(12))
    first, second = pages(pack.write(replace(PACK, parts=(Part("Long", tuple(long)), Part("Short", tuple(short))))))
    assert "Short" not in first.text
    assert "Name 0" in second.text


def test_a_part_that_no_page_holds_is_divided_between_rows_and_a_heading_keeps_its_first() -> None:
    rows = tuple(Row(f"Row {number}.", ("one", "two")) for number in range(60))
    found = pages(pack.write(replace(PACK, parts=(Part("Campaigns", rows),))))
    assert len(found) > 2
    assert all(page.text.count("one") == page.text.count("two") for page in found)
    assert sum(page.text.count("Row ") for page in found) == 60
    assert "Row 0." in found[0].text


def test_a_character_that_no_font_has_is_named_with_its_part() -> None:
    with pytest.raises(Unprintable) as raised:
        pack.write(replace(PACK, parts=(Part("Stock", (Row("Cash", ("\U0001f600",)),)),)))
    assert (raised.value.field, raised.value.characters) == ("Stock", ["\U0001f600"])


def test_a_value_is_never_markup() -> None:
    (page,) = pages(pack.write(replace(PACK, title="<b>{{ 7*7 }}</b> & *x*"), A4))
    assert "<b>{{ 7*7 }}</b> & *x*" in page.text


def test_the_same_pack_is_the_same_bytes() -> None:
    assert pack.write(PACK) == pack.write(PACK)


def test_the_lines_of_whoever_prints_it_stand_at_the_head() -> None:
    text = pages(pack.write(replace(PACK, letterhead=("Sea Lantern", "since 1998"))))[0].text
    assert text.index("Sea Lantern") < text.index("since 1998") < text.index("Handover")
