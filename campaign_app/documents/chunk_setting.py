"""Setting the letters of a chunk: what several of its pages show is drawn once."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from campaign_app.documents import fonts, shown_glyphs
from campaign_app.documents.chunk import Chunk, Failed
from campaign_app.documents.galley import Galley
from campaign_app.documents.letter_page import LetterPage, Placed, frame_of
from campaign_app.documents.letter_pdf import drawn, figures
from campaign_app.documents.letter_type import letter_type
from campaign_app.documents.paper import Layout
from campaign_app.documents.shown_glyphs import Glyphs
from campaign_app.documents.unfit import OutsideWindow, TooLong, Unfit, Unprintable
from campaign_app.letters.letter import Letter

COMPRESSION = 6
WORTH_SHARING = 160  # bytes; less is shorter where it is used
NAME_BYTES = 5


def set_chunk(letters: Sequence[Letter], layout: Layout, galley: Galley) -> Chunk:
    """The letters of a chunk, set. One that cannot be printed costs nothing but its own page."""
    arranged = galley.arrange_all(letters, layout)
    found = [_unfit(letter, page) for letter, page in zip(letters, arranged, strict=True)]
    fit = [page for page, unfit in zip(arranged, found, strict=True) if not unfit and isinstance(page, LetterPage)]
    writer = _Writer(layout, Counter(id(placed.block) for page in fit for placed in page.pages[0]))
    pages = tuple(
        unfit or writer.written(letter, page.pages[0])  # type: ignore[union-attr]
        for letter, page, unfit in zip(letters, arranged, found, strict=True)
    )
    frame = frame_of(layout, False)
    return Chunk((frame.width, frame.height), pages, writer.forms, writer.glyphs)


def _unfit(letter: Letter, page: LetterPage | Exception) -> Unfit | Failed | None:
    if isinstance(page, Unfit):
        return page
    if isinstance(page, Exception):
        return Failed(f"{type(page).__name__}: {page}")
    for field_, characters in fonts.find_unprintable(letter).items():
        return Unprintable(field_, characters)
    if len(page.pages) > 1:
        return TooLong(len(page.pages))
    for field_ in page.outside:
        return OutsideWindow(field_)
    return None


class _Writer:
    """Writes the pages of a chunk. ``uses`` says how many of its pages show a block."""

    def __init__(self, layout: Layout, uses: Counter[int]) -> None:
        self._layout, self._uses = layout, uses
        self._shared: dict[tuple[tuple[int, float, float], ...], str] = {}
        self._noted: set[int] = set()
        self.forms: dict[str, bytes] = {}
        self.glyphs: Glyphs = {}

    def written(self, letter: Letter, placed: Sequence[Placed]) -> bytes:
        """The content stream of a letter's page."""
        frame = frame_of(self._layout, letter_type(letter.language, self._layout.points, False).right_to_left)
        parts: list[str] = []
        for uses, group in groupby(placed, key=lambda one: self._uses[id(one.block)]):
            parts += self._drawn(uses, list(group), frame.height)
        return zlib.compress("\n".join(filter(None, (*parts, *figures(letter, frame)))).encode(), COMPRESSION)

    def _drawn(self, uses: int, placed: Sequence[Placed], height: float) -> Iterator[str]:
        """What draws blocks that follow each other on as many pages: as one form where these are several."""
        for one in placed:
            if id(one.block) not in self._noted:
                self._noted.add(id(one.block))
                shown_glyphs.add(self.glyphs, one.block.glyphs)
        if uses == 1:
            yield from (drawn(one, one.block.operators, height) for one in placed)
            return
        first = placed[0]
        key = tuple((id(one.block), one.x - first.x, round(one.y - first.y, 2)) for one in placed)
        if (found := self._shared.get(key)) is None:
            found = self._shared[key] = self._form(placed)
        yield drawn(first, found, height)

    def _form(self, placed: Sequence[Placed]) -> str:
        """What draws the blocks with the first one at the origin."""
        first = placed[0]
        moved = (Placed(one.kind, one.block, one.x - first.x, one.y - first.y) for one in placed)
        operators = "\n".join(drawn(one, one.block.operators, 0) for one in moved)
        if len(operators) < WORTH_SHARING:
            return operators
        content = operators.encode()
        name = "B" + hashlib.blake2b(content, digest_size=NAME_BYTES).hexdigest()
        self.forms[name] = zlib.compress(content, 9)
        return f"/{name} Do"
