"""Changing the data key while the site runs: a new key is added, and every sealed value is sealed anew with it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Column, Text, literal, type_coerce, update

from campaign_app.db import begin_writing, db
from campaign_app.sealing import SealedValue, sealed_columns, values_after, vault


def rotate() -> Counter[str]:
    """Add a key and seal everything with it; how many values of each table were sealed anew.

    The key before stays known until the next time. After a crash, call it again: what is still sealed with an older
    key is sealed anew before another key is added, so that none is forgotten while it is needed.
    """
    _renew_all()
    vault().add_key()
    return _renew_all()


def _renew_all() -> Counter[str]:
    """Until nothing is left: whoever writes meanwhile may have read the keys before."""
    renewed: Counter[str] = Counter()
    while found := _renew_once():
        renewed += found
    return renewed


def _renew_once() -> Counter[str]:
    renewed: Counter[str] = Counter()
    for column in sealed_columns():
        last: int | None = 0
        while last is not None:
            begin_writing()
            values = values_after(column, last)
            renewed[column.table.name] += sum(_renew(column, value) for value in values)
            db.session.commit()
            last = values[-1].row_id if values else None
    return +renewed


def _renew(column: Column[Any], value: SealedValue) -> bool:
    """Seal one value with the newest key, unless it is."""
    if vault().is_newest(value.sealed.encode()):
        return False
    anew = vault().renew(value.sealed.encode()).decode()
    row = update(column.table).where(column.table.c.id == value.row_id)
    db.session.execute(row.values({column.name: type_coerce(literal(anew, Text), Text)}))
    return True
