"""Letter evenings, their tables, and the letters that wait to be printed. What tells who writes is sealed, and goes."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base, Moment, now
from campaign_app.groups.activity_models import Activity
from campaign_app.groups.models import Group
from campaign_app.sealing import SealedBytes
from campaign_app.targets.models import Target


class Evening(Base):
    """People who write together. Its kiosk opens by a token that follows from ``key``, until ``ends_at`` or closed."""

    __tablename__ = "evening"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    held_on: Mapped[date] = mapped_column(index=True)
    key: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id", ondelete="SET NULL"), index=True)
    group: Mapped[Group] = relationship()
    activity: Mapped[Activity | None] = relationship()
    tables: Mapped[list[EveningTable]] = relationship(
        back_populates="evening", cascade="all, delete-orphan", order_by="EveningTable.id"
    )

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and now() < self.ends_at


class EveningTable(Base):
    """A table at which people write for one campaign to one target in one language."""

    __tablename__ = "evening_table"
    __table_args__ = (
        UniqueConstraint("evening_id", "campaign_id", "target_id", "language"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[int] = mapped_column(ForeignKey("evening.id", ondelete="CASCADE"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    language: Mapped[str]
    evening: Mapped[Evening] = relationship(back_populates="tables")
    campaign: Mapped[Campaign] = relationship()
    target: Mapped[Target] = relationship()


class WaitingLetters(Base):
    """Letters of one writer at the kiosk that wait to be printed, once however often the form is sent.

    ``sealed`` is what a ``Handover`` says. The row stays while a jammed page may be wanted again, and goes with the end
    of the evening.
    """

    __tablename__ = "waiting_letters"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[int] = mapped_column(ForeignKey("evening.id", ondelete="CASCADE"), index=True)
    form: Mapped[str] = mapped_column(unique=True)
    sealed: Mapped[bytes] = mapped_column(SealedBytes)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    printed_at: Mapped[datetime | None] = mapped_column(Moment)
    keep_until: Mapped[date] = mapped_column(index=True)
