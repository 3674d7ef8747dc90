"""Campaigns with their pictures, targets and case updates."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Column, ForeignKey, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.db import Base, Moment, now
from campaign_app.groups.models import Group
from campaign_app.targets.models import Target

if TYPE_CHECKING:
    from campaign_app.texts.models import LetterText


WAITING_DAYS = 60  # until a letter without a reply is followed up, unless the campaign says otherwise


class Kind(StrEnum):
    URGENT_ACTION = "urgent_action"
    CASE = "case"
    WRITE_FOR_RIGHTS = "write_for_rights"
    PETITION = "petition"
    SOLIDARITY = "solidarity"


class Theme(StrEnum):
    FREEDOM_OF_EXPRESSION = "freedom_of_expression"
    TORTURE = "torture"
    DEATH_PENALTY = "death_penalty"
    WOMENS_RIGHTS = "womens_rights"
    UNFAIR_LAWS = "unfair_laws"
    HEALTH_IN_DETENTION = "health_in_detention"
    MINORITIES = "minorities"
    REFUGEES = "refugees"
    ENVIRONMENT = "environment"
    OTHER = "other"


class Status(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a campaign takes no more letters."""

    RELEASED = "released"
    IMPROVED = "improved"
    STOP_ACTION = "stop_action"
    EXPIRED = "expired"
    SAFETY = "safety"
    DIED = "died"
    OTHER = "other"


class SenderAddress(StrEnum):
    """How much of the writer's address may stand on a letter, for the safety of writers and of the person at risk."""

    FULL = "full"
    CITY = "city"
    COUNTRY = "country"
    NONE = "none"


campaign_target = Table(
    "campaign_target",
    Base.metadata,
    Column("campaign_id", ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True),
    Column("target_id", ForeignKey("target.id", ondelete="RESTRICT"), primary_key=True, index=True),
)


class Campaign(Base):
    """One case or cause that people write letters for.

    ``opens_on`` and ``post_by`` are whole days in ``time_zone``; letters are taken until the end of ``post_by``.
    ``forbidden_phrases`` must not appear in any letter, since they would put someone in danger. A posted letter that
    has no reply after ``waiting_days`` is followed up, where the campaign asks for replies.
    """

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    kind: Mapped[Kind]
    theme: Mapped[Theme]
    country: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    index: Mapped[str] = mapped_column(default="")
    person: Mapped[str] = mapped_column(default="")
    story: Mapped[str] = mapped_column(Text, default="")
    demands: Mapped[str] = mapped_column(Text, default="")
    opens_on: Mapped[date]
    post_by: Mapped[date | None]
    time_zone: Mapped[str] = mapped_column(default="Asia/Seoul")
    goal: Mapped[int | None]
    status: Mapped[Status] = mapped_column(default=Status.DRAFT, index=True)
    reason: Mapped[Reason | None]
    reason_note: Mapped[str] = mapped_column(Text, default="")
    may_name_organization: Mapped[bool] = mapped_column(default=True)
    sender_address: Mapped[SenderAddress] = mapped_column(default=SenderAddress.FULL)
    forbidden_phrases: Mapped[list[str]] = mapped_column(JSON, default=list)
    asks_for_replies: Mapped[bool] = mapped_column(default=True)
    waiting_days: Mapped[int] = mapped_column(default=WAITING_DAYS)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    group: Mapped[Group | None] = relationship()
    targets: Mapped[list[Target]] = relationship(secondary=campaign_target, order_by=Target.id)
    texts: Mapped[list[LetterText]] = relationship(
        back_populates="campaign",
        cascade="all, delete-orphan",
        order_by="LetterText.id",
        primaryjoin="and_(LetterText.campaign_id == Campaign.id, LetterText.use == 'APPEAL')",
    )
    pictures: Mapped[list[Picture]] = relationship(cascade="all, delete-orphan", order_by="Picture.id")
    updates: Mapped[list[CaseUpdate]] = relationship(
        cascade="all, delete-orphan", order_by="CaseUpdate.day.desc(), CaseUpdate.id.desc()"
    )

    @property
    def today(self) -> date:
        """The day it is now where the campaign counts its days."""
        return now().astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def has_opened(self) -> bool:
        return self.opens_on <= self.today

    @property
    def has_expired(self) -> bool:
        """Whether the last day for posting has gone by, at midnight in the campaign's own time zone."""
        return self.post_by is not None and self.post_by < self.today

    @property
    def is_public(self) -> bool:
        return self.status is not Status.DRAFT

    @property
    def is_current(self) -> bool:
        return self.status is Status.OPEN and self.has_opened and not self.has_expired

    @property
    def has_ended(self) -> bool:
        return self.status in (Status.SUSPENDED, Status.CLOSED) or (self.status is Status.OPEN and self.has_expired)

    @property
    def takes_letters(self) -> bool:
        """Whether letters can be made now; a petition is signed on paper sheets instead."""
        return self.is_current and self.kind is not Kind.PETITION

    @property
    def takes_follow_ups(self) -> bool:
        """Whether letters that had no reply can be followed up, also after the last day for posting."""
        return self.status is Status.OPEN and self.has_opened and self.kind is not Kind.PETITION

    @property
    def days_left(self) -> int | None:
        """Days until the last day for posting, 0 on that day, or None without one."""
        return (self.post_by - self.today).days if self.post_by else None


class Picture(Base):
    """A picture in a campaign's story, re-encoded and stored under a random name in the instance's files."""

    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    file: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]
    alternative: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]


class CaseUpdate(Base):
    """What happened in a case since its story was written."""

    __tablename__ = "case_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    account: Mapped[Account | None] = relationship()
