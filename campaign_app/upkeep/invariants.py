"""What must hold of the database as a whole, whatever is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, inspect, select, text

from campaign_app.db import db
from campaign_app.invariants import each, invariant

WRITING = frozenset({(name, "campaign") for name in ("print_run", "letter", "handwritten_count", "petition")})


@invariant("The database is sound")
def sound() -> Iterator[str]:
    """SQLite's own check. PostgreSQL checks pages as it reads them, where it was set up with checksums."""
    if _is_sqlite():
        yield from each("{}", text("SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'"))
    else:
        failed = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
        yield from each("{} pages with a wrong checksum", text(f"{failed} AND checksum_failures > 0"))


@invariant("Every row refers to rows that are there")
def references() -> Iterator[str]:
    """PostgreSQL holds it by itself, but for constraints that were never validated."""
    if _is_sqlite():
        yield from each("{} {} refers to no {}", text("SELECT * FROM pragma_foreign_key_check"))
    else:
        yield from each("{} was never validated", text("SELECT conname FROM pg_constraint WHERE NOT convalidated"))


@invariant("No row refers across groups")
def within_groups() -> Iterator[str]:
    """Whatever belongs to a group refers only to what belongs to the same one.

    Every group writes for campaigns of others and of the section, so those to which it writes do not count.
    """
    for table in db.metadata.sorted_tables:
        for column in table.columns if "group_id" in table.columns else ():
            for key in column.foreign_keys:
                other = key.column.table
                if other is not table and "group_id" in other.columns and (table.name, other.name) not in WRITING:
                    yield from _across(table, column, other)


@invariant("No id is given out twice")
def ids_once() -> Iterator[str]:
    """The counter of each table whose ids must not come back is not behind them."""
    for table in db.metadata.sorted_tables:
        if not table.dialect_options["sqlite"]["autoincrement"]:
            continue
        highest = db.session.scalar(select(table.c.id).order_by(table.c.id.desc()).limit(1)) or 0
        if (counter := _counter(table)) < highest:
            yield f"{table.name} counts from {counter}, and has {highest}"


@invariant("Every table is as the models mean it")
def tables() -> Iterator[str]:
    there = set(inspect(db.session.connection()).get_table_names())
    yield from (f"{table.name} is missing" for table in db.metadata.sorted_tables if table.name not in there)


def _across(table: Table, column: Any, other: Table) -> Iterator[str]:
    key = next(iter(table.primary_key.columns))
    query = select(key).join(other, column == next(iter(column.foreign_keys)).column)
    query = query.where(table.c.group_id.is_distinct_from(other.c.group_id))
    yield from each(f"{table.name} {{}} and its {other.name}", query)


def _counter(table: Table) -> int:
    if _is_sqlite():
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return db.session.scalar(query, {"name": table.name}) or 0
    query = text("SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() AND sequencename = :name")
    return db.session.scalar(query, {"name": f"{table.name}_id_seq"}) or 0


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"
