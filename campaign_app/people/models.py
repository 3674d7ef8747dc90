"""Persons, their memberships, what they consented to and what they paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_security import RoleMixin
from sqlalchemy import JSON, ColumnElement, ForeignKey, Text, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.db import Base, Moment, now
from campaign_app.groups.models import Group
from campaign_app.sealing import Sealed, SealedJSON, vault

Address = dict[str, str]  # street (several lines), city, region, postcode, country (ISO 3166)


class Role(StrEnum):
    """What a membership lets a person do; staff serve the whole section."""

    MEMBER = "member"
    ORGANIZER = "organizer"
    STAFF = "staff"


class Purpose(StrEnum):
    """What a person's data may be used for, each with a consent of its own."""

    LETTERS = "letters"  # letters of print runs are made in their name
    CONTACT = "contact"  # the group writes to them
    NEWS = "news"  # they learn what became of a case


class Way(StrEnum):
    """How a consent was given."""

    FORM = "form"
    PAPER = "paper"
    EMAIL = "email"
    SPOKEN = "spoken"


class Person(Base):
    """Someone the section knows, with or without an account. Whatever tells who it is, is sealed.

    ``email_index`` finds a person by e-mail address. Nationality and occupation are only what a letter may say of its
    writer; nobody has to give them. ``letter_address`` may stand on letters, ``private_address`` is the group's alone.
    ``merged`` are the marks of records that were made one with this (``privacy.tombstones``).
    """

    __tablename__ = "person"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Sealed)
    native_name: Mapped[str] = mapped_column(Sealed, default="")
    pronoun: Mapped[str] = mapped_column(Sealed, default="")
    email: Mapped[str] = mapped_column(Sealed, default="")
    email_index: Mapped[str] = mapped_column(default="", index=True)
    phone: Mapped[str] = mapped_column(Sealed, default="")
    letter_address: Mapped[Address | None] = mapped_column(SealedJSON)
    private_address: Mapped[Address | None] = mapped_column(SealedJSON)
    nationality: Mapped[str] = mapped_column(Sealed, default="")
    occupation: Mapped[str] = mapped_column(Sealed, default="")
    languages_read: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages_written: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Sealed, default="")
    merged: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    memberships: Mapped[list[Membership]] = relationship(back_populates="person", cascade="all, delete-orphan")
    consents: Mapped[list[Consent]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Consent.id"
    )
    payments: Mapped[list[FeePayment]] = relationship(cascade="all, delete-orphan", order_by="FeePayment.paid_until")

    @classmethod
    def in_groups(cls, groups: Iterable[int]) -> ColumnElement[bool]:
        """Those who belong, or belonged, to one of the groups."""
        return cls.memberships.any(Membership.group_id.in_(list(groups)))

    def consents_to(self, purpose: Purpose) -> bool:
        return any(consent.purpose is purpose and consent.withdrawn_on is None for consent in self.consents)


class Membership(Base, RoleMixin):
    """A person's role in a group, or in the section where there is no group, from one day to another."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="memberships")
    group: Mapped[Group | None] = relationship()

    __eq__ = object.__eq__  # RoleMixin takes all memberships of one role for the same
    __hash__ = object.__hash__

    @property
    def name(self) -> str:  # type: ignore[override]
        """The role's name, as Flask-Security asks for it."""
        return self.role.value

    def holds_on(self, day: date) -> bool:
        """Whether the role is held on ``day``; it ends with its last day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Consent(Base):
    """That a person agreed to a purpose, in which words, when and how; and when they withdrew it."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose]
    wording: Mapped[str] = mapped_column(Text)
    version: Mapped[str]
    given_on: Mapped[date]
    way: Mapped[Way]
    withdrawn_on: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="consents")


class FeePayment(Base):
    """A membership fee that was paid, in minor units of its currency."""

    __tablename__ = "fee_payment"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    amount: Mapped[int]
    currency: Mapped[str]
    paid_on: Mapped[date]
    paid_until: Mapped[date]
    note: Mapped[str] = mapped_column(Sealed, default="")


def email_index(email: str) -> str:
    """What finds a person or an account by e-mail address. Needs the application's context."""
    return vault().index("email", email)


def index_email(_mapper: object, _connection: object, row: Any) -> None:
    """Keeps the index of a row in step with its e-mail address, whenever the row is written."""
    row.email_index = email_index(row.email)


event.listen(Person, "before_insert", index_email)
event.listen(Person, "before_update", index_email)
