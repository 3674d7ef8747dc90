"""Scans of returned sheets: what was uploaded, and what each page of it says, until a person has confirmed it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.db import Base, Moment, now
from campaign_app.petitions.sheet_models import Sheet
from campaign_app.stored_files.models import StoredFile


class ScanPile(Base):
    """Files with scans that were uploaded together, for the sheets of one group, or of the section itself.

    ``form`` is the form's own key: a form that is sent twice makes one pile.
    """

    __tablename__ = "scan_pile"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    form: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_on: Mapped[date] = mapped_column(index=True)
    account: Mapped[Account | None] = relationship()
    files: Mapped[list[ScanFile]] = relationship(
        back_populates="pile", cascade="all, delete-orphan", order_by="ScanFile.place"
    )
    pages: Mapped[list[ScanPage]] = relationship(
        back_populates="pile", cascade="all, delete-orphan", order_by="ScanPage.id"
    )


class ScanFile(Base):
    """An uploaded file, the ``place``-th of its pile: a photograph, or a scanner's PDF.

    Once it is read, or ``refused`` for a reason, the file itself is deleted: its pages have pictures of their own.
    ``digest`` tells whether the same file was uploaded before.
    """

    __tablename__ = "scan_file"
    __table_args__ = (UniqueConstraint("pile_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pile_id: Mapped[int] = mapped_column(ForeignKey("scan_pile.id", ondelete="CASCADE"))
    place: Mapped[int]
    digest: Mapped[str] = mapped_column(index=True)
    refused: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), unique=True)
    pile: Mapped[ScanPile] = relationship(back_populates="files")
    file: Mapped[StoredFile | None] = relationship()


class ScanPage(Base):
    """What page ``number`` of a file says.

    ``reading`` gives the numbers of rows by what they are taken for, as ``reading.rows.Mark`` calls it. ``error`` says
    why there is none. ``picture`` shows the flat table, or a page that cannot be read. Once a person has confirmed the
    rows, they are the first count of the sheet.
    """

    __tablename__ = "scan_page"
    __table_args__ = (UniqueConstraint("file_id", "number"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    pile_id: Mapped[int] = mapped_column(ForeignKey("scan_pile.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("scan_file.id", ondelete="CASCADE"))
    number: Mapped[int]
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("sheet.id"), index=True)
    error: Mapped[str] = mapped_column(default="")
    reading: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), unique=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    pile: Mapped[ScanPile] = relationship(back_populates="pages")
    file: Mapped[ScanFile] = relationship()
    sheet: Mapped[Sheet | None] = relationship()
    picture: Mapped[StoredFile | None] = relationship()
    account: Mapped[Account | None] = relationship()

    @property
    def group_id(self) -> int | None:
        return self.pile.group_id

    def rows(self, mark: str) -> list[int]:
        """The numbers of the rows that are taken for ``mark``."""
        return list(self.reading.get(mark, ()))

    @property
    def is_read(self) -> bool:
        return not self.error and bool(self.reading)
