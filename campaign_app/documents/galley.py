"""Blocks that are set, kept for the letters to come: a text's own paragraphs are set once, whoever signs the letter."""

from __future__ import annotations

from collections.abc import Sequence

from campaign_app.documents import blocks, letter_page
from campaign_app.documents.blocks import Block, SetBlock
from campaign_app.documents.letter_page import LetterPage, NotYetSet
from campaign_app.documents.letter_type import LetterType
from campaign_app.documents.paper import Layout
from campaign_app.letters.letter import Letter

MOST = 8192  # blocks, of about 4 kB each


class Galley:
    """Arranges letters. What has to be broken into lines is set together for all of them, which costs little more."""

    def __init__(self) -> None:
        self._kept: dict[LetterType, dict[Block, SetBlock]] = {}
        self._wanted: dict[LetterType, dict[Block, None]] = {}

    def arrange(self, letter: Letter, layout: Layout) -> LetterPage:
        """A letter on its page."""
        (page,) = self.arrange_all((letter,), layout)
        if isinstance(page, Exception):
            raise page
        return page

    def arrange_all(self, letters: Sequence[Letter], layout: Layout) -> list[LetterPage | Exception]:
        """Letters on their pages, in their order. What goes wrong with one is its own affair."""
        arranged: list[LetterPage | Exception | None] = [None] * len(letters)
        waiting = list(range(len(letters)))
        while waiting:
            still: list[int] = []
            for place in waiting:
                try:
                    arranged[place] = letter_page.arrange(letters[place], layout, self._get)
                except NotYetSet:
                    still.append(place)
                except Exception as error:
                    arranged[place] = error
            self._set_wanted()
            waiting = still
        self._forget_many()
        return [page for page in arranged if page is not None]

    def _get(self, block: Block, type_: LetterType) -> SetBlock | None:
        kept = self._kept.get(type_)
        if kept is None:
            kept = self._kept[type_] = {}
        if found := kept.get(block):
            return found
        if found := blocks.in_single_lines(block, type_):
            kept[block] = found
            return found
        self._wanted.setdefault(type_, {})[block] = None
        return None

    def _set_wanted(self) -> None:
        from campaign_app.documents import paragraphs  # WeasyPrint is slow to import

        for type_, wanted in self._wanted.items():
            found = paragraphs.set_blocks(tuple(wanted), type_)
            self._kept[type_].update(zip(wanted, found, strict=True))
        self._wanted = {}

    def _forget_many(self) -> None:
        if sum(map(len, self._kept.values())) > MOST:
            self._kept = {}
