"""Jobs. They hold ids and counts, and nothing about a person."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign_app.db import Base, Moment, now
from campaign_app.jobs.pace import Pace


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """Something to be done for ``subject``, the id of what the kind works on.

    Whoever works on it holds its ``lease``, a random word, and renews ``lease_until`` while alive; what a worker stores
    counts only while the lease is its own. ``attempts`` are those since the job last got on. ``started_at`` and
    ``begun_with`` are when the present attempt began and how much was done then; ``moved_at`` is when it last got on.
    A daily job has the ``day`` that it is for, once.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "day"),
        Index("ix_job_kind_subject", "kind", "subject"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[int | None]
    day: Mapped[date | None]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED, index=True)
    reason: Mapped[str] = mapped_column(default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    begun_with: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None]
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    moved_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def is_open(self) -> bool:
        """Whether it will go on by itself."""
        return self.state in OPEN

    @property
    def can_be_resumed(self) -> bool:
        return self.state in (JobState.CANCELLED, JobState.FAILED)

    @property
    def pace(self) -> Pace:
        """How far it is and how fast."""
        seconds = (self.moved_at - self.started_at).total_seconds() if self.moved_at and self.started_at else 0.0
        return Pace(self.done, self.total, self.done - self.begun_with, seconds)


OPEN = (JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING)
