"""Letters of a run, set and ready to be put into one file: small, and whole in themselves.

A chunk can be stored when it is done and read again after whatever happens. Its pages refer to what several of its
letters share by names, and to fonts by their keys; the same has the same name in every chunk.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from campaign_app.documents import shown_glyphs
from campaign_app.documents.shown_glyphs import Glyphs
from campaign_app.documents.unfit import OutsideWindow, TooLong, Unfit, Unprintable

LETTERS = 200  # to a chunk, as a rule: what is lost with a process, and what others wait for


class Failed(Exception):
    """A letter that could not be set, for a reason that is none of the letter's: a fault of ours, with its words."""


Page = tuple[bytes | str, ...]
"""The streams that draw a page one after the other: its own, compressed, and names of shared ones."""


@dataclass(frozen=True)
class Chunk:
    """The pages of letters in their order, or what keeps a letter from being printed.

    ``shared`` are the compressed streams that several pages show, by name; ``glyphs`` what all of them show. ``size``
    is that of a page in pt.
    """

    size: tuple[float, float]
    pages: tuple[Page | Unfit | Failed, ...]
    shared: Mapping[str, bytes] = field(default_factory=dict)
    glyphs: Glyphs = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """What ``from_bytes`` makes an equal one of."""
        said = [_said(page) for page in self.pages]
        head = json.dumps([self.size, said, list(self.shared), self.glyphs], separators=(",", ":"))
        streams = [stream for page in self.pages for stream in _own(page)]
        parts = [zlib.compress(head.encode(errors="surrogatepass")), *self.shared.values(), *streams]
        return b"".join(struct.pack(">I", len(part)) + part for part in parts)

    @classmethod
    def from_bytes(cls, source: bytes) -> Chunk:
        parts = _parts(source)
        head = zlib.decompress(next(parts)).decode(errors="surrogatepass")
        size, said, names, glyphs = json.loads(head)
        shared = {name: next(parts) for name in names}
        pages = tuple(_meant(one, parts) for one in said)
        shown = {key: {int(glyph): text for glyph, text in of_face.items()} for key, of_face in glyphs.items()}
        return cls((size[0], size[1]), pages, shared, shown)


def failed(letters: int, reason: str) -> Chunk:
    """A chunk of letters none of which could be set."""
    return Chunk((0.0, 0.0), (Failed(reason),) * letters)


def joined(first: Chunk, second: Chunk) -> Chunk:
    """The letters of two chunks of the same run in one."""
    glyphs: Glyphs = {}
    for chunk in (first, second):
        shown_glyphs.add(glyphs, chunk.glyphs)
    size = max(first.size, second.size)
    return Chunk(size, first.pages + second.pages, {**first.shared, **second.shared}, glyphs)


def _own(page: Page | Unfit | Failed) -> tuple[bytes, ...]:
    return () if isinstance(page, Exception) else tuple(stream for stream in page if isinstance(stream, bytes))


def _said(page: Page | Unfit | Failed) -> list[Any]:
    """A page as JSON has it: with nothing in the places of its own streams; a reason begins with its kind."""
    if isinstance(page, Exception):
        return [type(page).__name__, *page.args]
    return [None, *(stream if isinstance(stream, str) else None for stream in page)]


def _meant(said: list[Any], streams: Iterator[bytes]) -> Page | Unfit | Failed:
    kind, *rest = said
    if kind:
        kinds = {made.__name__: made for made in (Unprintable, TooLong, OutsideWindow, Failed)}
        return kinds[kind](*rest)
    return tuple(next(streams) if name is None else name for name in rest)


def _parts(source: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(source):
        (length,) = struct.unpack_from(">I", source, at)
        yield source[at + 4 : at + 4 + length]
        at += 4 + length
