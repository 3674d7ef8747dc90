"""How a sheet is arranged: geometry that holds for every design, and what is said where a text does not fit."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from sheets import TEXTS, content

from campaign_app.documents import sheet_page, sheet_passages
from campaign_app.documents.blocks import SetLine
from campaign_app.documents.lines import POINTS
from campaign_app.documents.paper import UNREACHED
from campaign_app.documents.sheet import SheetContent
from campaign_app.documents.sheet_blocks import SetPassage, stacks
from campaign_app.documents.sheet_design import SheetDesign
from campaign_app.documents.sheet_grid import MARK_CLEARANCE, MARK_INSET, SheetGrid
from campaign_app.documents.sheet_page import HIGHEST_ROW, LARGE_LEAST_ROW, LEAST_ROW, PAD, SheetPage, arrange
from campaign_app.documents.unfit import NoRoomOnSheet, TooWide, Unprintable

DESIGNS = [
    {"paper": paper, "landscape": landscape, "rows": rows, "consent": consent, "own_columns": own}
    for paper in ("A4", "Letter")
    for landscape in (False, True)
    for rows in ((8, 10) if landscape else (8, 14, 20))
    for consent, own in ((False, ()), (True, (("Postcode",), ("Age",))))
]
LONG = "This is a long text that goes on for a while, as petitions of lawyers do. " * 60


def long(text: str = LONG, **design: object) -> SheetContent:
    one = content("en", **design)
    return replace(one, texts=(replace(one.texts[0], text=text),))


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: "-".join(str(value) for value in design.values()))
def test_every_design_keeps_its_measures(design: dict[str, object]) -> None:
    page = arrange(content("en", **design))
    grid, table = page.grid, page.grid.table
    assert grid.count == design["rows"]
    assert LEAST_ROW <= grid.row_height <= HIGHEST_ROW + 1e-6
    assert max(b - a for a, b in pairwise(grid.rows)) - min(b - a for a, b in pairwise(grid.rows)) < 0.01
    assert [column.right for column in grid.columns[:-1]] == pytest.approx([c.left for c in grid.columns[1:]], abs=0.01)
    assert table.x == pytest.approx(12)
    assert table.right == pytest.approx(grid.width - 12, abs=0.1)
    assert grid.code.bottom < grid.count_box.y < grid.count_box.bottom < table.y
    assert table.bottom < grid.marks[2].y - MARK_CLEARANCE


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: "-".join(str(value) for value in design.values()))
def test_marks_stay_where_printers_reach_and_nothing_comes_close(design: dict[str, object]) -> None:
    page = arrange(content("en", **design))
    assert MARK_INSET > UNREACHED
    for mark in page.grid.marks:
        assert min(mark.x, mark.y) >= MARK_INSET
        assert max(mark.right - page.grid.width, mark.bottom - page.grid.height) <= -MARK_INSET
        assert _apart(mark, page.grid.code) >= MARK_CLEARANCE
        assert _apart(mark, page.grid.table) >= MARK_CLEARANCE


def _apart(one: object, other: object) -> float:
    across = max(one.x - other.right, other.x - one.right)  # type: ignore[attr-defined]
    down = max(one.y - other.bottom, other.y - one.bottom)  # type: ignore[attr-defined]
    return max(across, down)


@pytest.mark.parametrize("language", ["ar", "he", "ur", "fa"])
def test_right_to_left_sheets_are_the_mirror_of_the_others_but_for_their_marks(language: str) -> None:
    design = {"consent": True, "rows": 10}
    english = replace(TEXTS["en"], language=language)
    mirrored = arrange(replace(content(language, **design), texts=(english,))).grid
    straight = arrange(content("en", **design)).grid
    assert [mark.x for mark in mirrored.marks] == [mark.x for mark in straight.marks]
    assert mirrored.code.x == pytest.approx(straight.width - straight.code.right)
    assert mirrored.count_box.x == pytest.approx(straight.width - straight.count_box.right)
    assert [column.name for column in mirrored.columns] == [column.name for column in reversed(straight.columns)]
    assert [column.left for column in mirrored.columns] == pytest.approx(
        [straight.width - column.right for column in reversed(straight.columns)], abs=0.01
    )


def test_two_languages_stand_side_by_side_in_their_order() -> None:
    english, korean = (_first(arrange(content("en", "ko")), language) for language in ("en", "ko"))
    assert english[0] < korean[0]
    assert english[1] == korean[1]
    assert _first(arrange(content("ko", "en")), "ko")[0] == english[0]


def test_the_second_language_of_a_sheet_from_right_to_left_stands_at_the_left() -> None:
    page = arrange(content("ar", "en", rows=8))
    assert _first(page, "en")[0] < _first(page, "ar")[0]


def test_headings_and_statement_stand_where_the_sheet_begins_in_both_languages() -> None:
    page = arrange(content("ar", "en", rows=8))
    name = next(column for column in page.grid.columns if column.name == "name")
    arabic, english = page.parts.headings["name"].parts
    assert _right(arabic) == pytest.approx(_right(english), abs=0.2)
    assert _right(english) == pytest.approx(name.width - 2 * PAD, abs=0.2)
    assert [_right(part) for part in page.parts.statement.parts] == pytest.approx([page.frame.measure] * 2, abs=0.2)


@pytest.mark.parametrize("language", ["ar", "fa", "ur", "he"])
def test_a_latin_address_is_read_in_its_order_on_a_sheet_from_right_to_left(language: str) -> None:
    page = arrange(replace(content(language, rows=8), return_address=("12 Sample-ro", "Jung-gu", "04560 SEOUL")))
    said = page.parts.foot[0].parts[0].block
    assert "12 Sample-ro, Jung-gu, 04560 SEOUL" in " ".join(_from_left(line) for line in said.lines)


@pytest.mark.parametrize("width", range(20, 70, 2))
def test_an_address_keeps_its_order_and_its_words_wherever_its_lines_break(width: int) -> None:
    one = replace(content("ar"), return_address=("12 Sample-ro", "Jung-gu", "04560 SEOUL"))
    (stack,) = stacks([list(sheet_passages.foot(one, one.texts[0], width, 11))[:1]])
    shown = " ".join(_from_left(line) for line in stack.parts[0].block.lines)
    at = [shown.index(word) for word in ("12", "Sample-ro,", "Jung-gu,", "04560", "SEOUL")]
    assert at == sorted(at)


def test_a_text_that_is_not_translated_yet_runs_as_it_is_written() -> None:
    one = content("ar", rows=8)
    english = replace(one, texts=(replace(one.texts[0], title="Free Nadia", text="We ask you to:\n\n- free her."),))
    passages = [part.passage for part in arrange(english).parts.head[0].parts]
    assert [(passage.language, passage.said.text) for passage in passages if passage.language == "en"] == [
        ("en", "Free Nadia"), ("en", "We ask you to:"), ("en", "free her.")
    ]  # fmt: skip


def _right(part: SetPassage) -> float:
    """Where the longest line of a passage ends, in mm."""
    return max(line.x + line.line.width * line.size / 1000 for line in part.block.lines) / POINTS


def _from_left(line: SetLine) -> str:
    """The characters of a line from left to right."""
    glyphs = line.line.glyphs
    codes = (
        (piece.face.key, int(code, 16))
        for piece in line.line.pieces
        for shown in re.findall("<([0-9a-f]+)>", piece.shown)
        for code in re.findall("....", shown)
    )
    return "".join(glyphs[key][code] for key, code in codes)


def _first(page: SheetPage, language: str) -> tuple[float, float]:
    return next((one.x, one.y) for one in page.blocks if one.passage.passage.language == language
                and one.y < page.grid.rows[0] and one.passage.passage.size > page.points)  # fmt: skip


def test_a_longer_text_is_set_smaller_before_rows_become_lower() -> None:
    short, longer = arrange(content("en", rows=14)), arrange(long(LONG[:1600], rows=14))
    assert longer.points < short.points
    assert longer.grid.row_height >= sheet_page.EASY_ROW


def test_text_that_does_not_fit_says_by_how_much_and_what_helps() -> None:
    with pytest.raises(NoRoomOnSheet) as found:
        arrange(long(LONG[:2400], rows=20))
    assert 1 < found.value.millimetres < 60
    (fewer,) = [remedy for remedy in found.value.remedies if remedy.startswith("rows ")]
    assert arrange(long(LONG[:2400], rows=int(fewer.split()[1]))).grid.row_height >= LEAST_ROW


@pytest.mark.parametrize(
    ("design", "remedy"),
    [
        ({"landscape": True, "rows": 10}, "portrait"),
        ({"tear_off": True, "rows": 14}, "no tear-off"),
        ({"large_print": True, "rows": 12}, "no large print"),
    ],
)
def test_each_remedy_that_is_named_helps(design: dict[str, object], remedy: str) -> None:
    with pytest.raises(NoRoomOnSheet) as found:
        arrange(long(LONG[:2200], **design))
    assert remedy in found.value.remedies
    changed = {"portrait": {"landscape": False}, "no tear-off": {"tear_off": False},
               "no large print": {"large_print": False}}[remedy]  # fmt: skip
    arrange(long(LONG[:2200], **(design | changed)))


def test_one_language_helps_where_two_do_not_fit() -> None:
    both = content("en", "ko", rows=12)
    crowded = replace(both, texts=(both.texts[0], replace(both.texts[1], text=both.texts[1].text * 16)))
    with pytest.raises(NoRoomOnSheet) as found:
        arrange(crowded)
    assert "one language" in found.value.remedies


def test_a_text_that_fills_the_page_has_no_remedy_but_to_be_shorter() -> None:
    with pytest.raises(NoRoomOnSheet) as found:
        arrange(long(LONG * 3))
    assert found.value.remedies == ()


def test_large_print_is_larger_in_rows_and_type() -> None:
    page = arrange(content("en", rows=8, large_print=True))
    assert page.points >= 14
    assert page.grid.row_height >= LARGE_LEAST_ROW


def test_the_strip_is_below_the_marks_so_that_a_torn_sheet_is_still_read() -> None:
    grid = arrange(content("en", rows=12, tear_off=True)).grid
    assert grid.cut
    assert max(mark.bottom for mark in grid.marks) < grid.cut < grid.height - MARK_INSET


def test_safety_7_a_character_that_no_font_draws_is_named_with_its_field() -> None:
    one = content("en")
    with pytest.raises(Unprintable) as found:
        arrange(replace(one, texts=(replace(one.texts[0], title="Free \U0001f54a Nadia"),)))
    assert (found.value.field, found.value.characters) == ("title", ["\U0001f54a"])


def test_an_organizer_longer_than_its_line_is_named() -> None:
    with pytest.raises(TooWide) as found:
        arrange(replace(content("en", "ko"), organizer="A group with a name that goes on " * 5))
    assert found.value.field == "organizer"


def test_a_grid_of_an_arranged_page_is_read_again_as_it_was() -> None:
    grid = arrange(content("ko", "en", consent=True, tear_off=True, rows=8)).grid
    assert SheetGrid.from_json(grid.to_json()) == grid


def test_what_a_sheet_says_is_read_again_as_it_was() -> None:
    one = content("ko", "en", own_columns=(("우편번호", "Postcode"),))
    assert SheetContent.from_json(one.to_json()) == one
    assert SheetDesign.from_json(one.design.to_json()) == one.design
