"""Each role × each address × one's own or another group's row, over HTTP."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_security import hash_password
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from campaign_app import create_app
from campaign_app.access.models import Account, SignedIn
from campaign_app.access.permissions import PERMISSIONS, declared
from campaign_app.db import db
from campaign_app.people.models import Membership, Person, Role
from campaign_app.stored_files import room
from tests.access.objects import LONG_AGO, PASSWORD, Actor, Whose, consent, makers, rows_of
from tests.conftest import SETTINGS, _take_forms_without_a_token
from tests.databases import SQLITE_FILE

OPEN, SIGN_IN, FORBIDDEN, HIDDEN = "open", "to the sign-in", "forbidden", "hidden"
VISITOR = Actor("visitor", None, None)
ACTORS = [
    VISITOR,
    Actor("member", Role.MEMBER, "ours"),
    Actor("organizer", Role.ORGANIZER, "ours"),
    Actor("organizer of another group", Role.ORGANIZER, "theirs"),
    Actor("staff", Role.STAFF, None),
    Actor("ended organizer", None, "ours"),
]


@dataclass
class World:
    """An application with two groups and somebody signed in for each role."""

    app: Flask
    rows: dict[str, dict[str, Any]]
    actors: list[Actor]
    database: Path
    snapshot: Path

    def restore(self) -> None:
        """Everything as it was before the cell."""
        with self.app.app_context():
            db.engine.dispose()
        for suffix in ("-wal", "-shm"):
            self.database.with_name(SQLITE_FILE + suffix).unlink(missing_ok=True)
        shutil.copy(self.snapshot / SQLITE_FILE, self.database)
        shutil.copytree(self.snapshot / room.FOLDER, self.database.with_name(room.FOLDER), dirs_exist_ok=True)

    def content(self) -> str:
        """What tells whether anything was written; when a session was seen last does not count."""
        with closing(sqlite3.connect(self.database)) as connection:
            lines = [line for line in connection.iterdump() if '"signed_in"' not in line]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class Cell:
    actor: Actor
    method: str
    rule: Rule
    group: str  # whose row the address speaks of; empty where it speaks of none
    arguments: dict[str, Any]
    expected: str

    def __str__(self) -> str:
        return f"{self.actor.name}: {self.method} {self.rule}{' ' + self.group if self.group else ''}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Iterator[World]:
    instance = tmp_path_factory.mktemp("matrix")
    shutil.copy(migrated_database, instance / SQLITE_FILE)
    app = create_app(instance, **SETTINGS, RATELIMIT_ENABLED=False)
    app.before_request(_take_forms_without_a_token)
    with app.app_context():
        rows = {"ours": rows_of(app, 1), "theirs": rows_of(app, 2)}
        db.session.commit()
    actors = [VISITOR, *(_signed_in(app, actor, rows) for actor in ACTORS[1:])]
    with app.app_context():
        db.engine.dispose()
    with closing(sqlite3.connect(instance / SQLITE_FILE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    snapshot = instance / "snapshot"
    snapshot.mkdir()
    shutil.copy(instance / SQLITE_FILE, snapshot)
    shutil.copytree(instance / room.FOLDER, snapshot / room.FOLDER)
    yield World(app, rows, actors, instance / SQLITE_FILE, snapshot)
    with app.app_context():
        db.engine.dispose()


def _signed_in(app: Flask, actor: Actor, rows: dict[str, dict[str, Any]]) -> Actor:
    ended = date.today() - timedelta(days=1) if actor.role is None else None
    held = Membership(
        role=actor.role or Role.ORGANIZER, starts_on=LONG_AGO, ends_on=ended,
        group_id=rows[actor.group]["group_id"] if actor.group else None,
    )  # fmt: skip
    email = f"{actor.name.replace(' ', '.')}@example.org"
    person = Person(name=actor.name, memberships=[held], consents=[consent()])
    with app.app_context():
        account = Account(email=email, fs_uniquifier=email, password=hash_password(PASSWORD), person=person)
        db.session.add(account)
        db.session.commit()
        account_id = account.id
    client = app.test_client()
    assert client.post("/sign-in", data={"email": email, "password": PASSWORD}).status_code == 302
    cookie = client.get_cookie("session")
    assert cookie
    return replace(actor, cookie=cookie.value, account_id=account_id)


def cells(world: World) -> Iterator[Cell]:
    for rule in world.app.url_map.iter_rules():
        wanted = makers(rule)
        whose = {maker.whose for maker in wanted.values()}
        groups = ["ours", "theirs"] if whose & {Whose.GROUP, Whose.PERSON} else [""]
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            for actor in world.actors:
                for group in groups:
                    rows = _rows(world, actor, group, whose)
                    arguments = {name: maker.value(rows, actor) for name, maker in wanted.items()}
                    yield Cell(actor, method, rule, group, arguments, _expected(world, actor, rule, group, whose))


def _rows(world: World, actor: Actor, group: str, whose: set[Whose]) -> dict[str, Any]:
    """The rows that an address speaks of; of one's own where they are a person's."""
    if Whose.PERSON in whose and group == "ours":
        with world.app.app_context():
            account = db.session.get(Account, actor.account_id)
            session = db.session.query(SignedIn).filter_by(account_id=actor.account_id).first()
            return {
                "session_id": session.id if session else 0,
                "consent_id": account.person.consents[0].id if account else 0,
            }
    return world.rows[group or "ours"]


def _expected(world: World, actor: Actor, rule: Rule, group: str, whose: set[Whose]) -> str:
    """What the table of permissions says."""
    permission = PERMISSIONS[declared(world.app, rule.endpoint) or ""]
    if permission.is_public:
        return OPEN
    if actor is VISITOR:
        return SIGN_IN
    if permission.own_account:
        return HIDDEN if Whose.PERSON in whose and group == "theirs" else OPEN
    if actor.role not in permission.roles:
        return FORBIDDEN
    if Whose.GROUP in whose and actor.role is not Role.STAFF and group != actor.group:
        return HIDDEN
    return OPEN


def _ask(world: World, cell: Cell) -> TestResponse:
    with world.app.test_request_context():
        adapter = world.app.url_map.bind("localhost")
        address = adapter.build(cell.rule.endpoint, cell.arguments, method=cell.method, append_unknown=False)
    answer = cell.actor.client(world.app).open(address, method=cell.method)
    answer.close()
    return answer


def _met(answer: TestResponse) -> str:
    if answer.status_code in (302, 303) and answer.location.startswith("/sign-in?next="):
        return SIGN_IN
    if answer.status_code == 403:
        return FORBIDDEN
    if answer.status_code == 404:
        return HIDDEN
    return OPEN if answer.status_code < 500 else f"failed with {answer.status_code}"


def test_safety_19_each_role_gets_at_each_address_what_the_table_says(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    """Also that nothing is written where somebody is turned away."""
    wrong, count, before = [], 0, world.content()
    for cell in cells(world):
        answer = _ask(world, cell)
        count += 1
        if (met := _met(answer)) != cell.expected:
            wrong.append(f"{cell}: {met} ({answer.status_code}) instead of {cell.expected}")
        if cell.expected is OPEN:
            world.restore()
        elif cell.method == "POST":
            assert world.content() == before, f"{cell} wrote something"
    assert wrong == []
    addresses = len(
        {
            (rule.rule, method)
            for rule in world.app.url_map.iter_rules()
            for method in {"GET", "POST"} & (rule.methods or set())
        }
    )
    record_property("matrix", f"{len(world.actors)} roles, {addresses} addresses and methods, {count} cells")
    assert count > 500


def test_safety_19_a_new_kind_of_row_must_be_taught_to_the_matrix() -> None:
    rule = Rule("/desk/kites/<int:kite_id>", endpoint="kites.show")
    rule.bind(Flask(__name__).url_map)
    with pytest.raises(AssertionError, match=r"say in .* how to make one \(kites\.kite_id\)"):
        makers(rule)
