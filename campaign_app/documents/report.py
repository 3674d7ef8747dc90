"""A report in numbers: a heading, what it is about, totals, columns over time, and tables whose rows have a bar each.

On as many pages as it takes, in every script; from right to left it is the mirror image.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from campaign_app import languages
from campaign_app.documents import address_block, fonts, marked_pdf
from campaign_app.documents.address_block import POINT
from campaign_app.documents.cells import cut
from campaign_app.documents.marks import Fill, Mark, MarkedPage, Rule, Text, moved
from campaign_app.documents.paper import A4, Offset, Paper
from campaign_app.documents.unfit import Unprintable

MARGIN = 20.0  # mm
TITLE, HEADING, SIZE, SMALL, FIGURE = 17.0, 11.5, 9.0, 7.5, 14.0  # pt
LINE = 4.3  # mm between lines of text
ROW = 1.5  # mm around the lines of a row
GAP = 3.0  # mm between columns
BEFORE_PART = 7.0  # mm
BAR, WIDEST_BAR = 2.4, 32.0  # mm; how thick a bar is, and how long the longest
CHART = 38.0  # mm; how high the columns of a chart are, with their labels
WIDEST_WORD = 22.0  # mm, above a column of numbers
FIGURES = 5  # totals beside each other
LABELS = 8  # below the columns of a chart


@dataclass(frozen=True, slots=True)
class Figures:
    """Totals, each a number and what it counts."""

    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart over time: a label and a value for each column. The numbers belong into a table beside it."""

    columns: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first of which says what the row is about; the others are numbers, if ``numbers``.

    ``bars`` are numbers to draw, one a row, or none.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[int, ...] = ()
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class Lines:
    """Plain text, a paragraph each."""

    lines: tuple[str, ...]


Element = Figures | Columns | Table | Lines


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands below it."""

    heading: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All in plain text in one language; ``page`` is such as ``Page %(page)s of %(pages)s``."""

    language: str
    title: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    page: str


@dataclass(frozen=True, slots=True)
class _Band:
    """Marks below each other. It ``keeps`` with the next one; ``head`` stands above it where it begins a page."""

    height: float
    marks: tuple[Mark, ...]
    keeps: bool = False
    head: _Band | None = None


def write(report: Report, paper: Paper = A4) -> bytes:
    """The report as PDF. Raises ``Unprintable``."""
    return marked_pdf.write(pages(report, paper), report.title, report.language)


def pages(report: Report, paper: Paper = A4) -> Iterator[MarkedPage]:
    """What stands where on each page."""
    _check(report)
    setting = _Setting(report.language, paper.width - 2 * MARGIN)
    filled = list(_filled(list(setting.bands(report)), paper.height - 2 * MARGIN))
    for number, bands in enumerate(filled, 1):
        marks: list[Mark] = []
        y = MARGIN
        for band in bands:
            marks += moved(band.marks, Offset(MARGIN, y))
            y += band.height
        said = report.page % {"page": number, "pages": len(filled)}
        foot = Text(paper.width / 2, paper.height - MARGIN / 2, said, SMALL, report.language, "centre")
        if languages.direction(report.language) == "rtl":
            marks = [_mirrored(mark, paper.width) for mark in marks]
        yield MarkedPage(paper.width, paper.height, (*marks, foot))


def _check(report: Report) -> None:
    for text in (report.title, *report.about, *_texts(report)):
        if characters := fonts.unprintable(text):
            raise Unprintable(text, characters)


def _texts(report: Report) -> Iterator[str]:
    for part in report.parts:
        yield part.heading
        for element in part.elements:
            if isinstance(element, Table):
                yield " ".join((*element.header, *(cell for row in element.rows for cell in row)))
            elif isinstance(element, Lines):
                yield from element.lines


def _filled(bands: Sequence[_Band], room: float) -> Iterator[list[_Band]]:
    """The bands page by page."""
    page: list[_Band] = []
    taken = 0.0
    for number, band in enumerate(bands):
        needed = band.height
        following = number
        while bands[following].keeps and following + 1 < len(bands):
            following += 1
            needed += bands[following].height
        if page and taken + needed > room:
            yield page
            page = [band.head] if band.head else []
            taken = sum(one.height for one in page)
        page.append(band)
        taken += band.height
    yield page


class _Setting:
    """Sets the parts of a report in a column ``width`` mm wide."""

    def __init__(self, language: str, width: float) -> None:
        self._language, self._width = language, width
        self._wide: Callable[[str], float] = cache(partial(address_block.width, language=language))

    def bands(self, report: Report) -> Iterator[_Band]:
        yield from self._texts(report.title, TITLE, strong=True)
        for line in report.about:
            yield from self._texts(line, SIZE)
        for part in report.parts:
            yield _Band(BEFORE_PART, (), keeps=True)
            yield from self._texts(part.heading, HEADING, strong=True, keeps=True)
            for element in part.elements:
                yield from self._element(element)

    def _element(self, element: Element) -> Iterator[_Band]:
        if isinstance(element, Figures):
            yield from self._figures(element)
        elif isinstance(element, Columns):
            yield self._chart(element)
        elif isinstance(element, Table):
            yield from self._table(element)
        else:
            yield _Band(2 * ROW, ())
            for line in element.lines:
                yield from self._texts(line, SIZE)

    def _texts(self, text: str, size: float, strong: bool = False, keeps: bool = False) -> Iterator[_Band]:
        for line in self._broken(text, self._width * (0.92 if strong else 1), size):
            height, baseline = self._stature([line], size)
            yield _Band(height, (self._text(0.0, baseline, line, size, strong=strong),), keeps)

    def _stature(self, lines: Sequence[str], size: float) -> tuple[float, float]:
        """How high a line is that takes any of these, and where in it their baseline is: what their scripts need."""
        reaches = [address_block.reach(line, address_block.tongue(line, self._language)) for line in lines if line]
        above = max((above for above, _ in reaches), default=0.0) * size * POINT
        below = max((below for _, below in reaches), default=0.0) * size * POINT
        spare = max(0.0, LINE * size / SIZE - above - below)
        return above + below + spare, above + spare / 2

    def _text(self, x: float, y: float, text: str, size: float, **how: object) -> Text:
        return Text(x, y, text, size, address_block.tongue(text, self._language), **how)  # type: ignore[arg-type]

    def _broken(self, text: str, width: float, size: float) -> list[str]:
        most = width / (size * POINT) + 0.01  # what just fits is not cut for a rounding
        found = address_block.broken(" ".join(text.split()), most, self._wide)
        return [cut(line, most, self._wide) for line in found]

    def _figures(self, element: Figures) -> Iterator[_Band]:
        step = self._width / FIGURES
        for start in range(0, len(element.figures), FIGURES):
            marks: list[Mark] = []
            deepest = 1
            for place, (number, what) in enumerate(element.figures[start : start + FIGURES]):
                marks.append(self._text(place * step, 6.5, number, FIGURE, strong=True))
                words = self._broken(what, step - GAP, SMALL)
                deepest = max(deepest, len(words))
                marks += (self._text(place * step, 10.5 + line * 3.4, one, SMALL) for line, one in enumerate(words))
            yield _Band(9.0 + deepest * 3.4, tuple(marks))

    def _chart(self, element: Columns) -> _Band:
        if not element.columns:
            return _Band(0.0, ())
        step = min(self._width / len(element.columns), 12.0)
        base, top = CHART - 5.0, 5.0
        scale = (base - top) / max([1, *(value for _, value in element.columns)])
        every = -(-len(element.columns) // LABELS)
        marks: list[Mark] = [Rule(0.0, base, self._width, base, weight=0.2)]
        for place, (label, value) in enumerate(element.columns):
            x, height = place * step, value * scale
            if value:
                marks.append(Fill(x + step * 0.1, base - height, step * 0.8, height))
                if step > 6:
                    marks.append(self._text(x + step / 2, base - height - 1, f"{value:,}", SMALL, align="centre"))
            if place % every == 0:
                marks.append(self._text(x, base + 4, label, SMALL))
        return _Band(CHART, tuple(marks))

    def _table(self, element: Table) -> Iterator[_Band]:
        widths = self._widths(element)
        head = self._row(element.header, widths, element, SMALL, None, rule=0.3)
        yield replace(head, keeps=True)
        for number, row in enumerate(element.rows):
            bar = element.bars[number] if element.bars else None
            yield replace(self._row(row, widths, element, SIZE, bar, rule=0.1), head=head)

    def _widths(self, element: Table) -> list[float]:
        """Of each column: numbers take what they need, the first column what is left."""
        if not element.numbers:
            return [self._width / len(element.header)] * len(element.header)
        needed = []
        for column in range(1, len(element.header)):
            words = max((self._wide(word) for word in element.header[column].split()), default=0) * SMALL
            cells = max((self._wide(row[column]) for row in element.rows if row[column]), default=0) * SIZE
            needed.append(max(min(words * POINT, WIDEST_WORD), cells * POINT) + GAP)
        bar = WIDEST_BAR + GAP if element.bars else 0.0
        return [self._width - sum(needed) - bar, *needed]

    def _row(
        self, cells: Sequence[str], widths: Sequence[float], element: Table, size: float, bar: int | None, rule: float
    ) -> _Band:
        broken = [
            self._broken(cell, width - GAP, size) if cell else [] for cell, width in zip(cells, widths, strict=True)
        ]
        step, baseline = self._stature([line for lines in broken for line in lines], size)
        height = max(1, *map(len, broken)) * step + 2 * ROW
        marks: list[Mark] = [Rule(0.0, height, self._width, height, weight=rule, grey=rule < 0.2)]
        x = 0.0
        for column, (lines, width) in enumerate(zip(broken, widths, strict=True)):
            to_the_right = element.numbers and column > 0
            for number, line in enumerate(lines):
                y = ROW + number * step + baseline
                how = (x + width, "right") if to_the_right else (x, "left")
                marks.append(self._text(how[0], y, line, size, align=how[1]))
            x += width
        if bar:
            longest = max(element.bars)
            marks.append(Fill(x + GAP, ROW + (step - BAR) / 2, max(0.2, bar / longest * WIDEST_BAR), BAR))
        return _Band(height, tuple(marks))


def _mirrored(mark: Mark, width: float) -> Mark:
    if isinstance(mark, Text):
        sides = {"left": "right", "right": "left"}
        return replace(mark, x=width - mark.x, align=sides.get(mark.align, mark.align))  # type: ignore[arg-type]
    if isinstance(mark, Rule):
        return replace(mark, x=width - mark.x, to_x=width - mark.to_x)
    if isinstance(mark, Fill):
        return replace(mark, x=width - mark.x - mark.width)
    return mark
