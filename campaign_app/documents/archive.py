"""ZIP archives of files that are compressed already: what does not change is compressed once for many archives.

The standard library's ``zipfile`` compresses whatever it is given. (APPNOTE.TXT 6.3.10 of PKWARE, with the records of
ZIP64 where there are more files than the older ones can count.)
"""

from __future__ import annotations

import itertools
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

STORED, DEFLATED = 0, 8
FAST, SMALL = 3, 9  # levels of compression: the first takes half the time of zlib's own choice for a tenth more bytes
_VERSION, _VERSION_64 = 20, 45
_UTF_8 = 0x800
_EARLIEST = 0x21  # 1 January 1980, at midnight; it says nothing about the letter
_SAID, _PLACED = struct.Struct("<5H3I2H"), struct.Struct("<3H2I")  # of a file; further, in its entry
_MADE_BY = struct.pack("<4sH", b"PK\1\2", _VERSION)
_ENTRY_SIZE = len(_MADE_BY) + _SAID.size + _PLACED.size  # without its name
_NAME_LENGTH, _NAME_LENGTH_AT = struct.Struct("<H"), 28  # in an entry
_OFFSET, _OFFSET_AT = struct.Struct("<I"), 42
_END, _END_64, _LOCATOR_64 = struct.Struct("<4s4H2IH"), struct.Struct("<4sQ2H2I4Q"), struct.Struct("<4sIQI")
_MOST_FILES, _MOST_BYTES = 0xFFFF, 0xFFFFFFFF
_LAST_BLOCK = b"\x03\x00"  # an empty one of deflate (RFC 1951, 3.2.6)


class TooLarge(Exception):
    """An archive of 4 GB or more, which many programs do not open."""


class Packed(NamedTuple):
    """A file to stand in an archive; ``crc`` and ``size`` are those of its content, which may be compressed."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes


class Segment(NamedTuple):
    """Files as they stand one after the other, and their entries in the directory, counted from where they begin."""

    data: bytes
    entries: bytes


class Stretch(NamedTuple):
    """Part of a file, compressed so that others can follow."""

    crc: int
    size: int
    data: bytes


def stored(name: str, content: bytes) -> Packed:
    return Packed(name, STORED, zlib.crc32(content), len(content), content)


def deflated(name: str, content: bytes, level: int = FAST) -> Packed:
    compressor = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
    return Packed(name, DEFLATED, zlib.crc32(content), len(content), compressor.compress(content) + compressor.flush())


def segment(files: Iterable[Packed]) -> Segment:
    data: list[bytes] = []
    entries: list[bytes] = []
    place = 0
    for file in files:
        head, entry = _records(file, len(file.data), place)
        entries.append(entry)
        data += (head, file.data)
        place += len(head) + len(file.data)
    return Segment(b"".join(data), b"".join(entries))


def archive(segments: Iterable[Segment]) -> bytes:
    """A whole archive."""
    data, entries, place = [], [], 0
    for part in segments:
        data.append(part.data)
        entries.append(_moved(part.entries, place) if place else part.entries)
        place += len(part.data)
    directory = b"".join(entries)
    return b"".join((*data, directory, _end(directory, place)))


def names(part: Segment) -> list[str]:
    return [part.entries[start + _ENTRY_SIZE : end].decode() for start, end in _places(part.entries)]


class Archive:
    """An archive that is written from its beginning to its end. Raises ``TooLarge``."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._place = 0
        self._entries = bytearray()

    def add(self, part: Segment) -> None:
        self.add_in_pieces((part.data,), part.entries)

    def add_in_pieces(self, data: Iterable[bytes], entries: bytes) -> None:
        """Adds a segment whose data come one after the other."""
        self._entries += _moved(entries, self._place)
        for piece in data:
            self._place += len(piece)
            self._stream.write(piece)
        if self._place + len(self._entries) > _MOST_BYTES:
            raise TooLarge

    def add_file(self, file: Packed, length: int, data: Iterable[bytes]) -> None:
        """Adds a file whose data, of ``length`` bytes together, come one after the other."""
        head, entry = _records(file, length, 0)
        self.add_in_pieces(itertools.chain((head,), data), entry)

    @property
    def entries(self) -> bytes:
        """The entries of all that was added."""
        return bytes(self._entries)

    def close(self) -> None:
        """Writes the directory. The stream stays open."""
        self._stream.write(self._entries)
        self._stream.write(_end(bytes(self._entries), self._place))


class Growing:
    """A file that grows by stretches, which are written to a stream."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._crc = self._size = self._length = 0

    def add(self, more: Stretch) -> None:
        self._crc = _combined(self._crc, more.crc, more.size)
        self._size += more.size
        self._length += len(more.data)
        self._stream.write(more.data)

    def end(self, name: str) -> tuple[Packed, int]:
        """The file without its data, which is what was written, and how much that is."""
        self._stream.write(_LAST_BLOCK)
        return Packed(name, DEFLATED, self._crc, self._size, b""), self._length + len(_LAST_BLOCK)


class Compressor:
    """Makes a stretch of what it is given, bit by bit."""

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(FAST, wbits=-zlib.MAX_WBITS)
        self._crc = self._size = 0
        self._data: list[bytes] = []

    def add(self, content: bytes) -> None:
        self._crc = zlib.crc32(content, self._crc)
        self._size += len(content)
        self._data.append(self._compressor.compress(content))

    def stretch(self) -> Stretch:
        """All that was given."""
        self._data.append(self._compressor.flush(zlib.Z_SYNC_FLUSH))
        return Stretch(self._crc, self._size, b"".join(self._data))


def stretch(content: bytes) -> Stretch:
    compressor = Compressor()
    compressor.add(content)
    return compressor.stretch()


def _combined(first: int, second: int, size: int) -> int:
    """The CRC of two stretches from those of each, where the second has ``size`` bytes. (A CRC is linear.)"""
    nothing = bytes(size)
    return zlib.crc32(nothing, first) ^ zlib.crc32(nothing) ^ second


def _records(file: Packed, length: int, place: int) -> tuple[bytes, bytes]:
    """What stands before the file's ``length`` bytes of data, and its entry in the directory."""
    name, flags = file.name.encode(), 0 if file.name.isascii() else _UTF_8
    said = _SAID.pack(_VERSION, flags, file.method, 0, _EARLIEST, file.crc, length, file.size, len(name), 0)
    return b"".join((b"PK\3\4", said, name)), b"".join((_MADE_BY, said, _PLACED.pack(0, 0, 0, 0, place), name))


def _places(entries: bytes) -> Iterator[tuple[int, int]]:
    """Where each entry begins and ends."""
    start = 0
    while start < len(entries):
        end = start + _ENTRY_SIZE + _NAME_LENGTH.unpack_from(entries, start + _NAME_LENGTH_AT)[0]
        yield start, end
        start = end


def _moved(entries: bytes, by: int) -> bytes:
    """The entries of files that stand ``by`` bytes further on."""
    if not by:
        return entries
    moved = bytearray(entries)
    for start, _ in _places(entries):
        at = start + _OFFSET_AT
        _OFFSET.pack_into(moved, at, _OFFSET.unpack_from(moved, at)[0] + by)
    return bytes(moved)


def _end(entries: bytes, place: int) -> bytes:
    """What ends a directory that stands at ``place``."""
    count, length = sum(1 for _ in _places(entries)), len(entries)
    short = min(count, _MOST_FILES)
    end = _END.pack(b"PK\5\6", 0, 0, short, short, length, place, 0)
    if count < _MOST_FILES:
        return end
    long = _END_64.pack(b"PK\6\6", _END_64.size - 12, _VERSION_64, _VERSION_64, 0, 0, count, count, length, place)
    return long + _LOCATOR_64.pack(b"PK\6\7", 0, place + length, 1) + end
