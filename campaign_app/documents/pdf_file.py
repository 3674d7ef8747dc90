"""A PDF file (ISO 32000-1), written from front to back: what is written is not kept, so a file may be of any length.

Small objects are gathered in compressed object streams (7.5.7); the cross-reference is a stream too (7.5.8).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
OBJECTS_A_STREAM = 200
_PLAIN, _PACKED = 1, 2  # kinds of entries in the cross-reference


def text(value: str) -> bytes:
    """A text string: as it is where it is ASCII, else in UTF-16 (7.9.2.2)."""
    if value.isascii() and value.isprintable():
        escaped = value.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + escaped.encode() + b")"
    return b"<feff" + value.encode("utf-16-be", "replace").hex().encode() + b">"


def number(value: float) -> str:
    """A number as short as it can be said, to a hundredth."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said


def references(numbers: Iterable[int]) -> bytes:
    """An array of references."""
    return b"[" + b" ".join(b"%d 0 R" % n for n in numbers) + b"]"


class PdfFile:
    """Writes objects to ``stream``. Every object has a number, which may be taken long before it is written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0
        self._hash = hashlib.sha256()
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        self._waiting: list[tuple[int, bytes]] = []
        self._write(HEADER)

    def take_number(self) -> int:
        """The number of an object that will be written later."""
        self._places.append((0, 0, 0))
        return len(self._places) - 1

    def add(self, content: bytes, number: int | None = None) -> int:
        """Writes anything but a stream; the number of it."""
        number = number or self.take_number()
        self._waiting.append((number, content))
        if len(self._waiting) >= OBJECTS_A_STREAM:
            self._pack()
        return number

    def add_stream(self, data: bytes, entries: bytes = b"", number: int | None = None) -> int:
        """Writes a stream with ``entries`` in its dictionary, compressed; the number of it."""
        return self.add_compressed(zlib.compress(data, 9), entries, number)

    def add_compressed(self, data: bytes, entries: bytes = b"", number: int | None = None) -> int:
        """Writes a stream whose data zlib has compressed already."""
        return self.add_raw(data, entries + b"/Filter/FlateDecode", number)

    def add_raw(self, data: bytes, entries: bytes = b"", number: int | None = None) -> int:
        """Writes a stream with its data as they are."""
        number = number or self.take_number()
        self._places[number] = (_PLAIN, self._at, 0)
        self._write(b"%d 0 obj<<%s/Length %d>>stream\n" % (number, entries, len(data)))
        self._write(data)
        self._write(b"\nendstream endobj\n")
        return number

    def close(self, root: int, info: int, identifier: bytes | None = None) -> None:
        """Writes what a reader begins with. Without an identifier the file's is the hash of its content."""
        self._pack()
        identifier = (identifier or self._hash.digest()[:16]).hex().encode()
        last, start = self.take_number(), self._at
        self._places[last] = (_PLAIN, start, 0)
        width = (max(start, len(self._places)).bit_length() + 7) // 8
        entries = b"".join(
            bytes((kind,)) + first.to_bytes(width, "big") + second.to_bytes(2, "big")
            for kind, first, second in self._places
        )
        self.add_stream(
            entries,
            b"/Type/XRef/Size %d/W[1 %d 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]"
            % (len(self._places), width, root, info, identifier, identifier),
            last,
        )
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _pack(self) -> None:
        if not self._waiting:
            return
        holder = self.take_number()
        for place, (number, _) in enumerate(self._waiting):
            self._places[number] = (_PACKED, holder, place)
        index = b" ".join(_index(self._waiting))
        data = index + b"\n" + b" ".join(content for _, content in self._waiting)
        entries = b"/Type/ObjStm/N %d/First %d" % (len(self._waiting), len(index) + 1)
        self._waiting = []
        self.add_stream(data, entries, holder)

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._hash.update(data)
        self._at += len(data)


def _index(objects: list[tuple[int, bytes]]) -> Iterator[bytes]:
    start = 0
    for number, content in objects:
        yield b"%d %d" % (number, start)
        start += len(content) + 1
