"""The cover checklist of a run: what was made, to be ticked off as it is signed, put into envelopes and posted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from campaign_app.documents import cells, marked_pdf
from campaign_app.documents.marks import Box, Code, Mark, MarkedPage, Rule, Text
from campaign_app.documents.paper import A4, Paper

MARGIN = 15.0  # mm
ROW = 12.6  # mm; a code of 10 and the four modules that it needs around it
CODE = 10.0
TICK = 4.5
SIZE, SMALL, TITLE = 9.0, 7.5, 15.0  # pt
LINE = 4.2  # mm between the lines of a row and of the head
GAP = 2.0  # mm between columns
RUNNING_HEAD, FOOT = 10.0, 3.0  # mm from the margin to the rule above the rows, and from the last row to the margin
TOTALS = 118.0  # mm; where they begin
CAPITALS = 2.3  # mm; how high they are

_Columns = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """A letter of the run, as somebody looks for it in a pile. ``writer`` is empty for a guest."""

    number: int
    writer: str
    addressee: str
    country: str
    reference: str
    link: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the list: lines in the reader's language, each total a pair of what and how much."""

    campaign: str
    group: str
    date: str
    totals: tuple[tuple[str, str], ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """What a checklist says, in the reader's language."""

    title: str = "Checklist"
    number: str = "No."
    writer: str = "Writer"
    guest: str = "guest"
    addressee: str = "To"
    country: str = "Country"
    reference: str = "Letter reference"
    page: str = "Page %(page)s of %(pages)s"
    language: str = "en"


def write(head: Head, rows: Sequence[Row], words: Words, paper: Paper = A4) -> bytes:
    """The checklist on as many pages as it takes. Raises ``Unprintable`` for the first text that no font can draw."""
    return marked_pdf.write(pages(head, rows, words, paper), f"{words.title}: {head.campaign}", words.language)


def write_to(stream: BinaryIO, head: Head, rows: Sequence[Row], words: Words, paper: Paper = A4) -> None:
    """Writes the same as it comes, however long."""
    marked_pdf.write_to(stream, pages(head, rows, words, paper), f"{words.title}: {head.campaign}", words.language)


def pages(head: Head, rows: Sequence[Row], words: Words, paper: Paper) -> Iterator[MarkedPage]:
    """What stands where on each page."""
    cells.check((field, getattr(head, field)) for field in ("campaign", "group", "date"))
    columns = _columns(paper)
    tops = _tops(len(head.totals))
    parts = _parts(len(rows), *map(partial(_rows_below, paper), tops))
    for number, part in enumerate(parts):
        top = tops[min(number, 1)]
        heading = _running_head(head, columns) if number else _head(head, words, columns)
        marks: list[Mark] = [*heading, *_headings(words, columns, top)]
        for place, row in enumerate(rows[part]):
            marks += _row(row, words, columns, top + place * ROW)
        marks += _foot(number + 1, len(parts), words, paper)
        yield MarkedPage(paper.width, paper.height, tuple(marks))


def page_count(rows: int, paper: Paper = A4, totals: int = 4) -> int:
    """How many pages so many letters take below a head with so many totals."""
    return len(_parts(rows, *map(partial(_rows_below, paper), _tops(totals))))


def _parts(rows: int, first: int, other: int) -> list[slice]:
    """Which rows stand on which page; a run without letters still has its head."""
    return [slice(0, first), *(slice(at, at + other) for at in range(first, rows, other))]


def _columns(paper: Paper) -> dict[str, tuple[float, float]]:
    """Where each column begins and ends, in mm; what the paper is wider than A4 goes to the addressee."""
    more = paper.width - A4.width
    ends = {"tick": 22, "number": 32, "writer": 81, "addressee": 126 + more, "country": 152 + more,
            "reference": 182 + more, "code": 195 + more}  # fmt: skip
    begins = [MARGIN, *ends.values()]
    return {name: (begin, end - GAP) for (name, end), begin in zip(ends.items(), begins, strict=False)}


def _tops(totals: int) -> tuple[float, float]:
    """Where the rows begin on the first page and on the others."""
    return MARGIN + max(LINE * totals, 4 * LINE) + RUNNING_HEAD + 3, MARGIN + RUNNING_HEAD


def _rows_below(paper: Paper, top: float) -> int:
    return int((paper.height - MARGIN - FOOT - top) / ROW)


def _head(head: Head, words: Words, columns: _Columns) -> Iterator[Mark]:
    left, right = columns["tick"][0], columns["code"][1] + GAP
    yield Text(left, MARGIN + 5, words.title, TITLE, words.language, strong=True)
    for number, line in enumerate((head.campaign, head.group, head.date)):
        yield Text(left, MARGIN + 12 + number * LINE * 1.15, line, SIZE + 1, head.language, strong=not number)
    for number, (what, how_much) in enumerate(head.totals):
        y = MARGIN + 3 + number * LINE
        yield Text(TOTALS, y, what, SIZE, head.language)
        yield Text(right, y, how_much, SIZE, head.language, align="right", strong=True)


def _running_head(head: Head, columns: _Columns) -> Iterator[Mark]:
    yield Text(columns["tick"][0], MARGIN + 2, head.campaign, SMALL, head.language)
    yield Text(columns["code"][1] + GAP, MARGIN + 2, head.date, SMALL, head.language, align="right")


def _headings(words: Words, columns: _Columns, top: float) -> Iterator[Mark]:
    for name in ("writer", "addressee", "country", "reference"):
        yield Text(columns[name][0], top - 1.6, getattr(words, name), SMALL, words.language)
    yield Text(columns["number"][1], top - 1.6, words.number, SMALL, words.language, align="right")
    yield Rule(columns["tick"][0], top, columns["code"][1] + GAP, top, weight=0.3)


def _row(row: Row, words: Words, columns: _Columns, top: float) -> Iterator[Mark]:
    middle = top + ROW / 2
    yield Box(columns["tick"][0], middle - TICK / 2, TICK, TICK, weight=0.25)
    yield Text(columns["number"][1], middle + CAPITALS / 2, f"{row.number}", SIZE, align="right")
    writer = (row.writer, row.language) if row.writer else (words.guest, words.language)
    texts = {"writer": writer, "addressee": (row.addressee, row.language), "country": (row.country, words.language),
             "reference": (row.reference, "en")}  # fmt: skip
    cells.check((name, text) for name, (text, _) in texts.items())
    for name, (text, language) in texts.items():
        yield from cells.cell(text, language, *columns[name], middle, SIZE)
    if row.link:
        yield Code(columns["code"][1] + GAP - CODE, middle - CODE / 2, CODE, row.link)
    yield Rule(columns["tick"][0], top + ROW, columns["code"][1] + GAP, top + ROW, weight=0.1, grey=True)


def _foot(number: int, pages: int, words: Words, paper: Paper) -> Iterator[Mark]:
    said = words.page % {"page": number, "pages": pages}
    yield Text(paper.width / 2, paper.height - MARGIN + 3, said, SMALL, words.language, align="centre")
