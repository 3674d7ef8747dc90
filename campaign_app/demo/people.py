"""The people of the demo section: invented members with their consents, fees and duties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from campaign_app.access.accounts import with_role
from campaign_app.db import db
from campaign_app.groups.models import Duty, Group, Officer
from campaign_app.people.models import Consent, FeePayment, Person, Purpose, Role, Way, email_index
from campaign_app.people.wordings import WORDINGS

JOINED = timedelta(days=395)  # ago
FEE = 60_000  # won a year
A_YEAR = timedelta(days=365)
PLAIN = (
    "email", "name", "native_name", "pronoun", "phone", "letter_address", "private_address", "nationality",
    "occupation", "languages_read", "languages_written", "note",
)  # fmt: skip

Table = dict[str, Any]


def add(tables: Iterable[Table], groups: dict[str, Group], today: date) -> None:
    """Add the people who are missing, each with what belongs to them."""
    known = set(db.session.scalars(select(Person.email_index)))
    for table in tables:
        if email_index(table["email"]) not in known:
            db.session.add(_person(table, groups[table["group"]], today))


def name_officer(table: Table, person: Person, group: Group | None, since: date) -> None:
    """Give the person the duty that the table names, if it names one."""
    if group and "duty" in table:
        duty, title = Duty(table["duty"]), table.get("title", "")
        group.officers.append(Officer(person=person, duty=duty, title=title, starts_on=since))


def _person(table: Table, group: Group, today: date) -> Person:
    joined = today - JOINED
    person = with_role(Person(**{key: table[key] for key in PLAIN if key in table}), Role.MEMBER, group, joined)
    if "left_days_ago" in table:
        person.memberships[0].ends_on = today - timedelta(days=table["left_days_ago"])
    person.consents = [_consent(Purpose(name), joined) for name in table["consents"]]
    if "fee_until_in_days" in table:
        until = today + timedelta(days=table["fee_until_in_days"])
        person.payments = [FeePayment(amount=FEE, currency="KRW", paid_on=until - A_YEAR, paid_until=until)]
    name_officer(table, person, group, joined)
    return person


def _consent(purpose: Purpose, day: date) -> Consent:
    wording = WORDINGS[purpose]
    return Consent(
        purpose=purpose, wording=wording.words["en"], version=wording.version, given_on=day, way=Way.PAPER
    )  # fmt: skip
