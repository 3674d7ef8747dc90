"""Restoring a backup: built up beside the instance, checked there, and put in its place only when all is well."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import flask_migrate
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import Connection, delete

from campaign_app import config, create_app, durable, invariants, resources
from campaign_app.db import db, leave_no_trace, now
from campaign_app.privacy import audit, erasing, tombstones
from campaign_app.upkeep import archive, new_database, presence, rows
from campaign_app.upkeep.backup import MANIFEST, ROWS, SECRET_KEY, SETTINGS

MEMBER = re.compile(r"[a-z_]+(\.json|\.toml)?|(files|sealed)/[0-9a-f]{32}(\.[a-z]{3,5})?|rows/[a-z_]+/[0-9]{8}")
UNPACKED = "rows-to-load"  # in the folder that is built up


class Unusable(Exception):
    """The backup cannot be restored here; the message says why."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a backup: when it was made, how many people were deleted from it again, where the old one is."""

    made_at: str
    erased_again: int
    old: Path | None


def restore(file: Path, passphrase: str, instance: Path, erasures: Path | None = None) -> Restored:
    """Put the backup in the place of ``instance``, which is kept beside it.

    ``erasures`` names another file of those who asked to be deleted since. Raises Unusable, NoBackup, WrongPassphrase
    and ``frames.Damaged``, and then ``instance`` is as it was.
    """
    staging = instance.with_name(f"{instance.name}.restoring-{secrets.token_hex(4)}")
    staging.mkdir(parents=True, mode=0o700)
    try:
        with file.open("rb") as source:
            _unpack(source, passphrase, staging)
        manifest = _manifest(staging)
        _join_erasures(staging / tombstones.FILE, [instance / tombstones.FILE, *([erasures] if erasures else [])])
        with new_database.new(_settings(staging, instance)["DATABASE_URL"]) as database:
            erased = _fill(create_app(staging, DATABASE_URL=database.address, PRESS_PROCESSES=0), staging, manifest)
            old = _put_in_place(staging, instance)
            database.put_in_place(old.name if old else "")
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Restored(str(manifest["made_at"]), erased, old)


def _unpack(source: BinaryIO, passphrase: str, staging: Path) -> None:
    """Everything in the backup as files; rows in a folder of their own."""
    for name, content in archive.members(source, passphrase):
        if not MEMBER.fullmatch(name):
            raise Unusable(f"The backup holds something that no backup holds: {name}.")
        place = staging / (name.replace(ROWS, UNPACKED, 1) if name.startswith(f"{ROWS}/") else name)
        with durable.whole(place) as stream:
            shutil.copyfileobj(content, stream)


def _manifest(staging: Path) -> dict[str, Any]:
    """What the backup says about itself. Raises Unusable where this version cannot read it."""
    for name in (MANIFEST, SECRET_KEY):
        if not (staging / name).exists():
            raise Unusable("The backup is not complete: it was not made by campaign-app.")
    manifest: dict[str, Any] = json.loads((staging / MANIFEST).read_text())
    try:
        ScriptDirectory(str(resources.MIGRATIONS)).get_revision(manifest["revision"])
    except CommandError as error:
        raise Unusable("The backup was made by a newer version. Please upgrade first.") from error
    return manifest


def _join_erasures(file: Path, others: list[Path]) -> None:
    known = {line for each in (file, *others) if each.exists() for line in each.read_text().split()}
    if known:
        durable.write("".join(f"{line}\n" for line in sorted(known)).encode(), file.with_suffix(".joined"))
        file.with_suffix(".joined").replace(file)


def _settings(staging: Path, instance: Path) -> dict[str, Any]:
    """The settings that the restored instance will run with: this machine's own where it has any.

    A backup does not decide by itself which database it is restored into.
    """
    given = (instance / SETTINGS).exists()
    if given:
        shutil.copy(instance / SETTINGS, staging / SETTINGS)
    settings = config.load(staging)
    if settings["SECRET_KEY"] != (staging / SECRET_KEY).read_text():
        raise Unusable("CAMPAIGN_APP_SECRET_KEY, or the one in config.toml, is not the backup's. Take it away first.")
    if settings["DATABASE_URL"] and not given and not config.is_in_environment("DATABASE_URL"):
        raise Unusable("The backup names a database. Set CAMPAIGN_APP_DATABASE_URL to say which to restore into.")
    return settings


def _fill(app: Flask, staging: Path, manifest: dict[str, Any]) -> int:
    """Load the rows into tables of their version, migrate, delete again whom it must not bring back, and check."""
    with app.app_context():
        try:
            flask_migrate.upgrade(revision=manifest["revision"])
            with _without_references() as connection:
                _load(connection, staging / UNPACKED, manifest)
            shutil.rmtree(staging / UNPACKED, ignore_errors=True)
            (staging / MANIFEST).unlink()
            flask_migrate.upgrade()
            erased = erasing.replay()
            audit.record("restore", "database")
            db.session.commit()
            if breaches := list(invariants.broken()):
                raise Unusable("\n".join(["What is in the backup is not sound:", *breaches]))
            db.session.rollback()
            leave_no_trace()
        finally:
            db.session.remove()
            db.engine.dispose()
    return erased


def _load(connection: Connection, unpacked: Path, manifest: dict[str, Any]) -> None:
    tables = rows.reflected(connection).tables
    order = [tables[name] for name in manifest["tables"]]
    for table in reversed(order):
        connection.execute(delete(table))  # migrations put rows into new tables
    for table in order:
        for part in sorted(durable.listed(unpacked / table.name)):
            rows.load(connection, table, part.read_bytes())
    rows.set_counters(connection, order, manifest["counters"])


@contextmanager
def _without_references() -> Iterator[Connection]:
    """A transaction in which rows may come in any order; what they refer to is checked afterwards."""
    with db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if is_sqlite := connection.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            yield connection
        if is_sqlite:
            driver.execute("PRAGMA foreign_keys=ON")


def _put_in_place(staging: Path, instance: Path) -> Path | None:
    """Rename the folders; where the old one is now. Raises Unusable where a site runs on it, or that cannot be done."""
    try:
        with presence.alone(instance):
            old = None
            if instance.exists() and any(path.name != presence.FILE for path in instance.iterdir()):
                old = instance.with_name(f"{instance.name}.before-{now():%Y%m%d-%H%M%S}")
                instance.rename(old)
            elif instance.exists():
                shutil.rmtree(instance)
            staging.rename(instance)
    except presence.InUse as error:
        raise Unusable("A site runs on this instance. Stop it first.") from error
    except OSError as error:
        raise Unusable(f"{instance} cannot be renamed ({error.strerror}). Name a folder inside it.") from error
    return old
