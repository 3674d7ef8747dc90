"""Groups and their officers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from campaign_app.db import Base
from campaign_app.sealing import Sealed

if TYPE_CHECKING:
    from campaign_app.people.models import Person

MEMBERS_TO_REGISTER = 5


class GroupStatus(StrEnum):
    PROVISIONAL = "provisional"
    REGISTERED = "registered"
    DORMANT = "dormant"


class Duty(StrEnum):
    """What an officer does for a group."""

    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    TREASURER = "treasurer"
    SECRETARY = "secretary"
    CAMPAIGNS = "campaigns"
    OTHER = "other"


class Group(Base):
    """A local group: it owns campaigns and prints with its own letterhead, return address and paper.

    ``window``, ``envelope`` and ``label_sheet`` are names from ``documents.paper``, offered first wherever the group
    prints. The return address may be somebody's home, stamps and cash lie there: they are sealed.
    """

    __tablename__ = "group"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    status: Mapped[GroupStatus] = mapped_column(default=GroupStatus.PROVISIONAL)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    paper: Mapped[str] = mapped_column(default="A4")
    window: Mapped[str] = mapped_column(default="")
    envelope: Mapped[str] = mapped_column(default="DL")
    label_sheet: Mapped[str] = mapped_column(default="L7163")
    city: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="KR")
    letterhead: Mapped[str] = mapped_column(Text, default="")
    return_address: Mapped[str] = mapped_column(Sealed, default="")
    stamps: Mapped[str] = mapped_column(Sealed, default="")
    cash: Mapped[str] = mapped_column(Sealed, default="")
    stock_on: Mapped[date | None]  # when stamps and cash were noted
    officers: Mapped[list[Officer]] = relationship(cascade="all, delete-orphan", order_by="Officer.starts_on")

    group_id = synonym("id")  # a group belongs to itself, so that permissions ask of it what they ask of other rows


class Officer(Base):
    """A person with a duty in a group, from one day to another."""

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    duty: Mapped[Duty]
    title: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    person: Mapped[Person] = relationship("Person")

    def holds_on(self, day: date) -> bool:
        """Whether the duty is held on ``day``; a term ends with its last day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
