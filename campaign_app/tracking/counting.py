"""How the database itself counts letters: triggers on ``letter`` keep ``letter_tally``, whichever way rows are written.

A letter of one campaign, group, week, target, country and language changes one row for each ``Aspect``; so pages that
add up rows of the tally cost the same for a thousand letters and for ten million.
"""

# ruff: noqa: S608 - the statements are put together from our own names alone

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

from campaign_app.tracking.tally_models import NO_GROUP, Aspect, LetterTally

TALLY = LetterTally.__tablename__
STATES = ("made", "posted", "answered", "returned", "void")
KEY = "aspect, campaign_id, begins_on, group_id, value"
COUNTS = ", ".join(STATES)
# The day by which an aspect counts, and what it tells apart.
ASPECTS = {
    Aspect.ALL: ("made_on", "''"),
    Aspect.TARGET: ("made_on", "CAST(target_id AS TEXT)"),
    Aspect.COUNTRY: ("made_on", "country"),
    Aspect.LANGUAGE: ("made_on", "language"),
    Aspect.POSTED: ("posted_on", "''"),
}
COUNTED = ("campaign_id", "group_id", "target_id", "country", "language", "status", "made_on", "posted_on")
BEGINNING = {  # of the part of a month's week in which a day is
    "sqlite": "max(date(day, 'weekday 0', '-6 days'), date(day, 'start of month'))",
    "postgresql": "greatest(date_trunc('week', day)::date, date_trunc('month', day)::date)",
}
_LETTERS = f"(SELECT {', '.join(COUNTED)}, 1 AS sign FROM letter) AS letters"


def stand(connection: Connection) -> None:
    """Have the database count, and count anew where it did not: rebuilding ``letter`` on SQLite drops its triggers."""
    if inspect(connection).has_table(TALLY) and not counts(connection):
        mend(connection)


def mend(connection: Connection) -> None:
    """Set the triggers up and count every letter anew."""
    for event in EVENTS:
        for statement in (_on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql)(event):
            connection.exec_driver_sql(statement)
    recount(connection)


def counts(connection: Connection) -> bool:
    """Whether every trigger is there."""
    known = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'letter'",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = 'letter'::regclass",
    }
    names = {"sqlite": "name", "postgresql": "tgname"}
    dialect = connection.dialect.name
    query = f"{known[dialect]} AND {names[dialect]} LIKE '{TALLY}_%'"
    return connection.scalar(text(query)) == len(EVENTS)


def recount(connection: Connection) -> None:
    """Count every letter anew."""
    connection.exec_driver_sql(f"DELETE FROM {TALLY}")
    connection.exec_driver_sql(f"INSERT INTO {TALLY} ({KEY}, {COUNTS}) {_cells(_LETTERS, connection.dialect.name)}")


def miscounted(connection: Connection) -> Iterator[str]:
    """The rows of the tally that are not what there are of letters, by their keys."""
    letters = f"SELECT {KEY}, {COUNTS} FROM ({_cells(_LETTERS, connection.dialect.name)}) AS counted"
    is_there = " OR ".join(f"{state} <> 0" for state in STATES)
    kept = f"SELECT {KEY}, {COUNTS} FROM {TALLY} WHERE {is_there}"
    wrong = (f"SELECT {KEY} FROM ({one} EXCEPT {other}) AS wrong" for one, other in ((letters, kept), (kept, letters)))
    for cell in connection.exec_driver_sql(" UNION ".join(wrong)):
        yield ", ".join(map(str, cell))


EVENTS = ("insert", "update", "delete")
_CHANGES = {"insert": (("new", 1),), "update": (("new", 1), ("old", -1)), "delete": (("old", -1),)}


def _on_sqlite(event: str) -> Iterator[str]:
    columns = ", ".join(COUNTED)
    steps = []
    for row, sign in _CHANGES[event]:
        letter = ", ".join(f"{row}.{column} AS {column}" for column in COUNTED)
        told = _told(f"(SELECT {letter}, {sign} AS sign) AS letter")
        single = ", ".join(f"{_one(state)} AS {state}" for state in STATES)
        steps.append(_added(_select(told, single, "sqlite")))
    of = f" OF {columns}" if event == "update" else ""
    yield f"DROP TRIGGER IF EXISTS {TALLY}_{event}"
    yield f"CREATE TRIGGER {TALLY}_{event} AFTER {event}{of} ON letter BEGIN {'; '.join(steps)}; END"


def _on_postgresql(event: str) -> Iterator[str]:
    """Once a statement, so that marking thousands at once changes each row of the tally once."""
    rows = " UNION ALL ".join(
        f"SELECT {', '.join(COUNTED)}, {sign} AS sign FROM {row}_letters" for row, sign in _CHANGES[event]
    )
    tables = " ".join(f"{row} TABLE AS {row}_letters" for row, _ in _CHANGES[event])
    yield (
        f"CREATE OR REPLACE FUNCTION {TALLY}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {_added(_cells(f'({rows}) AS letters', 'postgresql'))}; RETURN NULL; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {TALLY}_{event} ON letter"
    yield (
        f"CREATE TRIGGER {TALLY}_{event} AFTER {event} ON letter REFERENCING {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TALLY}_{event}()"
    )


def _added(cells: str) -> str:
    """Add ``cells`` to the tally."""
    more = ", ".join(f"{state} = {TALLY}.{state} + excluded.{state}" for state in STATES)
    return f"INSERT INTO {TALLY} ({KEY}, {COUNTS}) {cells} ON CONFLICT ({KEY}) DO UPDATE SET {more}"


def _cells(letters: str, dialect: str) -> str:
    """What ``letters`` add up to in each row of the tally that they change; those with the sign -1 went."""
    sums = [f"sum({_one(state)})" for state in STATES]
    named = ", ".join(f"{total} AS {state}" for total, state in zip(sums, STATES, strict=True))
    changed = " OR ".join(f"{total} <> 0" for total in sums)
    return f"{_select(_told(letters), named, dialect)} GROUP BY 1, 2, 3, 4, 5 HAVING {changed}"


def _told(letters: str) -> str:
    """Each letter once for each aspect."""
    return " UNION ALL ".join(
        f"SELECT '{aspect}' AS aspect, campaign_id, {day} AS day, coalesce(group_id, {NO_GROUP}) AS group_id, "
        f"{value} AS value, status, sign FROM {letters}"
        for aspect, (day, value) in ASPECTS.items()
    )


def _select(told: str, counts: str, dialect: str) -> str:
    begins_on = BEGINNING[dialect]
    return (
        f"SELECT aspect, campaign_id, {begins_on} AS begins_on, group_id, value, {counts} "
        f"FROM ({told}) AS told WHERE day IS NOT NULL"
    )


def _one(state: str) -> str:
    return f"CASE WHEN status = '{state.upper()}' THEN sign ELSE 0 END"
