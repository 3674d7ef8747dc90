"""Sealing a stream of any length in frames, so that neither side ever holds more than one of them.

Each frame is sealed by AES-256-GCM. Its nonce counts the frames and marks the last one (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so that frames cannot be changed, swapped, repeated or cut off unseen.
The nonces begin at zero: a key seals one stream, and never another.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FRAME = 256 * 1024  # bytes of content
TAG = 16  # bytes that AES-GCM adds to a frame
KEY = 32  # bytes
NONCE = 12  # bytes: a counter, and whether the frame is the last


class Damaged(Exception):
    """What is read was not sealed with this key, or was changed or cut off since."""


def new_key() -> bytes:
    return secrets.token_bytes(KEY)


class Sealer:
    """Writes what it is given to ``sink``, sealed; ``close`` writes the last frame.

    ``about`` is covered too: the stream opens only where the same is said about it.
    """

    def __init__(self, sink: BinaryIO, key: bytes, about: bytes = b"") -> None:
        self._sink, self._box, self._about = sink, AESGCM(key), about
        self._waiting = bytearray()
        self._count = 0
        self.size = 0  # bytes of content so far

    def write(self, content: bytes | bytearray | memoryview) -> int:
        self._waiting += content
        self.size += len(content)
        while len(self._waiting) > FRAME:  # the last frame waits for close, full or not
            self._put(bytes(self._waiting[:FRAME]), last=False)
            del self._waiting[:FRAME]
        return len(content)

    def close(self) -> None:
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, content: bytes, *, last: bool) -> None:
        self._sink.write(self._box.encrypt(_nonce(self._count, last=last), content, self._about))
        self._count += 1


def opened(source: BinaryIO, key: bytes, about: bytes = b"") -> Iterator[bytes]:
    """The content that was sealed, frame by frame. Raises Damaged, at the latest in place of the last frame."""
    box, count = AESGCM(key), 0
    frame = source.read(FRAME + TAG)
    while True:
        following = source.read(FRAME + TAG)
        try:
            yield box.decrypt(_nonce(count, last=not following), frame, about)
        except InvalidTag as error:
            raise Damaged from error
        if not following:
            return
        frame, count = following, count + 1


class Opener:
    """What was sealed, as a stream to read from."""

    def __init__(self, source: BinaryIO, key: bytes, about: bytes = b"") -> None:
        self._frames = opened(source, key, about)
        self._waiting = bytearray()

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes, fewer only at the end; all of the rest by default. Raises Damaged."""
        while size < 0 or len(self._waiting) < size:
            if (frame := next(self._frames, None)) is None:
                size = len(self._waiting)
                break
            self._waiting += frame
        found = bytes(self._waiting[:size])
        del self._waiting[:size]
        return found


class Seekable(io.RawIOBase):
    """What was sealed, ``size`` bytes of content, to be read from any place. Only one frame is ever in memory."""

    def __init__(self, source: BinaryIO, key: bytes, about: bytes, size: int) -> None:
        self._source, self._box, self._about, self._size = source, AESGCM(key), about, size
        self._place = 0
        self._number, self._frame = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(start + offset, 0)
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Raises Damaged."""
        if self._place >= self._size:
            return 0
        number, start = divmod(self._place, FRAME)
        found = self._opened(number)[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _opened(self, number: int) -> bytes:
        if number != self._number:
            self._source.seek(number * (FRAME + TAG))
            sealed = self._source.read(FRAME + TAG)
            last = (number + 1) * FRAME >= self._size
            try:
                self._frame = self._box.decrypt(_nonce(number, last=last), sealed, self._about)
            except InvalidTag as error:
                raise Damaged from error
            self._number = number
        return self._frame

    def close(self) -> None:
        self._source.close()
        super().close()


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(NONCE - 1, "big") + bytes([last])
