"""The case sheet: one page on the case, for the table where letters are written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from campaign_app.documents import fonts, lines, shown_glyphs
from campaign_app.documents.blocks import Block, SetBlock
from campaign_app.documents.letter_type import LetterType
from campaign_app.documents.paper import A4, LEAST_MARGIN, Paper
from campaign_app.documents.pdf_file import number
from campaign_app.documents.unfit import TooLong, Unprintable
from campaign_app.letters.letter import Block as Said
from campaign_app.letters.letter import ItemList, Paragraph, Run

POINTS = 72 / 25.4  # to a millimetre
SIZES = (14.0, 13.0, 12.0, 11.0, 10.0)  # pt; a long story is set smaller, to be read at a table
TITLE, PERSON, POST_BY, LETTERHEAD = 1.8, 1.15, 1.3, 0.8  # in sizes of the text
AFTER, BEFORE_PART, AROUND = 0.62, 0.6, 0.5  # space below a block, above a part, and around a rule or a frame
RULE, INSET = 0.3, 3.0  # mm; thickness of rules, and how far text keeps from a frame's sides


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """What writers should know, in plain values; the blocks are as ``texts.source`` reads them.

    ``targets`` are offices in one line each, ``post_by`` is a date written out, ``letterhead`` are the lines of whoever
    prints it. What is empty is left out.
    """

    language: str
    title: str
    person: str = ""
    reference: str = ""
    story: tuple[Said, ...] = ()
    demands: tuple[Said, ...] = ()
    targets: tuple[str, ...] = ()
    post_by: str = ""
    letterhead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What the sheet says above its parts, in the language of the sheet."""

    demands: str = "What we ask for"
    targets: str = "Write to"
    post_by: str = "Post by"


@dataclass(frozen=True, slots=True)
class _Part:
    """A block with the space above and below it in sizes, ruled below or framed."""

    block: Block
    before: float = 0.0
    after: float = AFTER
    ruled: bool = False
    framed: bool = False


_Stacked = tuple[_Part, SetBlock, float]
"""A part, set, and its distance from the upper margin in pt."""


def write(sheet: CaseSheet, words: Words, paper: Paper = A4) -> bytes:
    """The case on one page, in the largest type that it takes. Raises ``Unprintable`` or ``TooLong``."""
    for field, text in _fields(sheet):
        if characters := fonts.unprintable(text):
            raise Unprintable(field, characters)
    room = (paper.height - 2 * LEAST_MARGIN) * POINTS
    for size in SIZES:
        stacked, height = _stacked(sheet, words, paper, LetterType(sheet.language, size))
        if height <= room:
            return _pdf(sheet, stacked, paper)
    raise TooLong(int(-(-height // room)))


def _fields(sheet: CaseSheet) -> Iterator[tuple[str, str]]:
    for field in ("title", "person", "reference", "post_by"):
        yield field, getattr(sheet, field)
    for field in ("story", "demands"):
        yield field, "\n".join(block.text for block in getattr(sheet, field))
    yield "targets", "\n".join(sheet.targets)
    yield "letterhead", "\n".join(sheet.letterhead)


def _parts(sheet: CaseSheet, words: Words, measure: float, type_: LetterType) -> Iterator[_Part]:
    def block(kind: str, content: str | Said, size: float = 1.0, above: float = 0.0) -> Block:
        return Block(
            type_, kind, content, measure, size * type_.points, type_.leading, above=above * size * type_.points
        )

    if sheet.letterhead:
        yield _Part(block("paragraph", Paragraph((Run("\n".join(sheet.letterhead)),)), LETTERHEAD), after=1.2)
    yield _Part(block("subject", sheet.title, TITLE, type_.above), after=0.2)
    if about := _about(sheet):
        yield _Part(block("paragraph", about, PERSON), after=1.0, ruled=True)
    yield from (_Part(block(*_kind(said))) for said in sheet.story)
    targets = (ItemList(tuple((Run(target),) for target in sheet.targets)),) if sheet.targets else ()
    for heading, said in ((words.demands, sheet.demands), (words.targets, targets)):
        if said:
            yield _Part(block("subject", heading), BEFORE_PART, after=0.2)
            yield from (_Part(block(*_kind(one))) for one in said)
    if sheet.post_by:
        framed = replace(block("paragraph", _post_by(sheet, words), POST_BY), width=measure - 2 * INSET * POINTS)
        yield _Part(framed, 2 * AROUND, framed=True)


def _kind(said: Said) -> tuple[str, Said]:
    return ("list" if isinstance(said, ItemList) else "paragraph"), said


def _about(sheet: CaseSheet) -> Paragraph | None:
    runs = [Run(sheet.person, strong=True)] if sheet.person else []
    if sheet.reference:
        runs.append(Run(f" · {sheet.reference}" if runs else sheet.reference))
    return Paragraph(tuple(runs)) if runs else None


def _post_by(sheet: CaseSheet, words: Words) -> Paragraph:
    return Paragraph((Run(f"{words.post_by} "), Run(sheet.post_by, strong=True)))


def _stacked(sheet: CaseSheet, words: Words, paper: Paper, type_: LetterType) -> tuple[list[_Stacked], float]:
    """The parts one below the other, and how high they are together in pt."""
    from campaign_app.documents import paragraphs  # WeasyPrint is slow to import

    parts = list(_parts(sheet, words, (paper.width - 2 * LEAST_MARGIN) * POINTS, type_))
    stacked: list[_Stacked] = []
    y = bottom = 0.0
    for part, block in zip(parts, paragraphs.set_blocks([part.block for part in parts]), strict=True):
        y += part.before * type_.points
        stacked.append((part, block, y))
        bottom = y + block.height + (AROUND * type_.points if part.framed or part.ruled else 0)
        y = bottom + part.after * type_.points
    return stacked, bottom


def _pdf(sheet: CaseSheet, stacked: Iterable[_Stacked], paper: Paper) -> bytes:
    page = lines.Page(paper.width, paper.height)
    content, margin = page.content, LEAST_MARGIN * POINTS
    for part, block, y in stacked:
        top, bottom = margin + y, margin + y + block.height
        inset = INSET * POINTS if part.framed else 0
        content.say(f"q 1 0 0 1 {number(margin + inset)} {number(content.height - top)} cm\n{block.operators}\nQ")
        shown_glyphs.add(content.glyphs, block.glyphs)
        if part.ruled:
            y = bottom + AROUND / 2 * part.block.size
            content.rule(margin, y, margin + part.block.width, y, RULE * POINTS)
        if part.framed:
            around = AROUND / 2 * part.block.size
            content.frame(margin, top - around, part.block.width + 2 * inset, block.height + 2 * around, RULE * POINTS)
    stream = io.BytesIO()
    with lines.document(stream, sheet.title, sheet.language) as document:
        document.add(page)
    return stream.getvalue()
