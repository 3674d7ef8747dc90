"""The section is never left without staff: the last one who can sign in keeps the role, whoever asks."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import gettext
from sqlalchemy import Select, event, inspect, select
from sqlalchemy.orm import Session

from campaign_app.access.models import Account
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.people.models import Membership, Person, Role

OPENING = (Membership, Account, Person)  # what must be there for somebody to serve as staff


class LastStaff(Exception):
    """Nobody would be left who serves as staff."""


def init_app(app: Flask) -> None:
    app.register_error_handler(LastStaff, _page)


def is_last(person: Person) -> bool:
    """Whether ``person`` is the only one left who serves as staff, for views that offer to end roles."""
    return {person.id} == {membership.person_id for membership in db.session.scalars(_lasting())}


def _lasting() -> Select[Membership]:
    """The roles of staff that have begun, have no end, and belong to an account that can sign in."""
    query = (
        select(Membership)
        .join(Account, Account.person_id == Membership.person_id)
        .where(Membership.role == Role.STAFF, Membership.ends_on.is_(None), Membership.starts_on <= today())
        .where(Account.active)
    )
    return query if current_app.config["DEMO"] else query.where(~Account.demo)


def _keep_one(session: Session, _context: Any, _instances: Any) -> None:
    """Before rows are written: raise LastStaff where they would take the last one's role away."""
    ended = [row for row in (*session.deleted, *filter(_ends, session.dirty)) if isinstance(row, OPENING)]
    if not any(_was_of_staff(row) for row in ended):
        return
    roles = {row.id for row in ended if isinstance(row, Membership)}
    people = {row.id if isinstance(row, Person) else row.person_id for row in ended if not isinstance(row, Membership)}
    # Two of staff who end each other's role wait for each other.
    lasting = session.scalars(_lasting().with_for_update(of=Membership))
    if all(held.id in roles or held.person_id in people for held in lasting):
        raise LastStaff


def _ends(row: Any) -> bool:
    """Whether a changed row ends something: a role ends, begins later or becomes another, an account is closed."""
    changed = inspect(row).attrs
    if isinstance(row, Membership):
        is_taken_away = changed.person.history.has_changes() and row.person is None
        gets_an_end = bool(changed.ends_on.history.added and row.ends_on)
        begins_later = bool(changed.starts_on.history.added) and row.starts_on > today()
        return is_taken_away or gets_an_end or begins_later or bool(changed.role.history.deleted)
    return isinstance(row, Account) and bool(changed.active.history.added) and not row.active


def _was_of_staff(row: Membership | Account | Person) -> bool:
    if isinstance(row, Membership):
        return Role.STAFF in (row.role, *(inspect(row).attrs.role.history.deleted or ()))
    person = row.person if isinstance(row, Account) else row
    return any(membership.role is Role.STAFF for membership in person.memberships)


event.listen(Session, "before_flush", _keep_one)


def _page(_error: LastStaff) -> tuple[str, int]:
    db.session.rollback()
    text = gettext("This is the last account of staff. Give the role to somebody else first.")
    return render_template("error.html", code=409, text=text), 409
