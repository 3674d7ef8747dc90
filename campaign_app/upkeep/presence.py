"""Telling whether somebody serves an instance, so that nobody changes it from under them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "in_use"  # in the instance folder


class InUse(Exception):
    """A site or a worker runs on this instance."""


@contextmanager
def present(instance: Path) -> Iterator[None]:
    """Serve the instance meanwhile; several may. The lock ends with the process, however that ends."""
    with _locked(instance, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(instance: Path) -> Iterator[None]:
    """Have the instance for oneself. Raises InUse."""
    if not instance.exists():
        yield
        return
    with _locked(instance, fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(instance: Path, kind: int) -> Iterator[None]:
    descriptor = os.open(instance / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise InUse from error
    finally:
        os.close(descriptor)
