"""All rows of the database as lines of JSON, and back.

They are the same for SQLite and PostgreSQL, so that one may follow the other.
Tables are read as they are, not as the models mean them: what is sealed stays sealed, and a backup of an older
version is loaded into tables of that version, which are migrated afterwards.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, MetaData, Table, func, insert, select, text

VERSION_TABLE = "alembic_version"
DERIVED = frozenset({"letter_tally"})  # what the database itself makes of other rows, here and where they are restored
A_PART = 500  # rows of a part, which is held in memory

Counters = dict[str, int]


def reflected(connection: Connection) -> MetaData:
    """The tables as they are in the database, but for what is derived from others."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != VERSION_TABLE and name not in DERIVED)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return found


def revision(connection: Connection) -> str:
    """The migration that the database is at."""
    return str(connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")))  # noqa: S608 - our own constant


def parts(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of a table in the order of their keys, a part at a time."""
    query = select(table).order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=A_PART).execute(query)
    for part in rows.mappings().partitions():
        yield "".join(f"{json.dumps(_said(table, row), ensure_ascii=False)}\n" for row in part).encode()


def load(connection: Connection, table: Table, part: bytes) -> None:
    """Add the rows of a part to a table."""
    connection.execute(insert(table), [_meant(json.loads(line)) for line in part.splitlines()])


def counters(connection: Connection) -> Counters:
    """How far the ids of each table were given out, by the table's name."""
    if connection.dialect.name == "sqlite":
        rows: Iterable[Any] = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    else:
        rows = connection.execute(
            text("SELECT regexp_replace(sequencename, '_id_seq$', ''), last_value FROM pg_sequences "
                 "WHERE schemaname = current_schema() AND last_value IS NOT NULL")
        )  # fmt: skip
    return {name: int(count) for name, count in rows if not name.startswith("_alembic")}


def set_counters(connection: Connection, tables: Iterable[Table], known: Counters) -> None:
    """Give out no id again that was given out before."""
    for table in tables:
        if "id" not in table.columns:
            continue
        count = max(known.get(table.name, 0), connection.scalar(select(func.max(table.c.id))) or 0)
        if connection.dialect.name == "sqlite":
            _count_on_sqlite(connection, table, count)
        elif count and connection.scalar(func.pg_get_serial_sequence(f'"{table.name}"', "id")):
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
            connection.execute(select(func.setval(sequence, count)))


def _count_on_sqlite(connection: Connection, table: Table, count: int) -> None:
    """Only tables whose ids must not come back have a counter there."""
    source = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table.name}) or ""
    if "AUTOINCREMENT" in source:
        values = {"name": table.name, "count": count}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :count)"), values)


def _said(table: Table, row: Any) -> dict[str, Any]:
    return {column.name: _tagged(row[column.name], isinstance(column.type, JSON)) for column in table.columns}


def _tagged(value: Any, is_json: bool) -> Any:
    """A value that JSON knows as it is, any other with its kind."""
    if value is None or (isinstance(value, str | int | float) and not is_json):
        return value
    if is_json:
        return {"json": value}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"bytes": b64encode(value).decode()}


_KINDS: dict[str, Any] = {
    "json": lambda value: value,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "bytes": b64decode,
}


def _meant(said: dict[str, Any]) -> dict[str, Any]:
    return {name: _untagged(value) for name, value in said.items()}


def _untagged(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    [(kind, content)] = value.items()
    return _KINDS[kind](content)
