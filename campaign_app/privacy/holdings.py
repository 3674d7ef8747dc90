"""All that is held about a person, by kind, as the person sees and downloads it.

Whoever stores something about people registers it here, in a room of their own:

    @holds("votes", _("Votes"))
    def votes(person: Person) -> Iterable[Row]:
        return [{"decision": vote.decision.title, "on": vote.day} for vote in ...]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from campaign_app.access.models import Account, Invitation, Passkey, SignedIn
from campaign_app.db import db
from campaign_app.groups.models import Officer
from campaign_app.people.models import Person
from campaign_app.privacy.models import AuditEntry
from campaign_app.privacy.retention import RETENTION

Row = dict[str, Any]  # the name of a fact, and the fact: text, number, day, list of texts or address
Find = Callable[[Person], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of rows that are held about people; ``kind`` is the one of the table of retention that tells how long."""

    name: str
    title: Any
    kind: str
    find: Find


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one kind about one person."""

    holding: Holding
    rows: list[Row]


HOLDINGS: list[Holding] = []


def holds(name: str, title: Any, kind: str = "people") -> Callable[[Find], Find]:
    """Register what is held about a person under ``name``, kept as long as ``kind`` is."""
    if kind not in RETENTION:
        raise KeyError(kind)

    def register(find: Find) -> Find:
        HOLDINGS.append(Holding(name, title, kind, find))
        return find

    return register


def held_about(person: Person) -> list[Held]:
    """All that is held about the person, but for kinds of which there is nothing."""
    found = (Held(holding, list(holding.find(person))) for holding in HOLDINGS)
    return [held for held in found if held.rows]


def as_json(person: Person) -> dict[str, list[Row]]:
    """The same as plain values."""
    return {held.holding.name: [_plain(row) for row in held.rows] for held in held_about(person)}


@holds("details", _("Your details"))
def details(person: Person) -> Iterable[Row]:
    names = (
        "name", "native_name", "pronoun", "email", "phone", "letter_address", "private_address", "nationality",
        "occupation", "languages_read", "languages_written", "note", "created_at",
    )  # fmt: skip
    yield {name: value for name in names if (value := getattr(person, name))}


@holds("account", _("Your account"))
def account(person: Person) -> Iterable[Row]:
    for row in _accounts(person):
        yield {"email": row.email, "active": row.active, "second_factor": row.has_second_factor}


@holds("passkeys", _("Your passkeys"))
def passkeys(person: Person) -> Iterable[Row]:
    for row in _of_accounts(Passkey, person):
        yield {"name": row.name, "last_used_at": row.lastuse_datetime}


@holds("sessions", _("Where you are signed in"), "sessions")
def sessions(person: Person) -> Iterable[Row]:
    for row in _of_accounts(SignedIn, person):
        yield {
            "browser": row.browser, "system": row.system, "started_at": row.started_at, "last_seen_at": row.last_seen_at
        }  # fmt: skip


@holds("invitations", _("Your open invitations"), "invitations")
def invitations(person: Person) -> Iterable[Row]:
    indexes = {person.email_index, *(row.email_index for row in _accounts(person))} - {""}
    mine = or_(Invitation.person_id == person.id, Invitation.email_index.in_(indexes))
    for row in db.session.scalars(select(Invitation).where(mine).order_by(Invitation.id)):
        yield {
            "email": row.email, "role": row.role, "group": row.group.name if row.group else "", "made_at": row.made_at,
            "expires_at": row.expires_at,
        }  # fmt: skip


@holds("roles", _("Your roles"), "memberships")
def roles(person: Person) -> Iterable[Row]:
    for row in person.memberships:
        group = row.group.name if row.group else ""
        yield {"role": row.role, "group": group, "starts_on": row.starts_on, "ends_on": row.ends_on}


@holds("duties", _("Your duties as an officer"), "terms of officers")
def duties(person: Person) -> Iterable[Row]:
    for row in db.session.scalars(select(Officer).where(Officer.person_id == person.id).order_by(Officer.starts_on)):
        yield {"duty": row.duty, "title": row.title, "starts_on": row.starts_on, "ends_on": row.ends_on}


@holds("consents", _("What you agreed to"), "withdrawn consents")
def consents(person: Person) -> Iterable[Row]:
    for row in person.consents:
        yield {
            "purpose": row.purpose, "wording": row.wording, "version": row.version, "way": row.way,
            "given_on": row.given_on, "withdrawn_on": row.withdrawn_on,
        }  # fmt: skip


@holds("fees", _("Fees you paid"), "fees")
def fees(person: Person) -> Iterable[Row]:
    for row in person.payments:
        yield {
            "amount": row.amount, "currency": row.currency, "paid_on": row.paid_on, "paid_until": row.paid_until,
            "note": row.note,
        }  # fmt: skip


@holds("audit log", _("Lines of the audit log: what you did, and what was done with your data"), "audit log")
def audit_log(person: Person) -> Iterable[Row]:
    accounts = [row.id for row in _accounts(person)]
    names = [f"person {person.id}", *(f"account {number}" for number in accounts)]
    mine = or_(AuditEntry.account_id.in_(accounts), AuditEntry.subject.in_(names))
    for row in db.session.scalars(select(AuditEntry).where(mine).order_by(AuditEntry.id)):
        yield {"at": row.at, "action": row.action, "subject": row.subject, "count": row.count}


def _accounts(person: Person) -> list[Account]:
    return list(db.session.scalars(select(Account).where(Account.person_id == person.id)))


def _of_accounts(model: Any, person: Person) -> Iterable[Any]:
    accounts = [row.id for row in _accounts(person)]
    return db.session.scalars(select(model).where(model.account_id.in_(accounts)).order_by(model.id))


def _plain(row: Row) -> Row:
    return {name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in row.items()}
