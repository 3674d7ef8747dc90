"""People to forget, for the tests of privacy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask

from campaign_app.config import SETTINGS
from campaign_app.groups.models import Group
from campaign_app.people.models import Consent, FeePayment, Membership, Person, Purpose, Role, Way
from tests.conftest import store

TODAY = datetime.now(ZoneInfo(SETTINGS["TIME_ZONE"][0])).date()  # where the section is
LONG_AGO = datetime(2019, 5, 1, tzinfo=UTC)


def years_ago(years: float) -> date:
    return TODAY - timedelta(days=round(years * 366))


def person(name: str, group: Group, ends_on: date | None = None, **details: Any) -> Person:
    """Someone who is, or was, a member of the group."""
    membership = Membership(group_id=group.id, role=Role.MEMBER, starts_on=date(2019, 5, 1), ends_on=ends_on)
    return Person(name=name, created_at=LONG_AGO, memberships=[membership], **details)


def stored_person(app: Flask, name: str, group: Group, ends_on: date | None = None, **details: Any) -> Person:
    store(app, found := person(name, group, ends_on, **details))
    return found


def consent(**details: Any) -> Consent:
    given = {"purpose": Purpose.LETTERS, "wording": "Letters in my name.", "version": "1", "way": Way.PAPER}
    return Consent(**{**given, "given_on": date(2019, 5, 1), **details})


def payment(paid_on: date, **details: Any) -> FeePayment:
    return FeePayment(**{"amount": 30_000, "currency": "KRW", "paid_on": paid_on, "paid_until": paid_on, **details})


def raw_bytes(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, as it lies on the disk."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def holding(folder: Path, canaries: Iterable[str]) -> list[str]:
    """The files in which one of the canaries is found."""
    wanted = [canary.encode() for canary in canaries]
    return [name for name, content in raw_bytes(folder).items() if any(canary in content for canary in wanted)]


def sealed_in(database: Path, table: str) -> list[str]:
    """Whatever is sealed in a table, as it lies there: what must be gone once the rows are."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
    return [value for row in rows for value in row if isinstance(value, str) and value.startswith("gAAAA")]
