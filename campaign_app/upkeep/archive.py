"""The file of a backup: a header in plain words, and after it a tar archive sealed with a passphrase.

The header says how the key follows from the passphrase (scrypt, RFC 7914) and holds a mark by which a wrong passphrase
is told from a damaged file. It is covered by the seal of every frame.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import secrets
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from campaign_app import frames

MAGIC = b"campaign-app backup 1\n"
SCRYPT = {"n": 2**17, "r": 8, "p": 1}  # OWASP's first choice: 128 MiB for each guess
MOST_MEMORY = 2**28  # bytes: what a header may ask for, twice what ours does
LONGEST_HEADER = 500  # bytes
SHORTEST_PASSPHRASE = 12  # characters


class NoBackup(Exception):
    """The file is no backup of this kind."""


class WrongPassphrase(Exception):
    """The passphrase does not belong to the file."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What follows from a passphrase: the key of the frames, and the mark that shows it is the right one."""

    seal: bytes
    mark: str

    @classmethod
    def derived(cls, passphrase: str, salt: bytes, n: int, r: int, p: int) -> Keys:
        both = hashlib.scrypt(
            passphrase.encode(), salt=salt, n=n, r=r, p=p, maxmem=MOST_MEMORY + 2**20, dklen=2 * frames.KEY
        )
        return cls(both[: frames.KEY], hashlib.sha256(both[frames.KEY :]).hexdigest())


class Writing:
    """Members that are added to a backup."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        self._tar.addfile(member, io.BytesIO(content))

    def add_file(self, name: str, file: Path) -> None:
        """A file that nobody changes meanwhile, however large."""
        member = tarfile.TarInfo(name)
        with file.open("rb") as stream:
            member.size = file.stat().st_size
            self._tar.addfile(member, stream)


@contextmanager
def writing(sink: BinaryIO, passphrase: str) -> Iterator[Writing]:
    """Write a backup to ``sink``, one frame at a time."""
    salt = secrets.token_bytes(16)
    keys = Keys.derived(passphrase, salt, **SCRYPT)
    header = MAGIC + json.dumps({"salt": salt.hex(), "mark": keys.mark, **SCRYPT}).encode() + b"\n"
    sink.write(header)
    sealer = frames.Sealer(sink, keys.seal, header)
    with tarfile.open(fileobj=sealer, mode="w|") as tar:  # type: ignore[call-overload]
        yield Writing(tar)
    sealer.close()


def members(source: BinaryIO, passphrase: str) -> Iterator[tuple[str, BinaryIO]]:
    """The members of a backup in their order, each to be read before the next.

    Raises NoBackup, WrongPassphrase, and at any point ``frames.Damaged``: only what was read to the end is whole.
    """
    header, keys = _unlocked(source, passphrase)
    opener = frames.Opener(source, keys.seal, header)
    try:
        with tarfile.open(fileobj=opener, mode="r|") as tar:  # type: ignore[call-overload]
            for member in tar:
                if content := tar.extractfile(member):
                    yield member.name, content
    except tarfile.TarError as error:
        raise frames.Damaged from error
    while opener.read(frames.FRAME):
        pass


def _unlocked(source: BinaryIO, passphrase: str) -> tuple[bytes, Keys]:
    if source.read(len(MAGIC)) != MAGIC:
        raise NoBackup
    line = source.readline(LONGEST_HEADER)
    try:
        said = json.loads(line)
        salt, n, r, p = bytes.fromhex(said["salt"]), int(said["n"]), int(said["r"]), int(said["p"])
        if 128 * n * r * p > MOST_MEMORY:
            raise NoBackup
        keys = Keys.derived(passphrase, salt, n, r, p)
        mark = str(said["mark"])
    except (ValueError, KeyError, TypeError) as error:
        raise NoBackup from error
    if not hmac.compare_digest(keys.mark.encode(), mark.encode()):
        raise WrongPassphrase
    return MAGIC + line, keys
