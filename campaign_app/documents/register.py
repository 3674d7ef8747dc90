"""A register of sheets on paper: what was issued, delivered or destroyed, serial by serial, with room to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from campaign_app.documents import cells, marked_pdf
from campaign_app.documents.lines import Align
from campaign_app.documents.marks import Box, Code, Mark, MarkedPage, Rule, Text, moved
from campaign_app.documents.paper import A4, Offset, Paper

MARGIN = 18.0  # mm
SIZE, SMALL, HEADING, TITLE = 9.5, 7.5, 12.0, 16.0  # pt
LINE, ROW, GAP = 5.0, 7.6, 3.0  # mm: lines of the head, rows, and between columns
SECTION, SIGNATURE, FOOT = 12.0, 15.0, 6.0  # mm
TICK, CODE, FACT = 4.2, 24.0, 32.0  # mm; the last is from what a fact is about to how much it is


@dataclass(frozen=True, slots=True)
class Column:
    """A column ``width`` mm wide; the one of width 0 takes what is left. One with a ``tick`` has a box for it."""

    heading: str
    width: float = 0.0
    align: Align = "left"
    tick: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A table below a heading, each row a text for each column; ``sums`` stand below the last row."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """What stands on the paper, in the reader's language.

    ``facts`` are pairs of what and how much; ``signatures`` say who signs at its end. ``link`` is what the QR code at
    the head opens. ``page`` is such as ``Page %(page)s of %(pages)s``.
    """

    title: str
    about: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    page: str
    language: str = "en"
    statement: str = ""
    signatures: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Strip:
    """A part of a page, its marks from its own upper edge; ``again`` is repeated above it where it begins a page."""

    height: float
    marks: tuple[Mark, ...]
    again: _Strip | None = None


def write(register: Register, paper: Paper = A4) -> bytes:
    """The register as PDF, on as many pages as it takes. Raises ``Unprintable``."""
    return marked_pdf.write(pages(register, paper), register.title, register.language)


def pages(register: Register, paper: Paper = A4) -> list[MarkedPage]:
    """What stands where on each page."""
    _check(register)
    filled = list(_pages(_strips(register, paper), paper.height - 2 * MARGIN - FOOT))
    made = []
    for number, strips in enumerate(filled, 1):
        marks, y = list(_foot(register, number, len(filled), paper)), MARGIN
        for strip in strips:
            marks += moved(strip.marks, Offset(0, y))
            y += strip.height
        made.append(MarkedPage(paper.width, paper.height, tuple(marks)))
    return made


def _check(register: Register) -> None:
    cells.check((name, getattr(register, name)) for name in ("title", "statement"))
    cells.check(("about", line) for line in register.about)
    cells.check(register.facts)
    cells.check((section.heading, text) for section in register.sections for row in section.rows for text in row)


def _pages(strips: Iterable[_Strip], room: float) -> Iterator[list[_Strip]]:
    page: list[_Strip] = []
    height = 0.0
    for strip in strips:
        if page and height + strip.height > room:
            yield page
            page = [strip.again] if strip.again else []
            height = sum(one.height for one in page)
        page.append(strip)
        height += strip.height
    yield page


def _strips(register: Register, paper: Paper) -> Iterator[_Strip]:
    yield _head(register, paper)
    for section in register.sections:
        columns = _placed(section.columns, paper)
        heading = _heading(section, columns, register.language)
        rows = [_row(row, section, columns, register.language, heading) for row in section.rows]
        first = rows[0] if rows else _Strip(0, ())
        yield _joined(heading, first)  # a heading does not stay behind alone
        yield from rows[1:]
        if section.sums:
            yield _row(section.sums, section, columns, register.language, heading, strong=True)
    if register.statement or register.signatures:
        yield _end(register, paper)


def _joined(one: _Strip, other: _Strip) -> _Strip:
    return _Strip(one.height + other.height, (*one.marks, *moved(other.marks, Offset(0, one.height))))


def _placed(columns: tuple[Column, ...], paper: Paper) -> list[tuple[float, float]]:
    """Where each column begins and ends."""
    rest = paper.width - 2 * MARGIN - sum(column.width for column in columns)
    ends = list(accumulate((column.width or rest for column in columns), initial=MARGIN))
    return [(left, right - GAP) for left, right in pairwise([*ends[:-1], ends[-1] + GAP])]


def _head(register: Register, paper: Paper) -> _Strip:
    right, language = paper.width - MARGIN, register.language
    marks: list[Mark] = [Text(MARGIN, 6, register.title, TITLE, language, strong=True)]
    marks += [
        Text(MARGIN, 14 + number * LINE, line, SIZE, language, strong=not number)
        for number, line in enumerate(register.about)
    ]
    y = 14 + LINE * len(register.about)
    if register.link:
        marks.append(Code(right - CODE, 0, CODE, register.link))
        y = max(y, CODE + LINE)
    middle = MARGIN + (right - MARGIN) / 2
    for number, (what, how_much) in enumerate(register.facts):
        left, line = middle if number % 2 else MARGIN, y + 1 + number // 2 * LINE
        marks.append(Text(left, line, what, SIZE, language))
        marks.append(Text(left + FACT, line, how_much, SIZE, language, strong=True))
    return _Strip(y + (len(register.facts) + 1) // 2 * LINE, tuple(marks))


def _heading(section: Section, columns: list[tuple[float, float]], language: str) -> _Strip:
    base = SECTION - 1.8
    marks: list[Mark] = []
    if section.heading:
        marks.append(Text(MARGIN, base, section.heading, HEADING, language, strong=True))
        base += LINE + 1
    for column, (left, right) in zip(section.columns, columns, strict=True):
        x = {"left": left, "centre": (left + right) / 2, "right": right}[column.align]
        marks.append(Text(x, base, column.heading, SMALL, language, column.align))
    marks.append(Rule(MARGIN, base + 1.8, columns[-1][1], base + 1.8, weight=0.3))
    return _Strip(base + 1.8, tuple(marks))


def _row(
    row: tuple[str, ...],
    section: Section,
    columns: list[tuple[float, float]],
    language: str,
    again: _Strip,
    *,
    strong: bool = False,
) -> _Strip:
    wraps = any(
        len(cells.lines(text, language, right - left, SIZE)) > 1
        for text, (left, right) in zip(row, columns, strict=True)
    )
    height = ROW + (cells.LINE * SIZE if wraps else 0)
    marks: list[Mark] = []
    for text, column, (left, right) in zip(row, section.columns, columns, strict=True):
        if column.tick and not strong:
            marks.append(Box(left, (height - TICK) / 2, TICK, TICK, weight=0.25))
        found = cells.cell(text, language, left, right, height / 2, SIZE, column.align) if text else ()
        marks += (replace(mark, strong=True) if strong and isinstance(mark, Text) else mark for mark in found)
    marks.append(Rule(MARGIN, height, columns[-1][1], height, weight=0.1, grey=True))
    return _Strip(height, tuple(marks), again)


def _end(register: Register, paper: Paper) -> _Strip:
    language, half = register.language, (paper.width - 2 * MARGIN) / 2
    marks: list[Mark] = []
    statement = cells.lines(register.statement, language, 2 * half, SIZE) if register.statement else []
    for number, line in enumerate(statement):
        marks.append(Text(MARGIN, 2 * LINE + number * LINE, line, SIZE, language))
    top = (2 + len(statement)) * LINE
    for number, who in enumerate(register.signatures):
        left, y = MARGIN + number % 2 * half, top + (number // 2 + 1) * SIGNATURE
        marks.append(Rule(left, y - LINE, left + half - 3 * GAP, y - LINE))
        marks.append(Text(left, y - 1, who, SMALL, language))
    return _Strip(top + (len(register.signatures) + 1) // 2 * SIGNATURE, tuple(marks))


def _foot(register: Register, number: int, pages: int, paper: Paper) -> Iterator[Mark]:
    y = paper.height - MARGIN + 3
    yield Text(MARGIN, y, register.about[0] if register.about else register.title, SMALL, register.language, grey=True)
    said = register.page % {"page": number, "pages": pages}
    yield Text(paper.width - MARGIN, y, said, SMALL, register.language, align="right")
