"""What must hold of the audit log, of sealed values and of those who were deleted."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.fernet import InvalidToken
from sqlalchemy import func, select

from campaign_app.db import db
from campaign_app.invariants import invariant
from campaign_app.privacy import audit, tombstones
from campaign_app.privacy.models import AuditEntry, AuditHead
from campaign_app.sealing import sealed_values, vault


@invariant("The audit log is whole")
def audit_chain() -> Iterator[str]:
    yield from audit.broken_links()


@invariant("The audit log counts its entries")
def audit_length() -> Iterator[str]:
    head = db.session.get_one(AuditHead, audit.HEAD)
    if (count := db.session.scalar(select(func.count(AuditEntry.id)))) != head.length - head.forgotten:
        yield f"{count} entries, and {head.length - head.forgotten} are said to be there"


@invariant("Every sealed value opens")
def sealed_values_open() -> Iterator[str]:
    for value in sealed_values():
        try:
            vault().open(value.sealed.encode())
        except InvalidToken:
            yield f"{value.column.table.name} {value.row_id}, {value.column.name}"


@invariant("Nobody is here who asked to be deleted")
def erased_people_are_gone() -> Iterator[str]:
    yield from (f"person {person.id}" for person in tombstones.returned())
