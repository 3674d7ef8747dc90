"""The passages of a signature sheet, set in type: each language in its own, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign_app.documents.blocks import Block, SetBlock
from campaign_app.documents.letter_type import LetterType, letter_type
from campaign_app.documents.lines import POINTS
from campaign_app.letters.letter import Block as Said
from campaign_app.letters.letter import ItemList, Paragraph, Run


@dataclass(frozen=True, slots=True)
class Passage:
    """What is said in one language, ``width`` mm wide, in type of ``size`` pt; ``above`` mm are left before it.

    ``align`` says whether its lines stand where those of its language ``start``, or at their ``end``.
    """

    language: str
    said: Said
    width: float
    size: float
    above: float = 0.0
    align: str = "start"


@dataclass(frozen=True, slots=True)
class SetPassage:
    """A passage with its lines; lengths are in mm."""

    passage: Passage
    block: SetBlock

    @property
    def height(self) -> float:
        return self.passage.above + self.block.height / POINTS


@dataclass(frozen=True, slots=True)
class Stack:
    """Passages one below the other."""

    parts: tuple[SetPassage, ...]

    @property
    def height(self) -> float:
        return sum(part.height for part in self.parts)


def labelled(label: str, text: str) -> Paragraph:
    """A paragraph that begins with what it is, in strong type."""
    return Paragraph((Run(f"{label}: ", strong=True), Run(text)))


def strong(text: str) -> Paragraph:
    return Paragraph((Run(text, strong=True),))


def stacks(columns: Sequence[Iterable[Passage]]) -> list[Stack]:
    """The passages of each column, set."""
    listed = [list(column) for column in columns]
    done = iter(_set([(passage, not place) for column in listed for place, passage in enumerate(column)]))
    return [Stack(tuple(SetPassage(passage, next(done)) for passage in column)) for column in listed]


def _set(passages: Sequence[tuple[Passage, bool]]) -> list[SetBlock]:
    """Passages, each with whether it begins its column."""
    from campaign_app.documents import paragraphs  # WeasyPrint is slow to import

    found: dict[int, SetBlock] = {}
    by_language: dict[str, list[int]] = {}
    for place, (passage, _) in enumerate(passages):
        by_language.setdefault(passage.language, []).append(place)
    for language, places in by_language.items():
        type_ = letter_type(language, 10.0, True)
        blocks = [_block(*passages[place], type_) for place in places]
        found |= zip(places, paragraphs.set_blocks(blocks), strict=True)
    return [found[place] for place in range(len(passages))]


def _block(passage: Passage, first: bool, type_: LetterType) -> Block:
    kind = "list" if isinstance(passage.said, ItemList) else "paragraph"
    above = type_.above * passage.size if first else 0.0
    return Block(type_, kind, passage.said, passage.width * POINTS, passage.size, type_.leading, passage.align, above)
