"""QR codes (ISO/IEC 18004) in microseconds.

With level of correction, mask and version fixed, every module of a code is a sum over GF(2) of message bits: what a
byte adds to the picture hangs on nothing but its value and its place. So the picture of each byte at each place is
drawn once, by segno, and a code is the exclusive or of those of its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import segno

# Any of the eight masks makes a valid code; to choose the best looking one takes five times as long as the code.
MASK = 3
LEVEL = "m"  # 15 % of error correction
_CAPACITY = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412)  # bytes at level M, by version


@dataclass(frozen=True, slots=True)
class Code:
    """A code of ``modules`` a side, with each row of modules filled up to whole bytes; a 1 is dark."""

    modules: int
    rows: bytes


def code(content: str) -> Code:
    """The QR code of ``content`` as bytes. It has no quiet zone: the page leaves four modules free."""
    message = content.encode()
    version = next((n for n, room in enumerate(_CAPACITY, 1) if len(message) <= room), None)
    if version is None:
        return _drawn(content, None)
    picture = _blank(version, len(message))
    for place, byte in enumerate(message):
        picture ^= _byte(version, len(message), place, byte)
    modules = 17 + 4 * version
    return Code(modules, picture.to_bytes(modules * _row(modules), "big"))


def _row(modules: int) -> int:
    return (modules + 7) // 8


@cache
def _blank(version: int, length: int) -> int:
    """The picture of a message of as many zero bytes."""
    return int.from_bytes(_drawn(bytes(length), version).rows, "big")


@cache
def _byte(version: int, length: int, place: int, byte: int) -> int:
    """What a byte at a place changes in that picture."""
    changed = 0
    for bit in range(8):
        if byte >> bit & 1:
            changed ^= _bit(version, length, place, bit)
    return changed


@cache
def _bit(version: int, length: int, place: int, bit: int) -> int:
    message = bytearray(length)
    message[place] = 1 << bit
    return int.from_bytes(_drawn(bytes(message), version).rows, "big") ^ _blank(version, length)


def _drawn(content: str | bytes, version: int | None) -> Code:
    """The code as segno draws it."""
    matrix = segno.make(
        content, error=LEVEL, micro=False, boost_error=False, mask=MASK, mode="byte", version=version
    ).matrix
    modules = len(matrix)
    filled = (sum(dark << at for at, dark in enumerate(reversed(row))) for row in matrix)
    width = _row(modules)
    return Code(modules, b"".join((row << width * 8 - modules).to_bytes(width, "big") for row in filled))
