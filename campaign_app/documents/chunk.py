"""Letters of a run, set and ready to be put into one file: small, and whole in themselves.

A chunk can be stored when it is done and read again after whatever happens. Its pages refer to blocks that several of
its letters share, and to fonts by their keys; the same block has the same name in every chunk.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from campaign_app.documents import shown_glyphs
from campaign_app.documents.shown_glyphs import Glyphs
from campaign_app.documents.unfit import OutsideWindow, TooLong, Unfit, Unprintable

LETTERS = 200  # to a chunk, as a rule: what is lost with a process, and what others wait for


class Failed(Exception):
    """A letter that could not be set, for a reason that is none of the letter's: a fault of ours, with its words."""


@dataclass(frozen=True)
class Chunk:
    """The pages of letters in their order.

    ``pages`` are compressed content streams, or what keeps a letter from being printed; ``forms`` are the shared
    blocks by name; ``glyphs`` what all of them show, as ``embedded_fonts`` wants it. ``size`` is that of a page in pt.
    """

    size: tuple[float, float]
    pages: tuple[bytes | Unfit | Failed, ...]
    forms: Mapping[str, bytes] = field(default_factory=dict)
    glyphs: Glyphs = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """What ``from_bytes`` makes an equal one of."""
        unfit = {n: _said(page) for n, page in enumerate(self.pages) if not isinstance(page, bytes)}
        head = json.dumps([self.size, unfit, self.glyphs, list(self.forms)], separators=(",", ":"))
        parts = [zlib.compress(head.encode(errors="surrogatepass"))]
        parts += [page if isinstance(page, bytes) else b"" for page in self.pages]
        parts += self.forms.values()
        return b"".join(struct.pack(">I", len(part)) + part for part in parts)

    @classmethod
    def from_bytes(cls, source: bytes) -> Chunk:
        parts, at = [], 0
        while at < len(source):
            (length,) = struct.unpack_from(">I", source, at)
            parts.append(source[at + 4 : at + 4 + length])
            at += 4 + length
        head, *parts = parts
        size, unfit, glyphs, names = json.loads(zlib.decompress(head).decode(errors="surrogatepass"))
        pages: list[bytes | Unfit | Failed] = list(parts[: len(parts) - len(names)])
        for place, said in unfit.items():
            pages[int(place)] = _meant(*said)
        shown = {key: {int(glyph): said for glyph, said in said.items()} for key, said in glyphs.items()}
        forms = dict(zip(names, parts[len(pages) :], strict=True))
        return cls((size[0], size[1]), tuple(pages), forms, shown)


def failed(letters: int, reason: str) -> Chunk:
    """A chunk of letters none of which could be set."""
    return Chunk((0.0, 0.0), (Failed(reason),) * letters)


def joined(first: Chunk, second: Chunk) -> Chunk:
    """The letters of two chunks of the same run in one."""
    glyphs: Glyphs = {}
    for chunk in (first, second):
        shown_glyphs.add(glyphs, chunk.glyphs)
    size = max(first.size, second.size)
    return Chunk(size, first.pages + second.pages, {**first.forms, **second.forms}, glyphs)


def _said(page: Unfit | Failed) -> list[object]:
    return [type(page).__name__, *page.args]


def _meant(kind: str, *arguments: object) -> Unfit | Failed:
    kinds = {made.__name__: made for made in (Unprintable, TooLong, OutsideWindow, Failed)}
    return kinds[kind](*arguments)  # type: ignore[arg-type]
