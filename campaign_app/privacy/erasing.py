"""Deleting a person, because they asked for it or because their time has come. What they did stays as counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import current_app
from sqlalchemy import select

from campaign_app.access.models import Account
from campaign_app.db import begin_writing, db, leave_no_trace
from campaign_app.people.models import Membership, Person, Role
from campaign_app.privacy import audit, tombstones
from campaign_app.privacy.models import SettledFee

PartWith = Callable[[Person], None]
ListSheets = Callable[[Person], list[str]]

PARTINGS: list[PartWith] = []
PAPER: list[ListSheets] = []


class LastStaff(Exception):
    """Nobody would be left to look after the section."""


def parts_with(parting: PartWith) -> PartWith:
    """Register what else is deleted with a person, where the database does not do it by itself."""
    PARTINGS.append(parting)
    return parting


def on_paper(sheets: ListSheets) -> ListSheets:
    """Register where a person's name stands on paper: a function that lists the serials of the sheets."""
    PAPER.append(sheets)
    return sheets


def sheets_of(person: Person) -> list[str]:
    """The serials of paper sheets with the person's name, for somebody to destroy."""
    return sorted(serial for list_sheets in PAPER for serial in list_sheets(person))


def erase(person: Person) -> list[str]:
    """Delete a person on request, and commit; the serials of sheets that hold their name.

    The caller has it in the audit log. They are deleted again where a backup brings them back. Raises LastStaff.
    """
    if is_last_staff(person):
        raise LastStaff
    serials = sheets_of(person)
    tombstones.remember(person)
    part_with(person)
    db.session.commit()
    leave_no_trace()
    return serials


def replay() -> int:
    """Delete those who asked for it before and came back with a backup; how many these were."""
    begin_writing()
    people = tombstones.returned()
    for person in people:
        audit.record("erase", person, again=1)
        part_with(person)
    db.session.commit()
    if people:
        leave_no_trace()
    return len(people)


def part_with(person: Person) -> None:
    """Delete the person with everything that is held about them; the fees' amounts and days stay for the books."""
    for payment in person.payments:
        db.session.add(SettledFee(amount=payment.amount, currency=payment.currency, paid_on=payment.paid_on))
    for parting in PARTINGS:
        parting(person)
    db.session.delete(person)
    db.session.flush()


def is_last_staff(person: Person) -> bool:
    """Whether the person is the only one who serves the section and can sign in."""
    today = date.today()
    held = select(Membership).join(Account, Account.person_id == Membership.person_id)
    counted = Account.active & (Account.demo.is_(False) | current_app.config["DEMO"])
    rows = db.session.scalars(held.where(Membership.role == Role.STAFF, counted))
    return {row.person_id for row in rows if row.holds_on(today)} == {person.id}
