"""The record of each stored file."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from campaign_app.db import Base, Moment, now
from campaign_app.sealing import Sealed


class StoredFile(Base):
    """A sealed file. ``name`` is random; ``sha256`` is of the file as it lies on the disk, ``size`` of its content.

    ``key`` opens this file alone. It is sealed in turn, so that changing the data keys leaves files as they are, and a
    file whose record is gone is unreadable even where the disk still holds it. ``purpose`` says what it is for; a file
    without ``expires_on`` goes with what it belongs to.
    """

    __tablename__ = "stored_file"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str] = mapped_column(index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(Sealed)
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_on: Mapped[date | None] = mapped_column(index=True)
