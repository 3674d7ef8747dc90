"""The tables of a signature sheet in a word processor, where the PDF has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from campaign_app.documents import sheet_foot, sheet_passages, sheet_words
from campaign_app.documents.sheet_blocks import Stack
from campaign_app.documents.sheet_frame import COLUMN_GAP, MACHINE, MACHINE_GAP, SLOT, STRIP_HEAD
from campaign_app.documents.sheet_grid import MARK
from campaign_app.documents.sheet_machine import CAPTION_LEADING
from campaign_app.documents.sheet_page import PAD, SheetPage
from campaign_app.documents.sheet_table import FRAME, LINE
from campaign_app.documents.sheet_word_text import of_passage, paragraph
from campaign_app.documents.word_places import SEPARATOR, Cell, Row, inner_table, table, thin

SERIAL_BELOW, SERIAL_HIGH = 2.6, 5.0  # mm; from the code to the serial, and how high its line is
TICK = "☐"
SLOT_LINE = "_" * 26


class Body:
    """What stands on a sheet from its head to its foot; what is different on each sheet is put in last."""

    def __init__(self, page: SheetPage) -> None:
        self._page, self._parts, self._frame = page, page.parts, page.frame
        self._head = _beside(self._parts.head, self._frame.head)
        self._below = "".join((self._signatures(), self._collector(), self._foot()))
        self._strip = "".join(self._torn_off())

    def of(self, serial: str, pages: str) -> str:
        """The sheet with its serial, and the words that say which page it is."""
        return f"{self._above(serial)}{self._below}{self._band(pages, serial)}{self._strip}"

    def _above(self, serial: str) -> str:
        """The texts and, beside them, the column of the code."""
        grid = self._page.grid
        cells = (*self._head, Cell(MACHINE_GAP), Cell(MACHINE, f"{inner_table(list(self._machine(serial)))}{thin()}"))
        if self._frame.right_to_left:
            cells = (cells[-1], cells[-2], *self._head)
        height = grid.table.y - self._parts.header_height - self._parts.head_top
        return table([Row(cells, height - SEPARATOR)])

    def _machine(self, serial: str) -> Iterator[Row]:
        box, language = self._page.grid.count_box, self._page.content.language
        top = self._page.grid.code.bottom + SERIAL_BELOW
        yield Row((Cell(MACHINE),), top - self._parts.head_top)
        line = paragraph(language, "serial", serial, align="center", left_to_right=True)
        yield Row((Cell(MACHINE, line),), SERIAL_HIGH)
        shown = self._page.content.design.languages
        yield Row((Cell(MACHINE),), box.y - CAPTION_LEADING * len(shown) - top - SERIAL_HIGH)
        for each in shown:
            caption = paragraph(each, "count", sheet_words.words(each).count, align="center")
            yield Row((Cell(MACHINE, caption),), CAPTION_LEADING)
        yield Row((Cell(MACHINE, lines=FRAME),), box.height)

    def _signatures(self) -> str:
        grid = self._page.grid
        headings = {name: _said(stack, PAD) for name, stack in self._parts.headings.items()}
        rows = [self._row(headings, self._parts.header_height)]
        rows += [self._row(self._within(number), grid.row_height) for number in range(1, grid.count + 1)]
        return table(rows)

    def _row(self, said: Mapping[str, str], height: float) -> Row:
        columns = self._page.grid.columns
        return Row(tuple(Cell(one.width, said.get(one.name, ""), LINE, "center") for one in columns), height)

    def _within(self, number: int) -> dict[str, str]:
        """What is printed in a row."""
        language = self._page.content.language
        return {
            "number": paragraph(language, "number", f"{number}", align="center", left_to_right=True),
            "consent": paragraph(language, "number", TICK, align="center"),
        }

    def _collector(self) -> str:
        """The statement, and below it the box that its collector fills in."""
        frame, content = self._frame, self._page.content
        box = self._parts.statement_top + self._parts.statement.height + sheet_foot.ABOVE
        gap = box - self._page.grid.table.bottom - 2 * SEPARATOR
        said = table([Row((Cell(frame.measure, _said(self._parts.statement), stands="bottom"),), gap)])
        total = sum(sheet_foot.SHARES.values())
        cells = [
            Cell(frame.measure * share / total, "".join(self._captions(name)), sheet_foot.FRAME)
            for name, share in sheet_foot.SHARES.items()
        ]
        height = sheet_foot.height(content) - sheet_foot.BELOW - sheet_foot.ABOVE
        return said + table([Row(tuple(cells[::-1] if frame.right_to_left else cells), height)])

    def _captions(self, name: str) -> Iterator[str]:
        for language in self._page.content.design.languages:
            said = getattr(sheet_words.words(language), name)
            yield paragraph(language, "caption", said, align=self._side(language), indent=PAD, far_indent=PAD)

    def _side(self, language: str) -> str:
        return sheet_passages.side(self._page.content, language)

    def _foot(self) -> str:
        """Down to the band between the lower marks."""
        height = self._frame.low - MARK - self._parts.foot_top + sheet_foot.BELOW
        cells = _beside(self._parts.foot, self._frame.foot, sheet_foot.BELOW - SEPARATOR)
        return table([Row(cells, height - 2 * SEPARATOR)])

    def _band(self, near: str, far: str) -> str:
        return table([Row(band(self._page, near, far), MARK)])

    def _torn_off(self) -> Iterator[str]:
        """The strip: what it is for, and numbered lines."""
        frame = self._frame
        if frame.cut is None:
            return
        line = Cell(frame.measure, lines=0.2, sides=("bottom",), dash="dashed")
        yield table([Row((line,), frame.cut - frame.low - SEPARATOR)])
        said = "".join(
            paragraph(language, "caption", sheet_words.words(language).tear, align=self._side(language))
            for language in self._page.content.design.languages
        )
        yield table([Row((Cell(frame.measure, said),), STRIP_HEAD - 2 * SEPARATOR)])
        yield table([Row(tuple(cells), SLOT) for cells in self._slots()])

    def _slots(self) -> Iterator[list[Cell]]:
        frame, count = self._frame, self._page.grid.count
        for start in range(1, count + 1, frame.slots):
            numbers = range(start, start + frame.slots)
            said = [f"{number} {SLOT_LINE}" if number <= count else "" for number in numbers]
            lines = [paragraph(self._page.content.language, "number", one) for one in said]
            cells = [Cell(frame.measure / frame.slots, line, stands="bottom") for line in lines]
            yield cells[::-1] if frame.right_to_left else cells


def band(page: SheetPage, near: str, far: str, gap: float = 0.0) -> tuple[Cell, ...]:
    """What stands between two marks, at the end where lines begin and at the other; both keep away from the marks."""
    language, half = page.content.language, page.frame.measure / 2
    first = Cell(half, paragraph(language, "band", near, indent=gap + 2), stands="center")
    second = Cell(half, paragraph(language, "band", far, align="end", far_indent=2), stands="center")
    return (second, first) if page.frame.right_to_left else (first, second)


def _beside(stacks: Sequence[Stack], columns: Sequence[tuple[float, float]], above: float = 0.0) -> tuple[Cell, ...]:
    """The languages from left to right, with gaps between them, ``above`` mm below the top of their row."""
    cells: list[Cell] = []
    for (_, width), stack in sorted(zip(columns, stacks, strict=True), key=lambda pair: pair[0][0]):
        if cells:
            cells.append(Cell(COLUMN_GAP))
        cells.append(Cell(width, _said(stack, above=above)))
    return tuple(cells)


def _said(stack: Stack, indent: float = 0.0, above: float = 0.0) -> str:
    said = [one for place, part in enumerate(stack.parts)
            for one in of_passage(part, indent, above if place == 0 else 0.0)]  # fmt: skip
    return "".join(said)
