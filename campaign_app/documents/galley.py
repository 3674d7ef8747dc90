"""Blocks that are set, kept for the letters to come: a text's own paragraphs are set once, whoever signs the letter.

What only one letter has said is forgotten with it: nobody's name or words wait in the memory of a press.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaign_app.documents import blocks, letter_page, letter_type, shaping
from campaign_app.documents.blocks import Block, SetBlock
from campaign_app.documents.letter_page import LetterPage
from campaign_app.documents.paper import Layout
from campaign_app.letters.letter import Letter

MOST_KEPT = 4096  # blocks, of about 4 kB each
MOST_MET = 65536  # numbers of blocks that one letter had
NOT_YET = SetBlock((), 0.0)  # stands for a block that is not set yet, on a page that is not either


class Unarranged(Exception):
    """Some blocks of the letter are not set yet."""


@dataclass(slots=True)
class _Entry:
    """A block that is set, or what went wrong; which letter wanted it first, and whether another did."""

    block: SetBlock | None
    first: int
    shared: bool = False
    error: Exception | None = None


class Galley:
    """Arranges letters. What has to be broken into lines is set together for all of them, which costs little more."""

    def __init__(self) -> None:
        self._entries: dict[Block, _Entry] = {}
        self._new: list[Block] = []  # since the letters in hand were begun
        self._wanted: list[Block] = []
        self._met: set[int] = set()  # hashes of blocks that one letter had
        self._place = 0  # of the letter in hand
        self._is_whole = True

    def arrange(self, letter: Letter, layout: Layout) -> LetterPage:
        """A letter on its page."""
        (page,) = self.arrange_all((letter,), layout)
        if isinstance(page, Exception):
            raise page
        return page

    def arrange_all(self, letters: Sequence[Letter], layout: Layout) -> list[LetterPage | Exception]:
        """Letters on their pages, in their order. What goes wrong with one is its own affair."""
        arranged: list[LetterPage | Exception] = [Unarranged()] * len(letters)
        waiting = list(range(len(letters)))
        while waiting:
            for self._place in waiting:
                arranged[self._place] = self._arranged(letters[self._place], layout)
            waiting = [place for place in waiting if isinstance(arranged[place], Unarranged)]
            self._set_wanted()
        self._forget()
        return arranged

    def _arranged(self, letter: Letter, layout: Layout) -> LetterPage | Exception:
        self._is_whole = True
        try:
            page = letter_page.arrange(letter, layout, self._get)
        except Exception as error:
            return error
        return page if self._is_whole else Unarranged()

    def _get(self, block: Block) -> SetBlock:
        entry = self._entries.get(block)
        if not entry:
            entry = self._entries[block] = _Entry(blocks.in_lines(block), self._place)
            self._new.append(block)
            if not entry.block:
                self._wanted.append(block)
        elif entry.first != self._place:
            entry.shared = True
        if entry.error:
            raise entry.error
        self._is_whole = self._is_whole and entry.block is not None
        return entry.block or NOT_YET

    def _set_wanted(self) -> None:
        """Sets what has to be broken into lines, each block for itself where one of them breaks something else."""
        by_type: dict[letter_type.LetterType, list[Block]] = {}
        for block in self._wanted:
            by_type.setdefault(block.type, []).append(block)
        self._wanted = []
        for wanted in by_type.values():
            try:
                self._set(wanted)
            except Exception:
                for block in wanted:
                    self._set_alone(block)

    def _set_alone(self, block: Block) -> None:
        try:
            self._set([block])
        except Exception as error:
            self._entries[block].error = error

    def _set(self, wanted: list[Block]) -> None:
        from campaign_app.documents import paragraphs  # WeasyPrint is slow to import

        for block, found in zip(wanted, paragraphs.set_blocks(wanted), strict=True):
            self._entries[block].block = found

    def _forget(self) -> None:
        """Keeps what several letters have said."""
        for block in self._new:
            if not self._entries[block].shared and hash(block) not in self._met:
                self._met.add(hash(block))
                del self._entries[block]
            elif self._entries[block].error:
                del self._entries[block]
        self._new = []
        if len(self._entries) > MOST_KEPT:
            self._entries = {}
        if len(self._met) > MOST_MET:
            self._met = set()
        for remembered in (shaping.shape, letter_type.shown):
            remembered.cache_clear()
