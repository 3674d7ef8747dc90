"""The difference between two versions of a letter text, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from campaign_app.letters.merge import Text

PARTS = ("subject", "salutation", "body", "closing")
MOST_LINES = 500  # comparing takes time with their square; a page has about forty
MOST_WORDS = 1500
LEAST_IN_COMMON = 0.4  # of two lines' words; with less, what is left in common is chance

# A word, an ideograph or kana, white space, or any other character alone.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(old: Text | None, new: Text) -> dict[str, list[Piece]]:
    """For each part that differs, its whole text in pieces; for a first text all parts as they are."""
    if old is None:
        return {part: [Piece("same", getattr(new, part))] for part in PARTS}
    pairs = {part: (getattr(old, part), getattr(new, part)) for part in PARTS}
    return {part: difference(before, after) for part, (before, after) in pairs.items() if before != after}


def difference(old: str, new: str) -> list[Piece]:
    """``old`` and ``new`` in pieces, in reading order: by lines first, and by words where lines changed."""
    return list(_joined(_by_lines(old, new)))


def _by_lines(old: str, new: str) -> Iterator[Piece]:
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if max(map(len, lines)) > MOST_LINES:
        yield from _replaced(old, new)
    else:
        yield from _compared(*lines, SequenceMatcher(None, *lines, autojunk=False), _by_words)


def _by_words(old: str, new: str) -> Iterator[Piece]:
    words = _WORD.findall(old), _WORD.findall(new)
    if max(map(len, words)) > MOST_WORDS:
        yield from _replaced(old, new)
        return
    matcher = SequenceMatcher(None, *words, autojunk=False)
    alike = matcher.ratio() >= LEAST_IN_COMMON
    yield from _compared(*words, matcher, _replaced) if alike else _replaced(old, new)


def _replaced(old: str, new: str) -> Iterator[Piece]:
    yield Piece("gone", old)
    yield Piece("new", new)


def _compared(
    old: Sequence[str],
    new: Sequence[str],
    matcher: SequenceMatcher[str],
    replaced: Callable[[str, str], Iterator[Piece]],
) -> Iterator[Piece]:
    for kind, i, j, k, m in matcher.get_opcodes():
        before, after = "".join(old[i:j]), "".join(new[k:m])
        if kind == "equal":
            yield Piece("same", before)
        else:
            yield from replaced(before, after)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces without empty ones, neighbours of a kind as one."""
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
