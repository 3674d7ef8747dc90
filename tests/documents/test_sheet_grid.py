"""Where things stand on a sheet is kept with it, and read again as it was."""

from __future__ import annotations

import json

import pytest

from campaign_app.documents.sheet_design import Home, SheetDesign
from campaign_app.documents.sheet_grid import Box, Column, SheetGrid, corner_marks

GRID = SheetGrid(
    210, 297, corner_marks(7, 7, 203, 290), Box(176, 17, 22, 22), Box(176, 50, 22, 10),
    rows=(100.0, 110.0, 120.0, 130.0),
    columns=(Column("number", 12, 20), Column("name", 20, 90), Column("consent", 90, 198)),
    printed=(Box(140, 103, 4, 4),),
)  # fmt: skip


def test_a_grid_is_read_again_as_it_was_kept() -> None:
    assert SheetGrid.from_json(json.loads(json.dumps(GRID.to_json()))) == GRID


def test_a_design_is_read_again_as_it_was_kept() -> None:
    design = SheetDesign(("ko", "en"), "Letter", True, 9, Home.CITY, (("우편번호", "Postcode"),), True, True, True)
    assert SheetDesign.from_json(json.loads(json.dumps(design.to_json()))) == design


def test_marks_stand_in_the_corners_clockwise_from_the_top_left() -> None:
    assert [(mark.x, mark.y) for mark in GRID.marks] == [(7, 7), (198, 7), (198, 285), (7, 285)]


def test_rows_are_counted_between_their_lines_and_cells_are_what_people_write_in() -> None:
    assert (GRID.count, GRID.row_height) == (3, 10)
    assert GRID.table == Box(12, 100, 186, 30)
    assert GRID.column_lines == (12, 20, 90, 198)
    assert GRID.cells == ((20, 90), (90, 198))


@pytest.mark.parametrize(
    ("paper", "landscape", "size"),
    [("A4", False, (210, 297)), ("A4", True, (297, 210)), ("Letter", True, (279.4, 215.9))],
)
def test_paper_lies_as_it_was_chosen(paper: str, landscape: bool, size: tuple[float, float]) -> None:
    page = SheetDesign(("en",), paper, landscape).page
    assert (page.width, page.height) == size
