"""A signature sheet arranged on its page: as large in type as leaves rows that can be written in with ease."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from campaign_app import languages
from campaign_app.documents import sheet_foot, sheet_machine, sheet_passages, sheet_strip, sheet_table
from campaign_app.documents.marks import Mark
from campaign_app.documents.sheet import SheetContent
from campaign_app.documents.sheet_blocks import SetPassage, Stack, stacks
from campaign_app.documents.sheet_design import FEWEST_ROWS
from campaign_app.documents.sheet_frame import SIDE, SheetFrame
from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.documents.unfit import NoRoomOnSheet

SIZES, LARGE_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5), (16.0, 15.0, 14.0)  # pt; text may be no smaller than the last
# The least height of a row: college-ruled paper has lines 7.1 mm apart (ISO has none), which suits a sitting writer
# who keeps to them; below 7.5 whoever stands with a clipboard writes into the rows above and below. Rows of 9.5 are
# written in with ease (PAPER.md), so type is set smaller before rows become lower; above 12 they would look lost.
LEAST_ROW, EASY_ROW, HIGHEST_ROW = 7.5, 9.5, 12.0
LARGE_LEAST_ROW, LARGE_EASY_ROW = 9.5, 12.0
PAD, HEADING_PAD = 1.2, 1.2  # mm; from a cell's sides to its heading, and above and below headings
AROUND_TABLE = 3.0


@dataclass(frozen=True)
class PlacedBlock:
    """A passage with its upper left corner, in mm."""

    passage: SetPassage
    x: float
    y: float


@dataclass(frozen=True)
class SheetParts:
    """What stands in which part of a sheet, and where the part begins, in mm: for who sets it anew, as a DOCX does."""

    head: tuple[Stack, ...]
    head_top: float
    headings: Mapping[str, Stack]
    header_height: float
    statement: Stack
    statement_top: float
    foot: tuple[Stack, ...]
    foot_top: float


@dataclass(frozen=True)
class SheetPage:
    """All that the sheets of a batch share, in its place; ``points`` is the size of the text."""

    content: SheetContent
    frame: SheetFrame
    grid: SheetGrid
    points: float
    blocks: tuple[PlacedBlock, ...]
    marks: tuple[Mark, ...]
    parts: SheetParts


def arrange(content: SheetContent) -> SheetPage:
    """The sheet on its page. Raises ``Unprintable``, and ``NoRoomOnSheet`` where rows would be too low to write in."""
    content.check()
    draft = _draft(content)
    if draft.row_height < _least_row(content):
        raise NoRoomOnSheet(draft.missing, tuple(_remedies(content, draft)))
    return draft.page()


def _draft(content: SheetContent) -> _Draft:
    """The largest type that leaves easy rows, or else the smallest."""
    easy = LARGE_EASY_ROW if content.design.large_print else EASY_ROW
    sizes = LARGE_SIZES if content.design.large_print else SIZES
    drafts = cache(lambda place: _Draft(content, sizes[place]))
    place = bisect_left(range(len(sizes) - 1), True, key=lambda place: drafts(place).row_height >= easy)
    return drafts(place)


def _least_row(content: SheetContent) -> float:
    return LARGE_LEAST_ROW if content.design.large_print else LEAST_ROW


def _remedies(content: SheetContent, draft: _Draft) -> Iterator[str]:
    """Each change of the design by which the same texts would fit."""
    design = content.design
    rows = int(draft.room // _least_row(content))
    if rows >= FEWEST_ROWS:
        yield f"rows {rows}"
    if _fits(replace(content, design=replace(design, landscape=not design.landscape))):
        yield "portrait" if design.landscape else "landscape"
    if len(design.languages) > 1 and _fits(_in_one_language(content)):
        yield "one language"
    if design.tear_off and _fits(replace(content, design=replace(design, tear_off=False))):
        yield "no tear-off"
    if design.large_print and _fits(replace(content, design=replace(design, large_print=False))):
        yield "no large print"


def _in_one_language(content: SheetContent) -> SheetContent:
    own = tuple(headings[:1] for headings in content.design.own_columns)
    design = replace(content.design, languages=content.design.languages[:1], own_columns=own)
    return replace(content, design=design, texts=content.texts[:1])


def _fits(content: SheetContent) -> bool:
    return _draft(content).row_height >= _least_row(content)


class _Draft:
    """A sheet in one size of type, to see how much room it leaves for rows."""

    def __init__(self, content: SheetContent, points: float) -> None:
        self.content, self.points = content, points
        self.frame = SheetFrame(content.design, languages.direction(content.language) == "rtl")
        self.columns = list(sheet_table.columns(self.frame))
        self._set()

    def _set(self) -> None:
        """Everything that is broken into lines, at once."""
        content, points = self.content, self.points
        texts = content.texts
        headed = [column for column in self.columns if column.name != "number"]
        head = [
            sheet_passages.head(text, width, points) for text, (_, width) in zip(texts, self.frame.head, strict=True)
        ]
        headings = [sheet_passages.heading(content, column.name, column.width - 2 * PAD, points) for column in headed]
        foot = [
            sheet_passages.foot(content, text, width, points)
            for text, (_, width) in zip(texts, self.frame.foot, strict=True)
        ]
        statement = sheet_passages.statement(content, self.frame.measure, points)
        self.statement, *done = stacks([statement, *head, *headings, *foot])
        self.head, rest = done[: len(head)], done[len(head) :]
        self.headings, self.foot = dict(zip(headed, rest, strict=False)), rest[len(headings) :]

    @cached_property
    def head_top(self) -> float:
        return self.frame.top + sheet_machine.logo_room(self.content)

    @cached_property
    def head_bottom(self) -> float:
        return max(
            self.head_top + max(stack.height for stack in self.head), sheet_machine.bottom(self.frame, self.content)
        )

    @cached_property
    def header_height(self) -> float:
        return max(stack.height for stack in self.headings.values()) + 2 * HEADING_PAD

    @cached_property
    def foot_top(self) -> float:
        """Where the collector's statement begins; the foot stands at the bottom."""
        return self.frame.bottom - max(stack.height for stack in self.foot) - self.box_height - self.statement.height

    @cached_property
    def box_height(self) -> float:
        return sheet_foot.height(self.content)

    @cached_property
    def room(self) -> float:
        """What is left for rows, in mm."""
        return self.foot_top - AROUND_TABLE - self.head_bottom - AROUND_TABLE - self.header_height

    @property
    def row_height(self) -> float:
        return min(self.room / self.content.design.rows, HIGHEST_ROW * (1.25 if self.content.design.large_print else 1))

    @property
    def missing(self) -> float:
        return self.content.design.rows * _least_row(self.content) - self.room

    def page(self) -> SheetPage:
        rows = self.content.design.rows
        last = self.foot_top - AROUND_TABLE
        lines = tuple(round(last - (rows - number) * self.row_height, 3) for number in range(rows + 1))
        grid = SheetGrid(
            self.frame.width, self.frame.height, self.frame.marks, self.frame.code,
            sheet_machine.count_box(self.frame, self.content), lines, tuple(self.columns),
            tuple(sheet_table.ticks(self.columns, lines)), self.frame.cut,
        )  # fmt: skip
        marks = (
            *sheet_table.marks(grid, self.header_height, large_print=self.content.design.large_print),
            *sheet_foot.marks(self.frame, self.content, self.foot_top + self.statement.height),
            *sheet_machine.marks(self.frame, self.content),
            *sheet_strip.marks(self.frame, self.content),
        )
        return SheetPage(
            self.content, self.frame, grid, self.points, tuple(self._blocks(grid)), marks, self._parts()
        )  # fmt: skip

    def _parts(self) -> SheetParts:
        below = self.foot_top + self.statement.height + self.box_height
        headings = {column.name: stack for column, stack in self.headings.items()}
        return SheetParts(
            tuple(self.head), self.head_top, headings, self.header_height, self.statement, self.foot_top,
            tuple(self.foot), below,
        )  # fmt: skip

    def _blocks(self, grid: SheetGrid) -> Iterator[PlacedBlock]:
        for stack, (x, _) in zip(self.head, self.frame.head, strict=True):
            yield from stacked(stack, x, self.head_top)
        for column, stack in self.headings.items():
            yield from stacked(stack, column.left + PAD, grid.rows[0] - self.header_height + HEADING_PAD)
        yield from stacked(self.statement, SIDE, self.foot_top)
        top = self.foot_top + self.statement.height + self.box_height
        for stack, (x, _) in zip(self.foot, self.frame.foot, strict=True):
            yield from stacked(stack, x, top)


def stacked(stack: Stack, x: float, y: float) -> Iterator[PlacedBlock]:
    for part in stack.parts:
        yield PlacedBlock(part, x, y + part.passage.above)
        y += part.height
