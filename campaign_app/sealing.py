"""Keeping personal data closed at rest: the data keys, and columns whose values are sealed with them.

A value is sealed by Fernet (AES-128-CBC with HMAC-SHA-256). The newest key seals, every known key opens, so that keys
can be rotated while the site runs. Where a value must be found again, a blind index stands beside it.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app
from sqlalchemy import Column, Dialect, Text, TypeDecorator, select, type_coerce

from campaign_app import keys
from campaign_app.db import db

KEY_FILE = "data_keys"  # in the instance folder: one key a line, the newest first
EXTENSION = "vault"


class Vault:
    """Seals and opens with the keys in ``file``, which is made with a first key where there is none.

    ``secret`` is what blind indexes follow from; it stays when keys are rotated.

    The file is read again when it changes: another process may have rotated the keys. Raises
    ``cryptography.fernet.InvalidToken`` for what no key opens.
    """

    def __init__(self, file: Path, secret: str) -> None:
        self.file = file
        self._secret = secret
        self._lock = threading.Lock()
        self._read_at: tuple[int, int] | None = None
        self._box = MultiFernet([Fernet(Fernet.generate_key())])

    def seal(self, content: bytes) -> bytes:
        return self._current().encrypt(content)

    def open(self, sealed: bytes) -> bytes:
        return self._current().decrypt(sealed)

    def renew(self, sealed: bytes) -> bytes:
        """The same content, sealed with the newest key."""
        return self._current().rotate(sealed)

    def is_newest(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it."""
        try:
            Fernet(self.keys()[0]).decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def index(self, purpose: str, value: str) -> str:
        """What is stored to find a sealed value again: the same for the same value, and telling nothing of it."""
        return keys.hmac_digest(self._secret, f"index of {purpose}", value.casefold()).hex() if value else ""

    def keys(self) -> list[str]:
        """Every key, the newest first."""
        self._make_sure()
        return self.file.read_text().split()

    def add_key(self) -> None:
        """Begin to seal with a new key; the one before it stays known, and those before that are forgotten."""
        self._write([Fernet.generate_key().decode(), *self.keys()[:1]])

    def _current(self) -> MultiFernet:
        self._make_sure()
        status = self.file.stat()
        version = (status.st_mtime_ns, status.st_ino)
        if version != self._read_at:
            with self._lock:
                self._box = MultiFernet([Fernet(key) for key in self.file.read_text().split()])
                self._read_at = version
        return self._box

    def _make_sure(self) -> None:
        if not self.file.exists():
            self.file.parent.mkdir(parents=True, exist_ok=True)
            new = self._written([Fernet.generate_key().decode()])
            try:
                os.link(new, self.file)  # unless another process was first
            except FileExistsError:
                pass
            finally:
                new.unlink()

    def _write(self, all_keys: list[str]) -> None:
        self._written(all_keys).replace(self.file)
        folder = os.open(self.file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def _written(self, all_keys: list[str]) -> Path:
        new = self.file.with_name(f"{self.file.name}.{os.getpid()}.{threading.get_ident()}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write("\n".join(all_keys) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        return new


class Sealed(TypeDecorator[str]):
    """Text that is sealed in the database. Empty text stays empty: that nothing is there is no secret."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return vault().seal(value.encode()).decode() if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return vault().open(value.encode()).decode() if value else value


class SealedJSON(TypeDecorator[Any]):
    """A value of JSON that is sealed in the database. It is replaced whole: changes within it are not noticed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return vault().seal(json.dumps(value, ensure_ascii=False).encode()).decode() if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return json.loads(vault().open(value.encode())) if value else None


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that are sealed in the database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return vault().seal(value).decode() if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        return vault().open(value.encode()) if value else None


SEALED_TYPES = (Sealed, SealedJSON, SealedBytes)
BATCH = 500  # rows


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A value as it lies in the database."""

    column: Column[Any]
    row_id: int
    sealed: str


def sealed_columns() -> list[Column[Any]]:
    """Every column whose values are sealed, of every table."""
    tables = db.metadata.sorted_tables
    return [column for table in tables for column in table.columns if isinstance(column.type, SEALED_TYPES)]


def sealed_values() -> Iterator[SealedValue]:
    """Every sealed value that is stored."""
    for column in sealed_columns():
        last = 0
        while found := values_after(column, last):
            yield from found
            last = found[-1].row_id


def values_after(column: Column[Any], row_id: int, count: int = BATCH) -> list[SealedValue]:
    """The next values of a column, those of rows with higher ids than ``row_id``."""
    key, raw = column.table.c.id, type_coerce(column, Text)
    query = select(key, raw).where(key > row_id, raw != "").order_by(key).limit(count)
    return [SealedValue(column, *row) for row in db.session.execute(query)]


def init_app(app: Flask) -> None:
    app.extensions[EXTENSION] = Vault(Path(app.instance_path, KEY_FILE), app.config["SECRET_KEY"])


def vault() -> Vault:
    """The application's vault."""
    found: Vault = current_app.extensions[EXTENSION]
    return found
