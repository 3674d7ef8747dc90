"""A pack of papers to hand on: several parts, each a list of what and how it stands, on as many pages as it takes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from campaign_app.documents import fonts, lines, shown_glyphs
from campaign_app.documents.blocks import Block, SetBlock
from campaign_app.documents.letter_type import LetterType, letter_type
from campaign_app.documents.lines import Page
from campaign_app.documents.paper import A4, LEAST_MARGIN, Paper
from campaign_app.documents.pdf_file import number
from campaign_app.documents.unfit import Unprintable
from campaign_app.letters.letter import Paragraph, Run

POINTS = 72 / 25.4  # to a millimetre
SIZE, FOOT = 10.5, 8.0  # pt
TITLE, HEADING, LETTERHEAD = 1.75, 1.2, 0.9  # in sizes of the text
WHAT, GAP = 58.0, 5.0  # mm; the column that says what, and between it and the other
BOX, AFTER_BOX = 3.6, 2.4  # mm; a box to tick with a pen
BEFORE_PART, AROUND_ROW = 14.0, 3.0  # pt
RULE, THIN = 0.8, 0.5  # pt; thickness below a heading and between rows
GREY = 0.6  # of white, between rows


@dataclass(frozen=True, slots=True)
class Row:
    """What it is about, and what is said of it, in lines; with a ``box`` to tick where it has to be seen to."""

    what: str
    said: tuple[str, ...] = ()
    box: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its rows; ``nothing`` stands there where it has none."""

    heading: str
    rows: tuple[Row, ...]
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What stands in the pack, all in plain text; ``page`` is such as ``Page %(page)s of %(pages)s``."""

    language: str
    title: str
    about: str
    parts: tuple[Part, ...]
    page: str
    letterhead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Blocks beside each other that stay together: where each begins in pt, and what is drawn around them."""

    blocks: tuple[tuple[float, Block], ...]
    before: float = 0.0
    rule: float = 0.0
    box: bool = False
    begins: bool = False  # a part


@dataclass(frozen=True, slots=True)
class _SetPiece:
    piece: _Piece
    blocks: tuple[tuple[float, SetBlock], ...]

    @property
    def height(self) -> float:
        """With the room above and below, in pt."""
        return self.piece.before + max(block.height for _, block in self.blocks) + 2 * AROUND_ROW


def write(pack: Pack, paper: Paper = A4) -> bytes:
    """The pack as PDF. Raises ``Unprintable`` with the heading of the part that cannot be printed."""
    _check(pack)
    type_ = letter_type(pack.language, SIZE, False)
    measure = (paper.width - 2 * LEAST_MARGIN) * POINTS
    pages = list(_pages(_set(list(_pieces(pack, type_, measure))), (paper.height - 2 * LEAST_MARGIN) * POINTS))
    stream = io.BytesIO()
    with lines.document(stream, pack.title, pack.language) as document:
        for place, pieces in enumerate(pages, 1):
            page = Page(paper.width, paper.height)
            _draw(pieces, page, measure, type_)
            _foot(page, pack.page % {"page": place, "pages": len(pages)}, pack.language)
            document.add(page)
    return stream.getvalue()


def _check(pack: Pack) -> None:
    texts = [(pack.title, " ".join((pack.title, pack.about, *pack.letterhead)))]
    for part in pack.parts:
        texts += [(part.heading, " ".join((row.what, *row.said))) for row in part.rows]
    for field, text in texts:
        if characters := fonts.unprintable(text):
            raise Unprintable(field, characters)


def _pieces(pack: Pack, type_: LetterType, measure: float) -> Iterator[_Piece]:
    if pack.letterhead:
        letterhead = _block("paragraph", "\n".join(pack.letterhead), measure, type_, LETTERHEAD)
        yield _Piece(((0.0, letterhead),), begins=True)
    title = _block("subject", pack.title, measure, type_, TITLE)
    yield _Piece(((0.0, title),), before=BEFORE_PART if pack.letterhead else 0.0, begins=not pack.letterhead)
    yield _Piece(((0.0, _block("paragraph", pack.about, measure, type_)),))
    for part in pack.parts:
        heading = _block("subject", part.heading, measure, type_, HEADING)
        yield _Piece(((0.0, heading),), before=BEFORE_PART, rule=RULE, begins=True)
        for row in part.rows:
            yield _row(row, type_, measure)
        if not part.rows:
            yield _Piece(((0.0, _block("paragraph", part.nothing, measure, type_)),))


def _row(row: Row, type_: LetterType, measure: float) -> _Piece:
    indent = (BOX + AFTER_BOX) * POINTS if row.box else 0.0
    column = (WHAT + GAP) * POINTS
    width = WHAT * POINTS if row.said else measure
    blocks = [(indent, _block("paragraph", row.what, width - indent, type_))]
    if row.said:
        blocks.append((column, _block("paragraph", "\n".join(row.said), measure - column, type_)))
    return _Piece(tuple(blocks), rule=THIN, box=row.box)


def _block(kind: str, text: str, width: float, type_: LetterType, size: float = 1.0) -> Block:
    points = size * type_.points
    content = text if kind == "subject" else Paragraph((Run(text),))
    return Block(type_, kind, content, width, points, type_.leading, above=type_.above * points)


def _set(pieces: list[_Piece]) -> list[_SetPiece]:
    from campaign_app.documents import paragraphs  # WeasyPrint is slow to import

    done = iter(paragraphs.set_blocks([block for piece in pieces for _, block in piece.blocks]))
    return [_SetPiece(piece, tuple((x, next(done)) for x, _ in piece.blocks)) for piece in pieces]


def _pages(pieces: list[_SetPiece], room: float) -> Iterator[list[_SetPiece]]:
    """The pieces page by page: a part stays together where a page holds it, and a heading with its first row."""
    page: list[_SetPiece] = []
    for part in _parts(pieces):
        whole = [part] if _height(part) <= room else [part[:2], *([row] for row in part[2:])]
        for together in whole:
            if page and _height([*page, *together]) > room:
                yield page
                page = []
            page += together
    yield page


def _parts(pieces: list[_SetPiece]) -> Iterator[list[_SetPiece]]:
    starts = [place for place, piece in enumerate(pieces) if piece.piece.begins]
    for start, end in pairwise((*starts, len(pieces))):
        yield pieces[start:end]


def _height(pieces: list[_SetPiece]) -> float:
    return sum(piece.height for piece in pieces)


def _draw(pieces: list[_SetPiece], page: Page, measure: float, type_: LetterType) -> None:
    content, left = page.content, LEAST_MARGIN * POINTS
    y = LEAST_MARGIN * POINTS - (pieces[0].piece.before if pieces else 0)
    for piece in pieces:
        top = y + piece.piece.before + AROUND_ROW
        for (start, block), (_, asked) in zip(piece.blocks, piece.piece.blocks, strict=True):
            x = left + (measure - start - asked.width if type_.right_to_left else start)
            content.say(f"q 1 0 0 1 {number(x)} {number(content.height - top)} cm\n{block.operators}\nQ")
            shown_glyphs.add(content.glyphs, block.glyphs)
        if piece.piece.box:
            _box(page, (left + measure - BOX * POINTS) if type_.right_to_left else left, top, piece)
        y += piece.height
        if piece.piece.rule:
            content.say(f"{0 if piece.piece.begins else GREY} G")
            content.rule(left, y, left + measure, y, piece.piece.rule)
            content.say("0 G")


def _box(page: Page, x: float, top: float, piece: _SetPiece) -> None:
    """Beside the middle of the first line."""
    first = piece.blocks[0][1].lines[0]
    page.content.frame(x, top + first.y - first.size * 0.36 - BOX * POINTS / 2, BOX * POINTS, BOX * POINTS)


def _foot(page: Page, text: str, language: str) -> None:
    page.line(lines.line(text, FOOT, language), page.width / 2, page.height - LEAST_MARGIN / 2, "centre")
