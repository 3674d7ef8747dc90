"""Writing a backup while the site runs: the rows as they were at one moment, the files they refer to, and the keys."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection

from campaign_app import durable
from campaign_app.campaigns.editing import picture_folder
from campaign_app.db import db, now, read_only
from campaign_app.privacy import tombstones
from campaign_app.sealing import vault
from campaign_app.stored_files import room
from campaign_app.upkeep import archive, rows

MANIFEST = "manifest.json"
SECRET_KEY = "secret_key"  # noqa: S105 - the name of a file
SETTINGS = "config.toml"
ROWS = "rows"  # rows/<table>/<number of the part>
ASIDE = ".backup-"  # a folder of links to the files, as they were when the backup began


def write(file: Path, passphrase: str) -> int:
    """Write a backup; how many rows are in it. The file appears once it is whole."""
    with (
        durable.whole(file) as stream,
        archive.writing(stream, passphrase) as backup,
        _moment() as connection,
        _files_of_now() as files,
    ):
        count = _add_rows(backup, connection)
        _add_keys(backup)
        for name, linked in files:
            backup.add_file(name, linked)
    return count


@contextmanager
def _moment() -> Iterator[Connection]:
    """A connection that sees the database as it is now, and keeps nobody from writing."""
    read_only()
    level = {} if db.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with db.engine.connect().execution_options(**level) as connection:
        rows.revision(connection)  # a transaction sees what is there when it first reads
        yield connection


@contextmanager
def _files_of_now() -> Iterator[list[tuple[str, Path]]]:
    """The files that rows may refer to, held by links of our own: one that is deleted meanwhile is still copied."""
    instance = Path(current_app.instance_path)
    for forgotten in instance.glob(f"{ASIDE}*"):
        shutil.rmtree(forgotten, ignore_errors=True)
    aside = instance / f"{ASIDE}{secrets.token_hex(4)}"
    try:
        folders = (picture_folder(), room.folder())
        names = [folder.relative_to(instance) for folder in folders]
        yield [link for name in names for link in _linked(instance, name, aside)]
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _linked(instance: Path, name: Path, aside: Path) -> Iterator[tuple[str, Path]]:
    (aside / name).mkdir(parents=True, exist_ok=True)
    for file in durable.listed(instance / name):
        if file.suffix != durable.UNFINISHED:
            link = aside / name / file.name
            try:
                os.link(file, link)
            except FileNotFoundError:
                continue  # it was deleted, and its record before it
            yield str(name / file.name), link


def _add_rows(backup: archive.Writing, connection: Connection) -> int:
    tables = rows.reflected(connection).sorted_tables
    manifest = {
        "revision": rows.revision(connection),
        "made_at": now().isoformat(),
        "counters": rows.counters(connection),
        "tables": [table.name for table in tables],
    }
    backup.add(MANIFEST, json.dumps(manifest).encode())
    count = 0
    for table in tables:
        for number, part in enumerate(rows.parts(connection, table)):
            backup.add(f"{ROWS}/{table.name}/{number:08}", part)
            count += part.count(b"\n")
    return count


def _add_keys(backup: archive.Writing) -> None:
    """The keys are read after the rows: whatever sealed these is still among them."""
    backup.add(SECRET_KEY, str(current_app.config["SECRET_KEY"]).encode())
    backup.add(vault().file.name, "\n".join(vault().keys()).encode() + b"\n")
    for file in (tombstones.path(), Path(current_app.instance_path, SETTINGS)):
        if file.exists():
            backup.add(file.name, file.read_bytes())
