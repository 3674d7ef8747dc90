"""People as a table to take along: what an import reads again, and what else is held of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from campaign_app.people.models import Membership, Person, Purpose

ADDRESS_PARTS = ("street", "city", "region", "postcode", "country")
HEADER = (
    "name", "native name", "pronoun", "email", "phone", *ADDRESS_PARTS, "language", "languages written",
    "languages read", "nationality", "occupation", *(f"private {part}" for part in ADDRESS_PARTS), "roles",
    *(f"agreed to {purpose}" for purpose in Purpose), "fee paid until", "note",
)  # fmt: skip


def rows(people: Iterable[Person], groups: set[int] | None) -> Iterator[list[str]]:
    """A row for each person, with their roles in ``groups`` alone, or in the whole section for None."""
    for person in people:
        letter, private = person.letter_address or {}, person.private_address or {}
        roles = [_role(m) for m in person.memberships if groups is None or m.group_id in groups]
        paid = person.payments[-1].paid_until.isoformat() if person.payments else ""
        yield [
            person.name, person.native_name, person.pronoun, person.email, person.phone,
            *(letter.get(part, "") for part in ADDRESS_PARTS),
            next(iter(person.languages_written), ""), ", ".join(person.languages_written),
            ", ".join(person.languages_read), person.nationality, person.occupation,
            *(private.get(part, "") for part in ADDRESS_PARTS), "; ".join(roles),
            *(_agreed(person, purpose) for purpose in Purpose), paid, person.note,
        ]  # fmt: skip


def _role(membership: Membership) -> str:
    where = f" {membership.group.number}" if membership.group else ""
    return f"{membership.role}{where} {membership.starts_on} – {membership.ends_on or ''}".strip()


def _agreed(person: Person, purpose: Purpose) -> str:
    """Since when a consent holds; empty where none does."""
    days: list[date] = [c.given_on for c in person.consents if c.purpose is purpose and c.withdrawn_on is None]
    return max(days).isoformat() if days else ""
