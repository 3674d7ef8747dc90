"""Setting the letters of a chunk: what several of its pages show is drawn once."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from campaign_app.documents import fonts, shown_glyphs
from campaign_app.documents.chunk import Chunk, Failed, Page
from campaign_app.documents.galley import Galley
from campaign_app.documents.letter_page import LetterPage, Placed, frame_of
from campaign_app.documents.letter_pdf import drawn, figures
from campaign_app.documents.letter_type import letter_type
from campaign_app.documents.paper import Layout
from campaign_app.documents.shown_glyphs import Glyphs
from campaign_app.documents.unfit import OutsideWindow, TooLong, Unfit
from campaign_app.letters.letter import Letter

COMPRESSION = 6
LEAST_USES = 2
WORTH_SHARING = 600  # bytes before compression; less is shorter where it is used than as a stream of its own
NAME_BYTES = 8


Key = tuple[tuple[int, float, float], ...]
"""Blocks at their places: where two pages have the same, they show the same."""


def set_chunk(letters: Sequence[Letter], layout: Layout, galley: Galley) -> Chunk:
    """The letters of a chunk, set. One that cannot be printed costs nothing but its own page."""
    arranged = galley.arrange_all(letters, layout)
    found = [_fit(letter, page) for letter, page in zip(letters, arranged, strict=True)]
    writer = _Writer(layout, [page.pages[0] for page in found if isinstance(page, LetterPage)])
    pages = tuple(
        writer.written(letter, page.pages[0]) if isinstance(page, LetterPage) else page
        for letter, page in zip(letters, found, strict=True)
    )
    frame = frame_of(layout, False)
    return Chunk((frame.width, frame.height), pages, writer.shared, writer.glyphs)


def _fit(letter: Letter, page: LetterPage | Exception) -> LetterPage | Unfit | Failed:
    """The page of a letter that can be printed, or why it cannot."""
    try:
        return _checked(letter, page)
    except Unfit as unfit:
        return unfit
    except Exception as error:
        return Failed(f"{type(error).__name__}: {error}")


def _checked(letter: Letter, page: LetterPage | Exception) -> LetterPage:
    if isinstance(page, Exception):
        raise page
    fonts.check(letter)
    if len(page.pages) > 1:
        raise TooLong(len(page.pages))
    for field in page.outside:
        raise OutsideWindow(field)
    return page


class _Writer:
    """Writes the pages of a chunk. What is drawn is to the letter what ``letter_pdf`` draws, but for the tags."""

    def __init__(self, layout: Layout, pages: Sequence[Sequence[Placed]]) -> None:
        self._layout = layout
        self._uses = Counter(id(placed.block) for page in pages for placed in page)
        self._groups = Counter(_key(group) for page in pages for group in self._grouped(page))
        self._names: dict[Key, str] = {}
        self.shared: dict[str, bytes] = {}
        self.glyphs: Glyphs = {}
        for block in {id(placed.block): placed.block for page in pages for placed in page}.values():
            shown_glyphs.add(self.glyphs, block.glyphs)

    def written(self, letter: Letter, placed: Sequence[Placed]) -> Page:
        """The streams of a letter's page."""
        frame = frame_of(self._layout, letter_type(letter.language, self._layout.points, False).right_to_left)
        streams: list[bytes | str] = []
        own: list[str] = []
        for group in self._grouped(placed):
            if name := self._shared(group, frame.height):
                streams += [*_stream(own), name]
                own = []
            else:
                own += (drawn(one, one.block.operators, frame.height) for one in group)
        own += filter(None, figures(letter, frame))
        return (*streams, *_stream(own))

    def _grouped(self, placed: Sequence[Placed]) -> Iterator[list[Placed]]:
        """Blocks that follow each other and are shown as often: they are likely to be the same text's."""
        for _, group in groupby(placed, key=lambda one: self._uses[id(one.block)]):
            yield list(group)

    def _shared(self, group: Sequence[Placed], height: float) -> str:
        """The name of the stream for a group that several pages show; none for one that is better drawn each time."""
        key = _key(group)
        if self._groups[key] < LEAST_USES:
            return ""
        if (name := self._names.get(key)) is None:
            content = "\n".join(drawn(one, one.block.operators, height) for one in group).encode()
            worth = len(content) >= WORTH_SHARING
            name = self._names[key] = hashlib.blake2b(content, digest_size=NAME_BYTES).hexdigest() if worth else ""
            if worth:
                self.shared[name] = zlib.compress(content, 9)
        return name


def _key(group: Sequence[Placed]) -> Key:
    return tuple((id(one.block), one.x, one.y) for one in group)


def _stream(parts: Sequence[str]) -> Iterator[bytes]:
    if parts:
        yield zlib.compress("\n".join(parts).encode(), COMPRESSION)
