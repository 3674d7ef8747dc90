"""What happened to each sheet, step by step, and what was counted on it by whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.days import day_of
from campaign_app.db import Base, Moment, now
from campaign_app.petitions.counting import Count, Invalid
from campaign_app.petitions.issue_models import SheetIssue
from campaign_app.petitions.models import OfPetition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus


class SheetEvent(Base):
    """One step of one sheet, never changed: from where to where, by whom, and why.

    Steps that were taken together share an ``act``, by which they can be undone; to undo is a step of its own.
    ``issue_before`` and ``issue_id`` tell with whom the sheet was before and after it.
    """

    __tablename__ = "sheet_event"
    __table_args__ = (Index("ix_sheet_event_sheet_id_id", "sheet_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    act: Mapped[str] = mapped_column(index=True)
    before: Mapped[SheetStatus]
    after: Mapped[SheetStatus]
    issue_before: Mapped[int | None] = mapped_column(ForeignKey("sheet_issue.id"))
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_issue.id"))
    reason: Mapped[str] = mapped_column(default="")
    undoes: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    sheet: Mapped[Sheet] = relationship()
    issue: Mapped[SheetIssue | None] = relationship(foreign_keys=[issue_id])
    account: Mapped[Account | None] = relationship()


class SheetCount(Base):
    """A count of a sheet: the first, a second person's, or the one that settled a dispute (``turn`` 1, 2, 3)."""

    __tablename__ = "sheet_count"
    __table_args__ = (UniqueConstraint("sheet_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id", ondelete="CASCADE"))
    turn: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    counted_at: Mapped[datetime] = mapped_column(Moment, default=now)
    raw: Mapped[int]
    struck_out: Mapped[int] = mapped_column(default=0)
    illegible: Mapped[int] = mapped_column(default=0)
    blank: Mapped[int] = mapped_column(default=0)
    outside_dates: Mapped[int] = mapped_column(default=0)
    not_eligible: Mapped[int] = mapped_column(default=0)
    duplicate: Mapped[int] = mapped_column(default=0)
    sheet: Mapped[Sheet] = relationship()
    account: Mapped[Account | None] = relationship()

    @property
    def count(self) -> Count:
        return Count(self.raw, **{reason.value: getattr(self, reason) for reason in Invalid})


class SheetSample(OfPetition, Base):
    """Sheets of a petition drawn at random from those that were counted, to be checked row by row.

    ``sheets`` and ``raw`` are those it was drawn from; ``pairs`` are signers found valid on two of its sheets, once
    somebody looked. Whoever knows the ``seed`` and the serials can draw it again.
    """

    __tablename__ = "sheet_sample"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    seed: Mapped[str]
    sheets: Mapped[int]
    raw: Mapped[int]
    pairs: Mapped[int | None]
    drawn_at: Mapped[datetime] = mapped_column(Moment, default=now)
    members: Mapped[list[SampledSheet]] = relationship(cascade="all, delete-orphan", order_by="SampledSheet.id")

    @property
    def drawn_on(self) -> date:
        return day_of(self.drawn_at)


class SampledSheet(Base):
    """A sheet of a sample, in the order in which it was drawn."""

    __tablename__ = "sampled_sheet"
    __table_args__ = (UniqueConstraint("sample_id", "sheet_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sheet_sample.id", ondelete="CASCADE"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id", ondelete="CASCADE"), index=True)
    sheet: Mapped[Sheet] = relationship()
