"""The database that a backup is restored into: beside the present one, until it takes its place."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url


class NotHere(Exception):
    """The database is of a kind that cannot be restored into; the message says which can."""


@dataclass(frozen=True, slots=True)
class InFolder:
    """SQLite's file lies in the folder that is built up, and takes its place with it."""

    address: str = ""

    def put_in_place(self, old: str) -> None:
        """Nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Schema:
    """On PostgreSQL, a schema beside ``public``; it is renamed in the end, and so is the one before it."""

    server: str
    name: str

    @property
    def address(self) -> str:
        """The address of a database in which this schema is all there is."""
        url = make_url(self.server).update_query_dict({"options": f"-csearch_path={self.name}"})
        return url.render_as_string(hide_password=False)

    def put_in_place(self, old: str) -> None:
        """Rename the schemas in one transaction; the old one is kept as ``old``."""
        with _connected(self.server) as connection:
            connection.execute(text(f'ALTER SCHEMA public RENAME TO "{old or f"{self.name}_before"}"'))
            connection.execute(text(f'ALTER SCHEMA "{self.name}" RENAME TO public'))


@contextmanager
def new(address: str) -> Iterator[InFolder | Schema]:
    """A new database for an instance whose present one is at ``address``; it is gone unless it was put in place.

    Raises NotHere.
    """
    if not address:
        yield InFolder()
        return
    if make_url(address).get_backend_name() != "postgresql":
        raise NotHere("A backup is restored into SQLite in the instance folder, or into PostgreSQL.")
    schema = Schema(address, f"restoring_{secrets.token_hex(4)}")
    with _connected(address) as connection:
        connection.execute(text(f'CREATE SCHEMA "{schema.name}"'))
    try:
        yield schema
    finally:
        with _connected(address) as connection:
            connection.execute(text(f'DROP SCHEMA IF EXISTS "{schema.name}" CASCADE'))


@contextmanager
def _connected(address: str) -> Iterator[Connection]:
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
