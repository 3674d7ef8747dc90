"""Deliveries of counted sheets to whom a petition is addressed, and sheets that were destroyed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.days import day_of
from campaign_app.db import Base, Moment, now
from campaign_app.petitions.models import OfPetition
from campaign_app.sealing import Sealed
from campaign_app.stored_files.models import StoredFile
from campaign_app.targets.models import Target


class DeliveryStatus(StrEnum):
    PACKED = "packed"
    POSTED = "posted"  # or handed over, and not answered yet
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # unpacked again: its sheets are in it no more


class Delivery(OfPetition, Base):
    """Counted sheets that go to an addressee together.

    The cover ``letter`` is kept as it was made, until it is forgotten; ``sheets``, ``raw`` and ``valid`` are what was
    packed.
    """

    __tablename__ = "delivery"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    status: Mapped[DeliveryStatus] = mapped_column(default=DeliveryStatus.PACKED)
    letter: Mapped[str] = mapped_column(Sealed)
    sheets: Mapped[int]
    raw: Mapped[int]
    valid: Mapped[int]
    packed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    posted_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    target: Mapped[Target] = relationship()
    account: Mapped[Account | None] = relationship()
    receipts: Mapped[list[DeliveryReceipt]] = relationship(cascade="all, delete-orphan", order_by="DeliveryReceipt.id")

    @property
    def packed_on(self) -> date:
        return day_of(self.packed_at)


class DeliveryReceipt(Base):
    """A photo or receipt that shows a delivery: ``suffix`` is ``webp`` or ``pdf``."""

    __tablename__ = "delivery_receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"), index=True)
    suffix: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), unique=True)
    file: Mapped[StoredFile] = relationship()


class SheetDestruction(OfPetition, Base):
    """Sheets that were destroyed on a day, how, and before whom."""

    __tablename__ = "sheet_destruction"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    destroyed_on: Mapped[date]
    way: Mapped[str]
    by_whom: Mapped[str] = mapped_column(Sealed, default="")
    witness: Mapped[str] = mapped_column(Sealed, default="")
    recorded_at: Mapped[datetime] = mapped_column(Moment, default=now)
    account: Mapped[Account | None] = relationship()
