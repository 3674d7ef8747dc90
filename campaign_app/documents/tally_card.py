"""Tally cards: four to a page, to cross off a box a signature at a stall without a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campaign_app.documents import cells, marked_pdf
from campaign_app.documents.address_block import POINT
from campaign_app.documents.marks import Box, Code, Mark, MarkedPage, Rule, Text, moved
from campaign_app.documents.paper import A4, Offset, Paper

INSET = 9.0  # mm from the edges of a card
BOXES, IN_A_ROW = 100, 10
SQUARE, AFTER_FIVE = 5.4, 2.0  # mm
CODE = 18.0  # mm
TITLE, SIZE, SMALL = 11.0, 9.0, 7.0  # pt
LINE = 8.5  # mm between the lines to write on


@dataclass(frozen=True, slots=True)
class TallyCard:
    """What stands on a card: the petition, its code and what is written on each line; ``link`` is its QR code."""

    title: str
    petition: str
    code: str
    to_write: tuple[str, ...]
    how: str
    total: str
    link: str = ""
    language: str = "en"


def write(card: TallyCard, paper: Paper = A4) -> bytes:
    """A page of four cards to be cut. Raises ``Unprintable``."""
    return marked_pdf.write([page(card, paper)], card.title, card.language)


def page(card: TallyCard, paper: Paper = A4) -> MarkedPage:
    """What stands where on the page."""
    cells.check((name, getattr(card, name)) for name in ("title", "petition", "how"))
    width, height = paper.width / 2, paper.height / 2
    one = list(_card(card, width, height))
    marks = [mark for x in (0, width) for y in (0, height) for mark in moved(one, Offset(x, y))]
    marks += [Rule(width, 0, width, paper.height, grey=True), Rule(0, height, paper.width, height, grey=True)]
    return MarkedPage(paper.width, paper.height, tuple(marks))


def _card(card: TallyCard, width: float, height: float) -> Iterator[Mark]:
    right, language = width - INSET, card.language
    room = right - INSET - (CODE + 3 if card.link else 0)
    yield Text(INSET, INSET + 4, card.title, TITLE, language, strong=True)
    lines = cells.lines(card.petition, language, room, SIZE)
    for number, line in enumerate([*lines[:1], *([" ".join(lines[1:])] if lines[1:] else [])]):
        shown = cells.shortened(line, language, room / (SIZE * POINT))
        yield Text(INSET, INSET + 10 + number * 4.4, shown, SIZE, language)
    yield Text(INSET, INSET + 19.5, card.code, SMALL)
    if card.link:
        yield Code(right - CODE, INSET, CODE, card.link)
    y = INSET + 22
    for what in card.to_write:
        y += LINE
        yield Text(INSET, y - 1, what, SMALL, language)
        yield Rule(INSET + 22, y, right, y)
    yield Text(INSET, y + 7, card.how, SMALL, language)
    yield from _boxes(y + 10, width)
    yield Text(INSET, height - INSET, card.total, SIZE, language, strong=True)
    yield Box(right - 24, height - INSET - 6, 24, 8.5, weight=0.4)


def _boxes(top: float, width: float) -> Iterator[Mark]:
    """Ten rows of ten, in fives, as people count."""
    left = (width - IN_A_ROW * SQUARE - AFTER_FIVE) / 2
    for number in range(BOXES):
        row, column = divmod(number, IN_A_ROW)
        yield Box(left + column * SQUARE + column // 5 * AFTER_FIVE, top + row * SQUARE, SQUARE, SQUARE)
        if column == IN_A_ROW - 1:
            x = left + IN_A_ROW * SQUARE + AFTER_FIVE + 2
            yield Text(x, top + (row + 1) * SQUARE - 1.8, str(number + 1), SMALL)
