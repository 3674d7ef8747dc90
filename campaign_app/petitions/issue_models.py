"""To whom sheets were issued, and by when they should come back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.db import Base, Moment, now
from campaign_app.people.models import Person
from campaign_app.petitions.models import OfPetition
from campaign_app.sealing import Sealed


class SheetIssue(OfPetition, Base):
    """Sheets that went out together, to a collector or to a place where they lie unattended.

    A collector is a person whom the group knows, or a ``collector`` by name; neither is there any more once they are
    forgotten. ``place`` is where signatures are collected. The token of its QR code follows from ``key``.
    """

    __tablename__ = "sheet_issue"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    collector: Mapped[str] = mapped_column(Sealed, default="")
    place: Mapped[str] = mapped_column(Sealed, default="")
    unattended: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None] = mapped_column(index=True)
    issued_at: Mapped[datetime] = mapped_column(Moment, default=now)
    key: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    person: Mapped[Person | None] = relationship()
    account: Mapped[Account | None] = relationship()

    @property
    def with_whom(self) -> str:
        """The collector as written, or empty."""
        return self.person.name if self.person else self.collector


class CollectorNote(Base):
    """What a collector last told on the phone, of one sheet or of all that were issued together.

    ``signatures`` is their own count: it is shown, and counts nowhere.
    """

    __tablename__ = "collector_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("sheet.id", ondelete="CASCADE"), unique=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_issue.id", ondelete="CASCADE"), unique=True)
    signatures: Mapped[int | None]
    place: Mapped[str] = mapped_column(Sealed, default="")
    noted_at: Mapped[datetime] = mapped_column(Moment, default=now)
