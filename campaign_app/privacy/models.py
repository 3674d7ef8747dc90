"""The audit log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from campaign_app.db import Base, Moment


class AuditEntry(Base):
    """One action on personal data: who did what to which row, in ids and counts, never in content.

    ``digest`` covers the entry and the digest before it, so that none can be changed or taken out unseen. Nothing
    refers to other tables: an entry outlives whom and what it speaks of.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    account_id: Mapped[int | None] = mapped_column(index=True)
    group_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(default=1)
    details: Mapped[dict[str, int | str]] = mapped_column(JSON, default=dict)
    digest: Mapped[str]


class AuditHead(Base):
    """How far the log reaches: one row, whose lock lets entries be appended one at a time."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    length: Mapped[int]
    digest: Mapped[str]
