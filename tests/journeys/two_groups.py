"""What belongs to a group of the running site, and everything that an instance holds about anybody, however sealed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from campaign_app.access.models import Account, Invitation
from campaign_app.db import db
from campaign_app.groups.activity_models import Activity
from campaign_app.groups.decision_models import Decision
from campaign_app.groups.models import Group
from campaign_app.jobs.models import Job
from campaign_app.people.models import Membership, Person
from campaign_app.print_runs.models import PrintRun, RunRow
from campaign_app.sealing import sealed_values, vault
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile
from tests.access.objects import Actor, Whose, makers
from tests.databases import SQLITE_FILE
from tests.privacy.people import raw_bytes

NOBODY = Actor("nobody", None, None)


def addresses(app: Flask, group: str) -> list[tuple[str, str]]:
    """Each method and address that speaks of something of the group: of every person, run and decision that it has."""
    with app.app_context():
        objects = list(_objects(db.session.scalars(select(Group).filter_by(name=group)).one()))
    found = dict.fromkeys(
        (method, address)
        for rule in app.url_map.iter_rules()
        if any(maker.whose is Whose.GROUP for maker in makers(rule).values())
        for each in objects
        if (address := _filled(app, rule, each))
        for method in sorted({"GET", "POST"} & (rule.methods or set()))
    )
    return list(found)


def _objects(group: Group) -> Iterator[dict[str, Any]]:
    """Rows of the group, by the names that the addresses' arguments have in ``tests.access.objects``."""
    common = {"group_slug": group.slug}
    yield common
    people = db.session.scalars(select(Person).where(Person.memberships.any(Membership.group_id == group.id))).all()
    for person in people:
        of_person = common | {"person_id": person.id, "second_id": people[0].id}
        yield of_person
        accounts = db.session.scalars(select(Account).filter_by(person_id=person.id)).all()
        yield from (of_person | each for each in _ids("account_id", accounts))
        yield from (of_person | each for each in _ids("membership_id", person.memberships))
        yield from (of_person | each for each in _ids("consent_id", person.consents))
    yield from (common | each for each in _ids("officer_id", group.officers))
    for model, name in ((Invitation, "invitation_id"), (Decision, "decision_id"), (Activity, "activity_id")):
        yield from (
            common | each for each in _ids(name, db.session.scalars(select(model).filter_by(group_id=group.id)))
        )
    yield from _ids("job_id", db.session.scalars(select(Job).filter_by(group_id=group.id)))
    for run in db.session.scalars(select(PrintRun).filter_by(group_id=group.id)):
        rows = db.session.scalars(select(RunRow).filter_by(run_id=run.id))
        yield from ({"run_id": run.id, "row_number": row.number} for row in rows)


def _ids(name: str, rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    return ({name: row.id} for row in rows)


def _filled(app: Flask, rule: Rule, row: dict[str, Any]) -> str | None:
    """The address with what the row says, or None where it speaks of something else."""
    try:
        values = {name: maker.value(row, NOBODY) for name, maker in makers(rule).items()}
    except KeyError:
        return None
    method = "GET" if "GET" in (rule.methods or ()) else "POST"
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=method, append_unknown=False)


def told_by(app: Flask) -> Iterator[bytes]:
    """Everything that whoever has the whole instance, with its keys, can read: files as they lie, and opened."""
    yield from raw_bytes(Path(app.instance_path)).values()
    with app.app_context():
        for value in sealed_values():
            yield vault().open(value.sealed.encode())
        for row in db.session.scalars(select(StoredFile)):
            yield b"".join(room.read(row))
        db.session.rollback()


def sealed(app: Flask) -> set[str]:
    """Each sealed value as it lies in the database."""
    with app.app_context():
        found = {value.sealed for value in sealed_values()}
        db.session.rollback()
    return found


def close_the_log(app: Flask) -> None:
    """Let the write-ahead log be written into the database, and be emptied."""
    with closing(sqlite3.connect(Path(app.instance_path, SQLITE_FILE))) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
