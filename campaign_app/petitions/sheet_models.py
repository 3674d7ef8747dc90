"""Sheets with their numbers, and the batches in which they are printed. A number once taken is never given again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.db import Base, Moment, now
from campaign_app.petitions.counting import Standing
from campaign_app.petitions.delivery_models import Delivery, SheetDestruction
from campaign_app.petitions.issue_models import SheetIssue
from campaign_app.petitions.models import OfPetition, SheetLogo
from campaign_app.sealing import SealedJSON
from campaign_app.stored_files.models import StoredFile


class SheetStatus(StrEnum):
    """Where a sheet is on its way."""

    PRINTED = "printed"
    ISSUED = "issued"
    RETURNED = "returned"
    MISSING = "missing"
    SPOILED = "spoiled"
    VOID = "void"
    COUNTED = "counted"
    DELIVERED = "delivered"


class TakenNumber(Base):
    """The last number taken below a prefix: of petitions below ``G48``, of sheets below ``G48-P07``.

    It never goes down and refers to nothing, so that it stays when what bore the numbers is deleted.
    """

    __tablename__ = "taken_number"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class SheetBatch(OfPetition, Base):
    """Sheets ``first`` to ``last`` of a petition, printed in one go.

    ``content`` is all that stands on them, design and texts included, as ``documents.sheet`` reads it; ``layout`` is
    where it stands, for whoever reads a scan. So the same sheets can be printed again whatever is changed meanwhile.
    ``versions`` tell which versions of the texts these were, by language. The tokens of its sheets follow from ``key``.
    Its sheets are there once its first file is: it has no ``printed_at`` before.
    """

    __tablename__ = "sheet_batch"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_logo.id"))
    first: Mapped[int]
    last: Mapped[int]
    key: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(SealedJSON)
    layout: Mapped[dict[str, Any]] = mapped_column(JSON)
    versions: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    printed_at: Mapped[datetime | None] = mapped_column(Moment)
    account: Mapped[Account | None] = relationship()
    logo: Mapped[SheetLogo | None] = relationship()
    files: Mapped[list[SheetFile]] = relationship(cascade="all, delete-orphan", order_by="SheetFile.id")

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def rows(self) -> int:
        """How many people can sign on each sheet."""
        return len(self.layout["rows"]) - 1  # its lines, as documents.sheet_grid keeps them


class Sheet(OfPetition, Base):
    """One sheet of paper. ``reason`` says why it is missing, spoiled or void, ``moved_at`` when it moved last.

    ``issue_id`` tells with whom it was last, also once it is back. A counted sheet says how far its counting is, and
    what its last count said. It is in one delivery at most.
    """

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("petition_id", "number"),
        Index("ix_sheet_petition_id_status", "petition_id", "status"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("sheet_batch.id"), index=True)
    number: Mapped[int]
    serial: Mapped[str] = mapped_column(unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    status: Mapped[SheetStatus] = mapped_column(default=SheetStatus.PRINTED, index=True)
    reason: Mapped[str] = mapped_column(default="")
    moved_at: Mapped[datetime] = mapped_column(Moment, default=now)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_issue.id"), index=True)
    standing: Mapped[Standing | None]
    raw: Mapped[int | None]
    valid: Mapped[int | None]
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    destruction_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_destruction.id"), index=True)
    batch: Mapped[SheetBatch] = relationship()
    issue: Mapped[SheetIssue | None] = relationship()
    delivery: Mapped[Delivery | None] = relationship()
    destruction: Mapped[SheetDestruction | None] = relationship()


class SheetFile(Base):
    """A file of a batch, ``pdf`` or ``docx``: asked for, and then there to be taken until its time is over."""

    __tablename__ = "sheet_file"
    __table_args__ = (UniqueConstraint("batch_id", "suffix"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("sheet_batch.id", ondelete="CASCADE"))
    suffix: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), unique=True)
    file: Mapped[StoredFile | None] = relationship()
