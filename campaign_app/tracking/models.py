"""What happened to letters, act by act; letters that were written by hand; and whom to remind of posting."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base, Moment, now
from campaign_app.letters.status import LetterStatus
from campaign_app.sealing import Sealed, SealedJSON
from campaign_app.targets.models import Target


class How(StrEnum):
    """By which way somebody said what became of letters."""

    OWN_PAGE = "own page"
    SCAN = "scan"
    LIST = "list"
    SHELL = "shell"
    REPLY = "reply"


class Act(Base):
    """What somebody did to letters at once: one letter or thousands. ``count`` says how many.

    ``account_id`` is empty for whoever has no account, as for a writer on the letter's own page. ``day`` is the day of
    posting that was given. ``undoes_id`` names the act that this one took back, as far as it could.
    """

    __tablename__ = "act"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    how: Mapped[How]
    before: Mapped[LetterStatus]
    after: Mapped[LetterStatus]
    day: Mapped[date | None]
    count: Mapped[int] = mapped_column(default=0)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"), index=True)
    account: Mapped[Account | None] = relationship()


class OvertakenAct(Base):
    """That a letter's last act was ``act_id`` until ``by_id`` came: what is needed beside ``LetterRecord.marked_by``.

    A letter that is marked for the first time needs no row here, so that marking thousands writes one row of ``Act``.
    """

    __tablename__ = "overtaken_act"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("act.id"), primary_key=True, index=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), index=True)


class HandwrittenKind(StrEnum):
    LETTER = "letter"
    CARD = "card"
    OTHER = "other"


class HandwrittenCount(Base):
    """Letters or cards that the app did not make: how many a group wrote on a day, to whom, and where.

    ``target_id`` is empty for what goes to nobody of the directory, as a card to a prisoner or to a family.
    """

    __tablename__ = "handwritten_count"
    __table_args__ = (
        Index("ix_handwritten_count_campaign_id_written_on", "campaign_id", "written_on"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"), index=True)
    kind: Mapped[HandwrittenKind]
    number: Mapped[int]
    written_on: Mapped[date]
    language: Mapped[str] = mapped_column(default="")
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id", ondelete="SET NULL"), index=True)
    evening_id: Mapped[int | None] = mapped_column(ForeignKey("evening.id", ondelete="SET NULL"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    recorded_at: Mapped[datetime] = mapped_column(Moment, default=now)
    campaign: Mapped[Campaign] = relationship()
    target: Mapped[Target | None] = relationship()


class Reminder(Base):
    """A writer who asked to be asked once whether the letters of one form were posted.

    ``letters`` holds the title and the token of each. The row goes when the mail has gone, or after ``keep_until``.
    """

    __tablename__ = "reminder"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    form: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(Sealed)
    address_index: Mapped[str] = mapped_column(index=True)
    letters: Mapped[list[list[str]]] = mapped_column(SealedJSON)
    language: Mapped[str]
    remind_on: Mapped[date] = mapped_column(index=True)
    keep_until: Mapped[date] = mapped_column(index=True)
    campaign: Mapped[Campaign] = relationship()
