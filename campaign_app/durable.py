"""Files that are there whole or not at all, even if the power fails; and clearing away what a crash left behind."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BufferedRandom
from pathlib import Path

UNFINISHED = ".new"


@contextmanager
def whole(file: Path) -> Iterator[BufferedRandom]:
    """A stream to write and read; ``file`` appears under its name once everything in it is on the disk.

    Where anything is raised, OSError for a full disk among others, no file is left.
    """
    _make(file.parent)
    unfinished = file.with_suffix(UNFINISHED)
    try:
        with unfinished.open("x+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.rename(file)
        _sync(file.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def write(content: bytes, file: Path) -> None:
    """All of the file or none of it."""
    with whole(file) as stream:
        stream.write(content)


def sweep(folder: Path, known: Collection[str], before: datetime) -> int:
    """Delete the files in ``folder`` that are not ``known`` by name and older than ``before``; how many these were.

    A file is known only once it is recorded, a moment after it was written: so leave the young ones.
    """
    strays = [file for file in listed(folder) if file.name not in known and file.stat().st_mtime < before.timestamp()]
    for file in strays:
        file.unlink(missing_ok=True)
    return len(strays)


def listed(folder: Path) -> list[Path]:
    """The files in ``folder``, which need not be there yet; folders in it are not looked into."""
    return [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []


def age_limit(moment: datetime) -> datetime:
    """Before this, a file that has no record will not get one any more."""
    return moment - timedelta(hours=1)


def is_settled(file: Path, moment: datetime) -> bool:
    """Whether nobody can be writing the file at ``moment`` any more."""
    return file.is_file() and file.stat().st_mtime < age_limit(moment).timestamp()


def _make(folder: Path) -> None:
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Have the names in ``folder`` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
