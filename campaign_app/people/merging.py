"""Two records of one person: found, and made one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from flask_security import current_user
from sqlalchemy import Column, Table, delete, exists, select, update

from campaign_app.access.models import Account
from campaign_app.access.permissions import groups_for, mine
from campaign_app.characters import searched
from campaign_app.db import Base, db
from campaign_app.people.models import Consent, FeePayment, Membership, Person, email_index
from campaign_app.people.own import ACTION
from campaign_app.privacy import tombstones

FIELDS = (
    "name", "native_name", "pronoun", "email", "phone", "letter_address", "private_address", "languages_written",
    "languages_read", "nationality", "occupation", "note",
)  # fmt: skip
MOST_OF_ONE_NAME = 20  # more records than these under one name say nothing about each other


class BothSignIn(Exception):
    """Both records have an account, and one person has one."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two records that may be one person: surely by their e-mail address, hardly where those differ."""

    has_other_email: bool
    has_other_name: bool
    first: int
    second: int


def twins(person: Person) -> list[Person]:
    """The people of one's groups who have the e-mail address or a name of ``person``, who is not stored."""
    names = _names(person.name, person.native_name)
    index = email_index(person.email or "")
    rows = [row for row in _rows() if names & _names(row.name, row.native_name) or (index and row.email_index == index)]
    return list(db.session.scalars(select(Person).where(Person.id.in_([row.id for row in rows])).order_by(Person.id)))


def pairs() -> list[Pair]:
    """Those of one's people who may be in it twice, the surest first."""
    alike: dict[str, list[Any]] = defaultdict(list)
    for row in _rows():
        for key in _names(row.name, row.native_name) | ({f"@{row.email_index}"} if row.email_index else set()):
            alike[key].append(row)
    groups = [rows for rows in alike.values() if len(rows) <= MOST_OF_ONE_NAME]
    return sorted({_pair(*two) for rows in groups for two in combinations(rows, 2)})


def may_merge(*people: Person) -> bool:
    """Whether nobody but the signed-in person's own groups has a part in these records."""
    groups = groups_for(current_user, ACTION)
    return groups is None or all(m.group_id in groups for person in people for m in person.memberships)


def in_order(first: Person, second: Person) -> tuple[Person, Person]:
    """Which of two records stays, and which goes: an account stays with its record, else the older one stays.

    Raises BothSignIn.
    """
    with_account = set(
        db.session.scalars(select(Account.person_id).where(Account.person_id.in_([first.id, second.id])))
    )
    if len(with_account) == 2:
        raise BothSignIn
    kept, gone = sorted((first, second), key=lambda person: (person.id not in with_account, person.id))
    return kept, gone


def merge(kept: Person, gone: Person, chosen: Mapping[str, Any]) -> None:
    """Make ``kept`` what was chosen, give it all that belongs to ``gone``, and delete that."""
    for consent, day in withdrawn_by_the_other(kept, gone):
        consent.withdrawn_on = day
    gone_id, merged = gone.id, [*kept.merged, *gone.merged, tombstones.mark(gone)]
    db.session.flush()
    _move(gone_id, kept.id)
    db.session.expire_all()
    db.session.execute(delete(Person).where(Person.id == gone_id).execution_options(synchronize_session=False))
    db.session.expunge(gone)
    for name, value in {**chosen, "merged": merged}.items():
        setattr(kept, name, value)
    _unite_memberships(kept)
    for payment in _repeated(kept.payments):
        kept.payments.remove(payment)


def withdrawn_by_the_other(first: Person, second: Person) -> Iterator[tuple[Consent, date]]:
    """The consents on either side that the person took back later on the other, and when."""
    for side, other in ((first, second), (second, first)):
        for consent in side.consents:
            days = [c.withdrawn_on for c in other.consents if c.purpose is consent.purpose and c.withdrawn_on]
            if consent.withdrawn_on is None and days and max(days) >= consent.given_on:
                yield consent, max(days)


def _move(gone: int, kept: int) -> None:
    """Let every row that refers to one person refer to the other; what both have once each stays once."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is Person.__table__.c.id:
                _drop_what_both_have(table, key.parent, gone, kept)
                db.session.execute(update(table).where(key.parent == gone).values({key.parent.name: kept}))


def _drop_what_both_have(table: Table, person: Column[Any], gone: int, kept: int) -> None:
    """Where a person is part of a row's key, as with who voted: delete what would be there twice."""
    names = [column.name for column in table.primary_key if column is not person]
    if person not in set(table.primary_key) or not names:
        return
    twin = table.alias()
    same = [twin.c[name] == table.c[name] for name in names]
    db.session.execute(delete(table).where(person == gone, exists().where(*same, twin.c[person.key] == kept)))


def _unite_memberships(person: Person) -> None:
    """One membership for those that say the same role of the same group at the same time."""
    united: dict[tuple[Any, Any], Membership] = {}
    for membership in sorted(person.memberships, key=lambda m: (m.starts_on, m.id)):
        key = (membership.role, membership.group_id)
        before = united.get(key)
        if before is None or (before.ends_on is not None and before.ends_on < membership.starts_on):
            united[key] = membership
            continue
        ends = (before.ends_on, membership.ends_on)
        before.ends_on = None if None in ends else max(day for day in ends if day)
        person.memberships.remove(membership)


def _repeated(payments: list[FeePayment]) -> list[FeePayment]:
    """The payments that are there already: the same amount on the same day for the same time."""
    seen = set()
    again = []
    for payment in payments:
        key = (payment.amount, payment.currency, payment.paid_on, payment.paid_until)
        again += [payment] if key in seen else []
        seen.add(key)
    return again


def _rows() -> list[Any]:
    query = mine(Person, ACTION).order_by(Person.id)
    columns = query.with_only_columns(Person.id, Person.name, Person.native_name, Person.email_index)
    return list(db.session.execute(columns).all())


def _names(*names: str | None) -> set[str]:
    return {text for name in names if (text := searched(name or ""))}


def _pair(first: Any, second: Any) -> Pair:
    emails = {row.email_index for row in (first, second)} - {""}
    names = _names(first.name, first.native_name) & _names(second.name, second.native_name)
    return Pair(len(emails) == 2, not names, first.id, second.id)
