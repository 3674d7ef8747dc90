"""Where the writers of a run come from: the group's people, a roster, or guests who are not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Consent, Membership, Person, Purpose
from campaign_app.people.roster import RosterRow
from campaign_app.print_runs.rows import ADDRESS, WriterValues


@dataclass(frozen=True, slots=True)
class Entry:
    """A writer with the number that stands in the spreadsheet, or that counts from 1."""

    number: int
    writer: WriterValues
    person_id: int | None = None


def from_people(group: Group | None, today: date, languages: Iterable[str] = ()) -> list[Entry]:
    """The group's people of today who agreed to letters in their name; of those, who write one of ``languages``.

    Without a group, the people of the whole section.
    """
    wanted, willing = set(languages), willing_people(group.id if group else None, today)
    people = [person for person in willing if not wanted or wanted.intersection(person.languages_written)]
    return [Entry(number, _of_person(person), person.id) for number, person in enumerate(people, 1)]


def willing_people(group_id: int | None, today: date) -> list[Person]:
    """Who belongs to the group on a day and agreed to letters in their name, in the order of their names."""
    people = db.session.scalars(select(Person).where(*_willing(group_id, today)))
    return sorted(people, key=lambda person: (person.name.casefold(), person.id))


def count_of_willing(group_id: int | None, today: date) -> int:
    return db.session.scalar(select(func.count()).select_from(Person).where(*_willing(group_id, today))) or 0


def _willing(group_id: int | None, today: date) -> tuple[ColumnElement[bool], ...]:
    belongs = (Membership.starts_on <= today) & or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
    if group_id is not None:
        belongs &= Membership.group_id == group_id
    agreed = (Consent.purpose == Purpose.LETTERS) & Consent.withdrawn_on.is_(None)
    return Person.memberships.any(belongs), Person.consents.any(agreed)


def from_roster(rows: Iterable[RosterRow]) -> Iterator[Entry]:
    for row in rows:
        languages = (row.language,) if row.language else ()
        writer = WriterValues(
            row.name, row.street, row.city, row.region, row.postcode, row.country, languages, row.nationality,
            row.occupation, row.message,
        )  # fmt: skip
        yield Entry(row.number, writer)


def guests(number: int, country: str, language: str) -> list[Entry]:
    """As many letters that guests fill in by hand."""
    writer = WriterValues(country=country, languages=(language,), guest=True)
    return [Entry(place, writer) for place in range(1, number + 1)]


def _of_person(person: Person) -> WriterValues:
    address = {field: (person.letter_address or {}).get(field, "") for field in ADDRESS}
    return WriterValues.from_json(
        {
            "name": person.name,
            "languages": person.languages_written,
            "nationality": person.nationality,
            "occupation": person.occupation,
            **address,
        }
    )
