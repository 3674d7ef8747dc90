"""Databases for tests: SQLite as a rule, and a real PostgreSQL, from Debian's package, where a test asks for it.

    pytestmark = on_both_databases              # or as a decorator of one test

has ``app``, and every fixture that builds on it, run once on each of them. ``TEST_DATABASE=postgresql`` in the
environment runs whatever does not choose on PostgreSQL.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
import pytest
from psycopg import sql

from campaign_app import create_app
from campaign_app.db import db

DATABASES = ["sqlite", "postgresql"]
SQLITE_FILE = "campaigns.sqlite"
PATIENCE = 60  # s until the server answers
FORGETFUL = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
]  # a test's data need not outlive the machine

on_both_databases = pytest.mark.parametrize("database", DATABASES, indirect=True)


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL, reached by a socket in its own folder and by no port."""

    folder: Path
    template: str = "migrated"

    def url(self, name: str) -> str:
        """SQLAlchemy's address of a database."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def execute(self, statement: str, *names: str) -> None:
        with closing(self.connect("postgres")) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def connect(self, name: str) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True)

    def new(self, template: str = "template0") -> str:
        """Make a database; its name."""
        name = f"test_{secrets.token_hex(6)}"
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, name: str) -> None:
        self.execute("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with every migration run, to be copied."""
    instance = tmp_path_factory.mktemp("migrated")
    _migrate(instance)
    with closing(sqlite3.connect(instance / SQLITE_FILE)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return instance / SQLITE_FILE


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL of the tests' own, with a migrated database to be copied."""
    with running(server := Server(Path(tempfile.mkdtemp(prefix="postgresql-")))):
        server.execute("CREATE DATABASE {}", server.template)
        _migrate(tmp_path_factory.mktemp("migrated"), DATABASE_URL=server.url(server.template))
        yield server


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Run PostgreSQL in the server's folder, and delete that afterwards."""
    if os.geteuid() == 0:  # as whom PostgreSQL refuses to run
        os.chown(server.folder, pwd.getpwnam("postgres").pw_uid, -1)
    data = server.folder / "data"
    subprocess.run(
        [*_as_its_user(), _program("initdb"), "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8",
         "--locale=C.UTF-8", f"--pgdata={data}"], check=True, capture_output=True, cwd="/",
    )  # fmt: skip
    settings = ["listen_addresses=", f"unix_socket_directories={server.folder}", *FORGETFUL]
    options = [part for setting in settings for part in ("-c", setting)]
    with (server.folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*_as_its_user(), _program("postgres"), "-D", data, *options], stdout=log, stderr=log, cwd="/"
        )
    try:
        _wait(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once
        process.wait(timeout=PATIENCE)
        shutil.rmtree(server.folder)


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An instance folder for one test."""
    folder = tmp_path / "instance"
    folder.mkdir()
    return folder


@pytest.fixture
def database(request: pytest.FixtureRequest, instance: Path) -> Iterator[str]:
    """The address of an empty, migrated database of the test's own; an empty text for SQLite in ``instance``."""
    if getattr(request, "param", os.environ.get("TEST_DATABASE", "sqlite")) == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_database"), instance / SQLITE_FILE)
        yield ""
        return
    server: Server = request.getfixturevalue("postgresql")
    name = server.new(server.template)
    yield server.url(name)
    server.drop(name)


def _migrate(instance: Path, **settings: Any) -> None:
    app = create_app(instance, PRESS_PROCESSES=0, **settings)
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        db.engine.dispose()


def _program(name: str) -> Path:
    """A program of the newest PostgreSQL that Debian installed; it is in nobody's PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parents[1].name))
    assert found, "PostgreSQL is missing; system/test.txt names its Debian package."
    return found[-1]


def _as_its_user() -> list[str]:
    """What runs a program as PostgreSQL's user where we are root, and ends it when we die."""
    user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *user, "--pdeathsig=QUIT", "--"]


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return server.connect("postgres").close()
        except psycopg.OperationalError:
            assert process.poll() is None, (server.folder / "log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
