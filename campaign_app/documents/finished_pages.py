"""Pages that were laid out in the last hour, kept so that nobody but who has the letter can read them."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import OrderedDict

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from campaign_app.documents.paper import Layout
from campaign_app.letters.letter import Letter

NONCE = 12  # bytes (NIST SP 800-38D, 5.2.1.1)


class FinishedPages:
    """A bounded store of bytes by letter and layout.

    Each entry is encrypted with a key that follows from the whole letter, and found by the key's hash: once a request
    is over, memory and swap hold no letter that could be read without the letter itself. Nothing older than ``seconds``
    is given out; it is dropped as soon as the store is used again.
    """

    def __init__(self, entries: int = 256, size: int = 64 * 2**20, seconds: float = 3600) -> None:
        self._most_entries = entries
        self._most_bytes = size
        self._longest = seconds
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()  # what was used last comes last
        self._made: OrderedDict[bytes, float] = OrderedDict()  # what was put last comes last
        self._bytes = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, letter: Letter, layout: Layout) -> bytes | None:
        """What was put for an equal letter and layout."""
        key = _key(letter, layout)
        index = _index(key)
        with self._lock:
            self._drop_old()
            if index not in self._kept:
                return None
            sealed = self._kept[index]
            self._kept.move_to_end(index)
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], None)

    def put(self, letter: Letter, layout: Layout, content: bytes) -> None:
        key = _key(letter, layout)
        nonce = os.urandom(NONCE)
        sealed = nonce + AESGCM(key).encrypt(nonce, content, None)
        with self._lock:
            self._drop_old()
            self._drop(_index(key))
            self._kept[_index(key)], self._made[_index(key)] = sealed, time.monotonic()
            self._bytes += len(sealed)
            while len(self._kept) > self._most_entries or self._bytes > self._most_bytes:
                self._drop(next(iter(self._kept)))

    def _drop_old(self) -> None:
        oldest = time.monotonic() - self._longest
        while self._made and next(iter(self._made.values())) < oldest:
            self._drop(next(iter(self._made)))

    def _drop(self, index: bytes) -> None:
        if index in self._kept:
            del self._made[index]
            self._bytes -= len(self._kept.pop(index))


def _key(letter: Letter, layout: Layout) -> bytes:
    """Not the letter's digest: that may stand in a database."""
    said = f"{letter.to_json()}\n{layout}".encode(errors="surrogatepass")
    return hashlib.blake2b(said, digest_size=32, person=b"finished pages").digest()


def _index(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()
