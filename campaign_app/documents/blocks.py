"""The blocks of which a letter is made, each set once: a paragraph, the lines of an address, a list.

What a block looks like hangs on nothing but itself and the type it is set in; a letter only stacks its blocks. A block
of text in one style is set here; lists, and paragraphs in several styles, are ``paragraphs``' work.
All lengths are in pt from the block's top left corner.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import cast

from campaign_app.documents import faces, line_breaker, shaping, shown_glyphs
from campaign_app.documents.content import Content
from campaign_app.documents.letter_type import PLAIN_LEADING, LetterType, is_plain, shown
from campaign_app.documents.shaping import Look, Shaped
from campaign_app.documents.shown_glyphs import Glyphs
from campaign_app.letters.letter import Paragraph

SPACES = re.compile("[ \t]+")
SEPARATOR = " · "  # between the parts of the sender's line above a window

BY_HAND = "by hand"  # a kind whose content are captions, each with a ruled line beside it, and the lines below them
PEN, RULE = 6.5 * 72 / 25.4, 0.5  # from rule to rule, and how thick one is

POSTAL = frozenset({"sender", "addressee", "name", "copies", "label"})  # kinds whose content are lines of their own


@dataclass(frozen=True, slots=True)
class Block:
    """What is to be set, in which type: the ``kind`` (a class of letter.css), what it says, and how wide it may be.

    ``content`` are lines for postal kinds, a block of the letter's body for ``paragraph`` and ``list``, else a text.
    ``size`` is that of its type, ``leading`` the height of its lines in sizes. ``align`` says where lines stand:
    at the ``start`` of lines in this letter, its ``end``, or ``left``.
    """

    type: LetterType
    kind: str
    content: Hashable
    width: float
    size: float
    leading: float
    align: str = "start"
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class SetLine:
    """A shaped line, or a part of one, at its place; ``bottom`` is that of the whole line.

    ``item`` is its place in a list, and ``role`` what it is there: ``Lbl`` for the bullet, else ``LBody``.
    """

    line: Shaped
    x: float
    y: float
    size: float
    bottom: float
    item: int = 0
    role: str = ""


@dataclass(frozen=True)
class SetBlock:
    """A block that is set. Equal blocks are one and the same object as long as they are remembered."""

    lines: tuple[SetLine, ...]
    height: float
    rules: tuple[tuple[float, float, float], ...] = ()  # to be written on: x, y and where it ends

    @cached_property
    def operators(self) -> str:
        """What draws the block with its top left corner at the origin."""
        return "\n".join([*(operators for _, _, operators in self.parts), *_drawn(self.rules)])

    @cached_property
    def parts(self) -> Sequence[tuple[str, int, str]]:
        """What draws the block by role and item: one part, but for lists."""
        return list(_parts(self.lines))

    @cached_property
    def glyphs(self) -> Glyphs:
        glyphs: Glyphs = {}
        for line in self.lines:
            shown_glyphs.add(glyphs, line.line.glyphs)
        return glyphs

    def until(self, room: float) -> tuple[SetBlock, SetBlock]:
        """The lines that fit into ``room``, and the others."""
        head = tuple(line for line in self.lines if line.bottom <= room)
        cut = max((line.bottom for line in head), default=0.0)
        rest = tuple(
            SetLine(line.line, line.x, line.y - cut, line.size, line.bottom - cut, line.item, line.role)
            for line in self.lines
            if line.bottom > room
        )
        return SetBlock(head, cut), SetBlock(rest, self.height - cut)


def in_lines(block: Block) -> SetBlock | None:
    """The block where it is nothing but lines in one style; None where it needs more than to be broken into them."""
    if not block.content:
        return SetBlock((), block.above)
    if block.kind == BY_HAND:
        return _for_a_pen(block)
    rows = _rows(block)
    if not rows:
        return None
    lines: list[SetLine] = []
    top = block.above
    for parts, look, leading in rows:
        width = sum(part.width for part in parts) * block.size / 1000
        rise, height = _placed(parts, look, leading * block.size, block.size)
        x = _start(block, width)
        for part in parts:
            lines.append(SetLine(part, x, top + rise, block.size, top + height))
            x += part.width * block.size / 1000
        top += height
    return SetBlock(tuple(lines), top)


def _for_a_pen(block: Block) -> SetBlock:
    """Captions with ruled lines beside them, which begin below each other and end where the block does."""
    captions, below = cast("tuple[tuple[str, ...], tuple[str, ...]]", block.content)
    shaped = [shaping.shape(_shown(caption, block.type.language), block.type.look) for caption in captions]
    widths = [caption.width * block.size / 1000 for caption in shaped]
    indent = max(widths) + block.size / 2
    lines, rules = [], []
    for place, (caption, width) in enumerate(zip(shaped, widths, strict=True), 1):
        y = block.above + place * PEN
        lines.append(SetLine(caption, _start(block, width), y, block.size, y))
        rules.append((0.0, y, block.width - indent) if block.type.right_to_left else (indent, y, block.width))
    end = block.above + len(captions) * PEN
    rest = in_lines(replace(block, kind="sender", content=below, above=end))
    if rest:
        lines += rest.lines
    return SetBlock(tuple(lines), rest.height if rest else end, tuple(rules))


def _drawn(rules: Sequence[tuple[float, float, float]]) -> Iterator[str]:
    for x, y, to_x in rules:
        content = Content()
        content.rule(x, y, to_x, y, RULE)
        yield bytes(content).decode()


Row = tuple[tuple[Shaped, ...], Look, float]
"""The parts of a line, the look of the line around them, and its leading in sizes."""


def _rows(block: Block) -> list[Row] | None:
    """The lines of a block that is nothing but lines, broken where they are too long; None for any other."""
    content, type_ = block.content, block.type
    if block.kind == "return" and isinstance(content, tuple):
        return _return_rows(block, content)
    if block.kind in POSTAL and isinstance(content, tuple):
        return _text_rows(block, [(line, type_.postal(line), _leading(block, line)) for line in content])
    if isinstance(content, Paragraph):
        plain = len(content.runs) == 1 and not content.runs[0].strong and not content.runs[0].emphasis
        content = content.text if plain else None
    if not isinstance(content, str):
        return None
    look = _look(block.kind, type_)
    return _text_rows(block, [(line, look, block.leading) for line in content.split("\n")])


def _leading(block: Block, line: str) -> float:
    return PLAIN_LEADING if block.kind != "addressee" and is_plain(line) else block.leading


def _look(kind: str, type_: LetterType) -> Look:
    if kind == "subject":
        return type_.bold
    if kind == "reference":
        return Look(type_.plain_families, type_.language, right_to_left=type_.right_to_left)
    return type_.look


def _text_rows(block: Block, lines: Sequence[tuple[str, Look, float]]) -> list[Row] | None:
    rows: list[Row] = []
    for line, look, leading in lines:
        broken = line_breaker.broken(_shown(line, look.language), look, block.width / block.size * 1000)
        if broken is None:
            return None
        rows += (((shaping.shape(one, look),), look, leading) for one in broken)
    return rows


def _return_rows(block: Block, parts: tuple[str, ...]) -> list[Row] | None:
    """The sender in one line; None where it is too long."""
    type_ = block.type
    plain = Look(type_.plain_families, type_.language)
    separator = shaping.shape(SEPARATOR, plain)
    shaped: list[Shaped] = []
    for part in parts:
        way = type_.postal(part).right_to_left
        look = Look(type_.plain_families, type_.language, right_to_left=way)
        shaped += [shaping.shape(_shown(part, type_.language), look), separator]
    if sum(part.width for part in shaped[:-1]) * block.size > block.width * 1000:
        return None
    return [(tuple(shaped[:-1]), plain, block.leading)]


def _shown(text: str, language: str) -> str:
    text = shown(text, language)
    return SPACES.sub(" ", text).strip(" ") if "  " in text or "\t" in text or text != text.strip(" ") else text


def _placed(parts: Sequence[Shaped], look: Look, height: float, size: float) -> tuple[float, float]:
    """Where the baseline of a line is below its top, and how high the line is.

    As CSS 2.1 (10.8.1) has it, a line of the height asked for stands around the middle of its fonts. The first font
    takes part where others set all of the text, and a line of several fonts may come out higher.
    """
    reaches = [(part.above, part.below) for part in parts if part.pieces]
    reaches.append(faces.face(look.families[0], look.style).reach)
    above = [(height + (reach[0] - reach[1]) * size / 1000) / 2 for reach in reaches]
    return max(above), max(above) + height - min(above)


def _start(block: Block, width: float) -> float:
    to_right = block.align != "left" and block.type.right_to_left != (block.align == "end")
    return block.width - width if to_right else 0.0


def _parts(lines: Sequence[SetLine]) -> Iterator[tuple[str, int, str]]:
    for (role, item), part in groupby(lines, key=lambda line: (line.role, line.item)):
        content = Content()
        content.texts((line.line, line.x, line.y, line.size) for line in part)
        yield role, item, bytes(content).decode()
