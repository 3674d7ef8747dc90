"""What tests of people share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Role
from campaign_app.privacy.models import AuditEntry
from tests.conftest import store

AddPerson = Callable[..., Person]


@pytest.fixture
def add_person(app: Flask, group: Group) -> AddPerson:
    """Add a member of ``group``, or of another, with more said of them where it matters."""

    def added(name: str, group: Group | None = group, role: Role = Role.MEMBER, **more: Any) -> Person:
        person = Person(name=name, **more)
        person.memberships.append(Membership(group_id=group and group.id, role=role, starts_on=date(2024, 1, 1)))
        store(app, person)
        return person

    return added


@pytest.fixture
def person(add_person: AddPerson) -> Person:
    """A member of ``group``."""
    return add_person("Đặng Thị Sương Mai", native_name="Đặng Thị Sương Mai", email="mai@example.org")


@pytest.fixture
def audited(app: Flask) -> Callable[[], list[tuple[str, str, int]]]:
    """What the audit log says but for signing in: action, subject and count."""

    def entries() -> list[tuple[str, str, int]]:
        with app.app_context():
            rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
            return [(row.action, row.subject, row.count) for row in rows if row.action != "sign in"]

    return entries
