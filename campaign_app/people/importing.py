"""People from a roster: what an import would do, shown before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from campaign_app import languages
from campaign_app.access.permissions import mine
from campaign_app.characters import folded, searched
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.id_numbers import has_id_number
from campaign_app.people.models import Address, Consent, Membership, Person, Role, email_index
from campaign_app.people.own import ACTION
from campaign_app.people.roster import Roster, RosterRow
from campaign_app.tables.errors import RowError, WrongCell

ADDRESS_PARTS = ("street", "city", "region", "postcode", "country")
CONSENT = ("purpose", "wording", "version", "given_on", "way")
CHECKED = ("name", "street", "city", "region", "postcode", "nationality", "occupation", "message")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, and whom it may be: one whom the groups know already, or the person of a row further up."""

    row: RosterRow
    known: int | None = None
    known_name: str = ""
    same_row: int | None = None
    joins: bool = False

    @property
    def is_new(self) -> bool:
        return self.known is None and self.same_row is None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: nothing at all where there are errors."""

    roster: Roster
    entries: list[Entry]
    errors: list[RowError]

    @property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_new]

    @property
    def joining(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.joins]

    @property
    def there(self) -> int:
        """How many rows are there already, here or further up."""
        return len(self.entries) - len(self.new) - len(self.joining)

    @property
    def can_be_stored(self) -> bool:
        return not self.errors and bool(self.new or self.joining)


def plan(roster: Roster, group: Group) -> Plan:
    """What the rows are, and whom of them one's groups know. A person known to another of them joins ``group``."""
    refused = [error for row in roster.rows for error in _refused(row)]
    errors = sorted([*roster.errors, *refused], key=lambda error: error.row)
    return Plan(roster, list(_compared(roster, group)), errors)


def people(planned: Plan, group: Group, since: date, consents: list[Consent]) -> Iterator[Person]:
    """The new people as members since that day; a consent of theirs for each in ``consents``, none otherwise."""
    for entry in planned.new:
        person = _person(entry.row)
        person.memberships = [Membership(group_id=group.id, role=Role.MEMBER, starts_on=since)]
        person.consents = [_copy(consent) for consent in consents]
        yield person


def memberships(planned: Plan, group: Group, since: date) -> Iterator[Membership]:
    """The new memberships of those whom another group knows already."""
    for number in dict.fromkeys(entry.known for entry in planned.joining):
        yield Membership(person_id=number, group_id=group.id, role=Role.MEMBER, starts_on=since)


def _refused(row: RosterRow) -> Iterator[RowError]:
    for column in CHECKED:
        if has_id_number(getattr(row, column)):
            problem = gettext(
                "“%(column)s” seems to hold a resident registration number. Please take it out.", column=column
            )
            yield WrongCell(row.number, column, problem)


def _compared(roster: Roster, group: Group) -> Iterator[Entry]:
    emails, addresses, names = _known()
    belonging = set(db.session.scalars(db.select(Membership.person_id).filter_by(group_id=group.id)))
    first: dict[tuple[str, ...], int] = {}
    for row in roster.rows:
        known = emails.get(email_index(row.email)) or addresses.get(_likeness(row.name, _address(row)))
        earlier = first.setdefault(row.identity, row.number)
        same_row = earlier if earlier != row.number else None
        joins = known is not None and same_row is None and known not in belonging
        yield Entry(row, known, names.get(known or 0, ""), same_row, joins)


def _known() -> tuple[dict[str, int], dict[tuple[str, ...], int], dict[int, str]]:
    """One's people by the index of their e-mail address, and by name and address; and their names."""
    columns = (Person.id, Person.name, Person.email_index, Person.letter_address)
    rows = db.session.execute(mine(Person, ACTION).with_only_columns(*columns).order_by(Person.id.desc())).all()
    emails = {row.email_index: row.id for row in rows if row.email_index}
    addresses = {_likeness(row.name, row.letter_address): row.id for row in rows}
    return emails, addresses, {row.id: row.name for row in rows}


def _likeness(name: str, address: Address | None) -> tuple[str, ...]:
    return (searched(name), *(folded((address or {}).get(part, "")) for part in ADDRESS_PARTS))


def _person(row: RosterRow) -> Person:
    return Person(
        name=row.name,
        email=row.email,
        letter_address=_address(row),
        languages_written=[row.language] if row.language else [],
        nationality=languages.country_name(row.nationality, "en"),
        occupation=row.occupation,
    )


def _address(row: RosterRow) -> Address | None:
    """The address of letters; none where the row has no more than a country."""
    parts = {part: str(getattr(row, part)) for part in ADDRESS_PARTS}
    return parts if any(value for part, value in parts.items() if part != "country") else None


def _copy(consent: Consent) -> Consent:
    given: dict[str, Any] = {name: getattr(consent, name) for name in CONSENT}
    return Consent(**given)
