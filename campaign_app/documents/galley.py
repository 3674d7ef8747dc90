"""Blocks that are set, kept for the letters to come: a text's own paragraphs are set once, whoever signs the letter."""

from __future__ import annotations

from collections.abc import Sequence

from campaign_app.documents import blocks, letter_page
from campaign_app.documents.blocks import Block, SetBlock
from campaign_app.documents.letter_page import LetterPage
from campaign_app.documents.letter_type import LetterType
from campaign_app.documents.paper import Layout
from campaign_app.letters.letter import Letter

MOST = 8192  # blocks, of about 4 kB each
NOT_YET = SetBlock((), 0.0)  # stands for a block that is not set yet, on a page that is not either


class Unarranged(Exception):
    """Some blocks of the letter are not set yet."""


class Galley:
    """Arranges letters. What has to be broken into lines is set together for all of them, which costs little more."""

    def __init__(self) -> None:
        self._kept: dict[LetterType, dict[Block, SetBlock]] = {}
        self._wanted: dict[LetterType, dict[Block, None]] = {}
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
            for place in waiting:
                arranged[place] = self._arranged(letters[place], layout)
            waiting = [place for place in waiting if isinstance(arranged[place], Unarranged)]
            self._set_wanted()
        self._forget_many()
        return arranged

    def _arranged(self, letter: Letter, layout: Layout) -> LetterPage | Exception:
        self._is_whole = True
        try:
            page = letter_page.arrange(letter, layout, self._get)
        except Exception as error:
            return error
        return page if self._is_whole else Unarranged()

    def _get(self, block: Block, type_: LetterType) -> SetBlock:
        kept = self._kept.setdefault(type_, {})
        found = kept.get(block) or blocks.in_single_lines(block, type_)
        if not found:
            self._wanted.setdefault(type_, {})[block] = None
            self._is_whole = False
            return NOT_YET
        kept[block] = found
        return found

    def _set_wanted(self) -> None:
        from campaign_app.documents import paragraphs  # WeasyPrint is slow to import

        for type_, wanted in self._wanted.items():
            found = paragraphs.set_blocks(tuple(wanted), type_)
            self._kept[type_].update(zip(wanted, found, strict=True))
        self._wanted = {}

    def _forget_many(self) -> None:
        if sum(map(len, self._kept.values())) > MOST:
            self._kept = {}
