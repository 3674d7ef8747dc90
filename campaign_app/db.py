"""The database object, and how each connection to it is set up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from flask import Flask, g, has_app_context, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Session

LONGEST_WAIT = 10_000  # ms that a writer waits for those before it
SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "secure_delete": "ON",
    "busy_timeout": str(LONGEST_WAIT),
    "temp_store": "MEMORY",  # each insertion would put pages of the database into a file of its own in /var/tmp
}
WRITERS = 1  # the one advisory lock that writers on PostgreSQL take


class Base(DeclarativeBase):
    """What every table shares: constraints with predictable names, so that migrations can alter them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """An instant, stored as UTC without a zone and handed out as an aware UTC time."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.replace(tzinfo=UTC)


db = SQLAlchemy(model_class=Base)
_turn = Lock()


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def init_app(app: Flask) -> None:
    """Bind the database to ``app`` and set up the engine's connections."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _set_pragmas)
            event.listen(db.engine, "begin", _begin_on_sqlite)
        else:
            event.listen(db.engine, "connect", _limit_waiting)
            event.listen(db.engine, "begin", _begin_on_postgresql)


def read_only() -> None:
    """Let what follows read without the writers' lock, although it belongs to a POST or a job."""
    db.session.rollback()  # whoever is signed in was read already, with the lock
    g.writes = False


def begin_writing() -> None:
    """Start the transaction that writes; rows that were read before are read again within it."""
    db.session.rollback()
    g.writes = True


@contextmanager
def writing_in_turn() -> Iterator[None]:
    """The transaction that writes, where many threads do: it begins here, and is committed at the end.

    Threads wait for each other here, since whoever waits in SQLite looks only every so often whether it is its turn.
    """
    has_turn = _turn.acquire(timeout=LONGEST_WAIT / 1000)  # where another process holds all up, SQLite says so
    try:
        begin_writing()
        yield
        db.session.commit()
    finally:
        db.session.rollback()
        if has_turn:
            _turn.release()


@contextmanager
def writing_beside() -> Iterator[Session]:
    """A session of its own that writes, while the request's session only reads; committed at the end."""
    before = g.get("writes")
    g.writes = True
    try:
        with Session(db.engine) as session, session.begin():
            yield session
    finally:
        g.pop("writes") if before is None else setattr(g, "writes", before)


def leave_no_trace() -> bool:
    """Have what was deleted leave the files, too: SQLite's write-ahead log, and dead rows on PostgreSQL.

    It ends the session's transaction, so commit before. False where somebody is still reading the log; then it is
    emptied the next time.
    """
    db.session.rollback()
    connection: Any = db.engine.raw_connection()
    try:
        if db.engine.dialect.name == "sqlite":
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
        connection.driver_connection.autocommit = True
        connection.driver_connection.execute("VACUUM")
        connection.driver_connection.autocommit = False
        return True
    finally:
        connection.close()


def _set_pragmas(connection: sqlite3.Connection, record: Any) -> None:  # noqa: ARG001
    connection.isolation_level = None  # transactions begin in _begin_on_sqlite, not in the driver
    for name, value in SQLITE_PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")


def _limit_waiting(connection: Any, record: Any) -> None:  # noqa: ARG001
    connection.execute(f"SET lock_timeout = {LONGEST_WAIT}")
    connection.commit()


def _begin_on_sqlite(connection: Connection) -> None:
    """Begin as a writer wherever a write may follow.

    A transaction that reads first and writes later fails at once with "database is locked" when another writer
    came between; one that begins as IMMEDIATE waits its turn.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes() else "BEGIN")


def _begin_on_postgresql(connection: Connection) -> None:
    """Let writers take turns as they do on SQLite, so that what is read before it is written holds there too."""
    if _writes():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")


def _writes() -> bool:
    if not has_app_context():
        return True
    return bool(g.get("writes", not (has_request_context() and request.method in ("GET", "HEAD", "OPTIONS"))))
