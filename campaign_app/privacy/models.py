"""The audit log, and what stays once people and their data are gone: counts and amounts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from campaign_app.db import Base, Moment, now


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
    """How far the log reaches: one row, whose lock lets entries be appended one at a time.

    The first ``forgotten`` entries were deleted when their time had come; the chain goes on from ``forgotten_digest``.
    """

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    length: Mapped[int]
    digest: Mapped[str]
    forgotten: Mapped[int] = mapped_column(default=0, server_default="0")
    forgotten_digest: Mapped[str] = mapped_column(default="", server_default="")


class Receipt(Base):
    """What was forgotten in one go: how many rows of each kind, and how many wait for somebody to confirm it."""

    __tablename__ = "receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    day: Mapped[date]
    account_id: Mapped[int | None]
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    waiting: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)


class SettledFee(Base):
    """A membership fee of somebody who is no longer known: the books need its amount and day, and no name."""

    __tablename__ = "settled_fee"

    id: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int]
    currency: Mapped[str]
    paid_on: Mapped[date]
