"""Remembering who asked to be deleted, so that a restored backup does not bring them back.

A line a person in the instance folder, outside of the database: a keyed hash of the person's id and of the moment they
were stored, which tells nothing to whoever reads it. An id alone would not do: after a restore it is given out again.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from campaign_app import keys
from campaign_app.db import db
from campaign_app.people.models import Person

FILE = "erasures"


def remember(person: Person) -> None:
    """Write the person down, and the records that became theirs; it is on the disk when this returns."""
    file = path()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as stream:
        stream.write("".join(f"{line}\n" for line in (mark(person), *person.merged)))
        stream.flush()
        os.fsync(stream.fileno())


def mark(person: Person) -> str:
    """What tells the person's record again, and nothing to anybody else."""
    return _hash(person.id, person.created_at)


def returned() -> list[Person]:
    """The people who asked to be deleted and are here again."""
    known = set(path().read_text().split()) if path().exists() else set()
    rows = db.session.execute(select(Person.id, Person.created_at)) if known else ()
    return [db.session.get_one(Person, row.id) for row in rows if _hash(row.id, row.created_at) in known]


def path() -> Path:
    return Path(current_app.instance_path, FILE)


def _hash(person_id: int, created_at: datetime) -> str:
    secret = current_app.config["SECRET_KEY"]
    return keys.hmac_digest(secret, "erasure", str(person_id), created_at.isoformat()).hex()
