"""Deleting a person, because they asked for it or because their time has come. What they did stays as counts."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete

from campaign_app.access import last_staff
from campaign_app.access.last_staff import LastStaff
from campaign_app.db import begin_writing, db, leave_no_trace
from campaign_app.people.models import Person
from campaign_app.privacy import audit, tombstones
from campaign_app.privacy.models import SettledFee

PartWith = Callable[[Person], None]
ListSheets = Callable[[Person], list[str]]

PARTINGS: list[PartWith] = []
PAPER: list[ListSheets] = []


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
    if last_staff.is_last(person):
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
    """Delete the person with everything that is held about them; the fees' amounts and days stay for the books.

    The database deletes what refers to the person. Whoever has to go goes, be it the last of staff: ask before.
    """
    for payment in person.payments:
        db.session.add(SettledFee(amount=payment.amount, currency=payment.currency, paid_on=payment.paid_on))
    for parting in PARTINGS:
        parting(person)
    db.session.flush()
    db.session.execute(delete(Person).where(Person.id == person.id).execution_options(synchronize_session=False))
    db.session.expunge(person)
