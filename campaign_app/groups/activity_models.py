"""What a group did."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base
from campaign_app.sealing import Sealed


class ActivityKind(StrEnum):
    LETTER_EVENING = "letter_evening"
    STREET_STALL = "street_stall"
    VISIT = "visit"
    VIGIL = "vigil"
    TALK = "talk"
    DINNER = "dinner"
    OTHER = "other"


activity_campaign = Table(
    "activity_campaign",
    Base.metadata,
    Column("activity_id", ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Activity(Base):
    """Something that a group did on a day, with ``people`` counted or estimated, if anybody did.

    Place and note may tell who was there, or whose home it was, and are sealed.
    """

    __tablename__ = "activity"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ActivityKind]
    held_on: Mapped[date] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(Sealed, default="")
    people: Mapped[int | None]
    note: Mapped[str] = mapped_column(Sealed, default="")
    campaigns: Mapped[list[Campaign]] = relationship(secondary=activity_campaign, order_by=Campaign.id)
