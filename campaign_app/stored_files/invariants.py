"""What must hold of stored files."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from campaign_app import durable
from campaign_app.db import db, now
from campaign_app.invariants import invariant
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile


@invariant("Each stored document has its record, and each record its document, unchanged")
def documents_and_records() -> Iterator[str]:
    known = set()
    for row in db.session.scalars(select(StoredFile)):
        known.add(row.name)
        file = room.file_of(row)
        if not file.exists():
            yield f"stored file {row.id} has no document"
        elif room.digest_of(file) != row.sha256:
            yield f"the document of stored file {row.id} was changed"
    for file in durable.listed(room.folder()):
        if file.name not in known and durable.is_settled(file, now()):
            yield f"{room.FOLDER}/{file.name} has no record"
