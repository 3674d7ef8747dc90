"""Handing a group over from one coordinator to the next."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.db import Base
from campaign_app.people.models import Person
from campaign_app.sealing import Sealed


class Handover(Base):
    """One handover of a group: what is ticked off, notes for the successor, and who takes over from when on.

    ``starts_on`` is the successor's first day; the one who hands over has access until the end of the day before. Until
    then it can be taken back, by what ``changes`` says of the rows that were changed: ids and dates.
    """

    __tablename__ = "handover"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    ticked: Mapped[list[str]] = mapped_column(JSON, default=list)
    notes: Mapped[str] = mapped_column(Sealed, default="")
    outgoing_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    starts_on: Mapped[date | None]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    outgoing: Mapped[Person | None] = relationship(foreign_keys=outgoing_id)
    successor: Mapped[Person | None] = relationship(foreign_keys=successor_id)

    @property
    def is_arranged(self) -> bool:
        """Whether a successor is chosen."""
        return self.starts_on is not None

    def has_happened_on(self, day: date) -> bool:
        return self.starts_on is not None and self.starts_on <= day
