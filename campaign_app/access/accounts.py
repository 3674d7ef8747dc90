"""Making the accounts that people sign in with."""

from __future__ import annotations

import uuid
from datetime import date

from flask_security import hash_password

from campaign_app.access.models import Account
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Role


def new_account(person: Person, email: str, password: str, *, demo: bool = False) -> Account:
    """An account for ``person``, for the caller to add. The password is hashed, and kept nowhere else."""
    return Account(
        person=person, email=email, password=hash_password(password), fs_uniquifier=uuid.uuid4().hex, demo=demo
    )


def with_role(person: Person, role: Role, group: Group | None, since: date) -> Person:
    """``person`` holding ``role`` in ``group``, or in the section where there is no group, from ``since`` on."""
    person.memberships.append(Membership(role=role, group=group, starts_on=since))
    return person
