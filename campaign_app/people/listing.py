"""Finding people by name in any script, and by what they are to their groups.

Names are sealed: the database chooses by memberships, consents and payments, and what is left is opened and compared
here. A section of 12,000 takes half a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from flask_security import current_user
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, and_, not_, or_, select, true
from sqlalchemy.orm import selectinload

from campaign_app.access.permissions import groups_for, mine
from campaign_app.characters import searched
from campaign_app.db import db
from campaign_app.people.models import Consent, FeePayment, Membership, Person, Purpose, Role, email_index
from campaign_app.people.own import ACTION

LONGEST_SEARCH = 200  # characters
AT_ONCE = 500  # people: a database takes no condition with many thousand values
CURRENT, ENDED, ALL = "current", "ended", "all"
NO_CONSENT = "none"
FEE_DUE, FEE_PAID = "due", "paid"


@dataclass(frozen=True, slots=True)
class Search:
    """What someone looks for; an empty part leaves everyone in, and an empty ``state`` means the current people."""

    words: str = ""
    group: str = ""
    state: str = ""
    role: str = ""
    consent: str = ""
    fee: str = ""

    @classmethod
    def of(cls, asked: Any) -> Search:
        """What an address or a form asks for."""
        return cls(**{field.name: asked.get(field.name, "") for field in fields(cls)})

    @property
    def asked(self) -> dict[str, str]:
        """The parts that are asked for, as they stand in an address."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}

    def __bool__(self) -> bool:
        return bool(self.asked)


def found(search: Search, day: date) -> list[int]:
    """The ids of those whom the signed-in person may see and the search finds, sorted by name."""
    query = mine(Person, ACTION).where(*_conditions(search, day))
    rows = db.session.execute(query.with_only_columns(Person.id, Person.name, Person.native_name)).all()
    words = search.words[:LONGEST_SEARCH]
    if "@" not in words:
        wanted = searched(words).split()
        rows = [row for row in rows if not wanted or has_all(wanted, row.name, row.native_name)]
    return [row.id for row in sorted(rows, key=lambda row: (searched(row.name), row.id))]


def has_all(wanted: Sequence[str], *names: str) -> bool:
    """Whether each of the words, folded already, stands somewhere in the names."""
    text = searched(" ".join(names))
    return all(word in text for word in wanted)


def holds(day: date) -> ColumnElement[bool]:
    """That a membership holds on ``day``."""
    return and_(Membership.starts_on <= day, or_(Membership.ends_on.is_(None), Membership.ends_on >= day))


def _conditions(search: Search, day: date) -> list[ColumnElement[bool]]:
    scope, current = _scope(search), holds(day)
    states = {
        ALL: [Person.memberships.any(and_(true(), *scope))] if scope else [],
        ENDED: [Person.memberships.any(and_(true(), *scope)), not_(Person.memberships.any(and_(current, *scope)))],
    }
    conditions = states.get(search.state, [Person.memberships.any(and_(current, *scope))])
    if search.consent == NO_CONSENT:
        conditions.append(not_(Person.consents.any(Consent.withdrawn_on.is_(None))))
    elif search.consent in tuple(Purpose):
        given = and_(Consent.purpose == Purpose(search.consent), Consent.withdrawn_on.is_(None))
        conditions.append(Person.consents.any(given))
    if search.fee in (FEE_DUE, FEE_PAID):
        paid = Person.payments.any(FeePayment.paid_until >= day)
        conditions.append(paid if search.fee == FEE_PAID else not_(paid))
    if "@" in search.words:
        conditions.append(Person.email_index == email_index(search.words.strip()))
    return conditions


def _scope(search: Search) -> list[ColumnElement[bool]]:
    """What is asked of one and the same membership, in one of the groups that one may see."""
    scope: list[ColumnElement[bool]] = []
    if (groups := groups_for(current_user, ACTION)) is not None:
        scope.append(Membership.group_id.in_(groups))
    if search.group.isascii() and search.group.isdigit():
        scope.append(Membership.group_id == int(search.group))
    if search.role in tuple(Role):
        scope.append(Membership.role == Role(search.role))
    return scope


class PageOfPeople(Pagination):
    """Some of the people with these ids, in their order, with all that a list shows of them."""

    def _query_items(self) -> list[Person]:
        return with_everything(self._query_args["ids"][self._query_offset : self._query_offset + self.per_page])

    def _query_count(self) -> int:
        return len(self._query_args["ids"])


def with_everything(ids: Sequence[int]) -> list[Person]:
    """The people with their memberships, consents and payments, in the order of ``ids``."""
    parts = [selectinload(part) for part in (Person.memberships, Person.consents, Person.payments)]
    found = db.session.scalars(select(Person).where(Person.id.in_(ids)).options(*parts))
    people = {person.id: person for person in found}
    return [people[number] for number in ids]


def in_pieces(ids: Sequence[int]) -> Iterator[Person]:
    """The same for many, of whom no more than some are in memory at once."""
    for start in range(0, len(ids), AT_ONCE):
        yield from (people := with_everything(ids[start : start + AT_ONCE]))
        for person in people:
            db.session.expunge(person)
