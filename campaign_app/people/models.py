"""Groups, persons, their memberships, and the accounts they sign in with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from flask_security import RoleMixin, UserMixin
from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.db import Base


class GroupStatus(StrEnum):
    PROVISIONAL = "provisional"
    REGISTERED = "registered"
    DORMANT = "dormant"


class Role(StrEnum):
    """What a membership lets a person do; staff serve the whole section."""

    MEMBER = "member"
    ORGANIZER = "organizer"
    STAFF = "staff"


class Group(Base):
    """A local group: it owns campaigns and prints with its own return address and paper."""

    __tablename__ = "group"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    status: Mapped[GroupStatus] = mapped_column(default=GroupStatus.PROVISIONAL)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    paper: Mapped[str] = mapped_column(default="A4")
    city: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="KR")
    return_address: Mapped[str] = mapped_column(Text, default="")


class Person(Base):
    """Someone the section knows, with or without an account."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    native_name: Mapped[str] = mapped_column(default="")
    memberships: Mapped[list[Membership]] = relationship(back_populates="person", cascade="all, delete-orphan")


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

    @property
    def name(self) -> str:  # type: ignore[override]
        """The role's name, as Flask-Security asks for it."""
        return self.role.value

    def holds_on(self, day: date) -> bool:
        """Whether the role is held on ``day``; it ends with its last day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Account(Base, UserMixin):
    """What a person signs in with."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def roles(self) -> list[Membership]:  # type: ignore[override] # what Flask-Security reads, it never sets
        """The memberships that hold today: an ended one stops working at the next request."""
        today = date.today()
        return [membership for membership in self.person.memberships if membership.holds_on(today)]
