"""A run of letters as a ZIP, a file a letter: parts of it are made one by one, and put together in the end."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import IO

from campaign_app.documents import archive

_HEAD = struct.Struct("<Q")  # length of the entries, which come before the data


class SameName(ValueError):
    """Two files of a ZIP that would have the same name."""


def part(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Some of the files, by their names, which are compressed already in their own way."""
    made = archive.segment(archive.stored(name, content) for name, content in files)
    return b"".join((_HEAD.pack(len(made.entries)), made.entries, made.data))


def assemble(parts: Iterable[bytes], stream: IO[bytes]) -> None:
    """Writes the ZIP, one part after the other. Raises ``SameName``, and ``archive.TooLarge`` from 4 GB on."""
    taken: set[str] = set()
    whole = archive.Archive(stream)
    for given in parts:
        segment = _segment(given)
        for name in archive.names(segment):
            if name in taken:
                raise SameName(name)
            taken.add(name)
        whole.add(segment)
    whole.close()


def _segment(given: bytes) -> archive.Segment:
    end = _HEAD.size + _HEAD.unpack_from(given)[0]
    return archive.Segment(given[end:], given[_HEAD.size : end])
