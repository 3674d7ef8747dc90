"""The append-only log of what was done with personal data, each entry chained to the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from flask import Flask, has_request_context
from flask_login import user_logged_out
from flask_security import current_user, user_authenticated
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from campaign_app.db import db, now, writing_beside
from campaign_app.privacy.models import AuditEntry, AuditHead

HEAD = 1  # the id of the one row of AuditHead


def init_app(app: Flask) -> None:
    """Log who signs in and out."""
    user_authenticated.connect(lambda _app, user, **_: record("sign in", user), app, weak=False)
    user_logged_out.connect(lambda _app, user, **_: record("sign out", user), app, weak=False)


def record(
    action: str, thing: Any = None, *, count: int = 1, session: Session | None = None, **details: int | str
) -> None:
    """Log that the signed-in person did ``action`` to ``thing``: a row, or the name of a kind of rows.

    It becomes part of the caller's transaction. ``details`` hold ids and numbers, never content.
    """
    session = session or db.session()
    session.flush()  # a new row has no id before
    session.execute(update(AuditHead).where(AuditHead.id == HEAD).values(length=AuditHead.length + 1))
    head = session.get_one(AuditHead, HEAD, populate_existing=True)
    account = current_user.id if has_request_context() and current_user.is_authenticated else None
    entry = AuditEntry(
        id=head.length, at=now(), account_id=account, group_id=getattr(thing, "group_id", None), action=action,
        subject=_name(thing), count=count, details=details,
    )  # fmt: skip
    entry.digest = head.digest = _digest(head.digest, entry)
    session.add(entry)


def record_reading(action: str, thing: Any = None, *, count: int = 1, **details: int | str) -> None:
    """Log that somebody reads personal data, in a transaction of its own: what is read is not handed out before."""
    with writing_beside() as session:
        record(action, thing, count=count, session=session, **details)


def broken_links() -> Iterator[str]:
    """What is wrong with the log: entries changed, taken out or added behind our back."""
    head = db.session.get_one(AuditHead, HEAD, populate_existing=True)
    digest, length = head.forgotten_digest, head.forgotten
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)):
        length += 1
        if entry.id != length:
            yield f"audit entry {length} is missing"
            return
        digest = _digest(digest, entry)
        if digest != entry.digest:
            yield f"audit entry {entry.id} was changed"
            return
    if (head.length, head.digest) != (length, digest):
        yield f"the audit log ends at entry {length}, and should end at {head.length}"


def forget_before(first: int) -> None:
    """Delete the entries before the one with id ``first``, as part of the caller's transaction; the chain holds on."""
    last = db.session.get(AuditEntry, first - 1)
    if last is not None:
        head = db.session.get_one(AuditHead, HEAD, populate_existing=True)
        head.forgotten, head.forgotten_digest = last.id, last.digest
        db.session.execute(delete(AuditEntry).where(AuditEntry.id < first))


def _digest(before: str, entry: AuditEntry) -> str:
    said = [
        before, entry.id, entry.at.isoformat(), entry.account_id, entry.group_id, entry.action, entry.subject,
        entry.count, entry.details,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _name(thing: Any) -> str:
    """What a row is called in the log: its table and id."""
    if thing is None or isinstance(thing, str):
        return thing or ""
    return f"{thing.__tablename__} {thing.id}"
