"""The record of each letter: enough to count it and to find its page, and nothing about its writer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base, Moment
from campaign_app.letters.status import LetterStatus as LetterStatus
from campaign_app.targets.models import Target
from campaign_app.texts.models import TextVersion


class LetterRecord(Base):
    """One letter that was made, from one form to one target.

    ``form`` is the hash of the form's own key: a form that is sent twice finds the letters it made. ``token_hash``
    stands for the unguessable token in the letter's QR code. ``made_on`` is the day in the campaign's time zone.
    ``run_id`` and ``row_id`` name the print run that made it, if one did, ``evening_id`` the letter evening at which
    it was written. ``marked_by`` is the act that brought it to its status; it is empty while a letter is as made.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("form", "target_id"),
        *(
            Index(f"ix_letter_{name}_status", name, "status", "made_on", "id")
            for name in ("campaign_id", "group_id", "target_id", "country", "language")
        ),
        Index("ix_letter_status_made_on", "status", "made_on", "id"),
        Index("ix_letter_run_status", "run_id", "status"),
        Index("ix_letter_evening_status", "evening_id", "status"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    text_version_id: Mapped[int] = mapped_column(ForeignKey("text_version.id"), index=True)
    language: Mapped[str]
    country: Mapped[str]
    reference: Mapped[str] = mapped_column(unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    form: Mapped[str]
    status: Mapped[LetterStatus] = mapped_column(default=LetterStatus.MADE)
    made_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Moment)
    posted_on: Mapped[date | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("print_run.id", ondelete="SET NULL"))
    row_id: Mapped[int | None] = mapped_column(ForeignKey("print_row.id", ondelete="SET NULL"), index=True)
    evening_id: Mapped[int | None] = mapped_column(ForeignKey("evening.id", ondelete="SET NULL"))
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("act.id"), index=True)
    campaign: Mapped[Campaign] = relationship()
    target: Mapped[Target] = relationship()
    text_version: Mapped[TextVersion] = relationship()


class KeptLetter(Base):
    """A letter whose writer asked to have it kept, sealed with a code that only the writer has."""

    __tablename__ = "kept_letter"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes]
    keep_until: Mapped[date] = mapped_column(index=True)
    letter: Mapped[LetterRecord] = relationship()
