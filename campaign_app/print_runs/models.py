"""Print runs and their rows. What tells who writes is sealed, and goes when the run's time is over."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base, Moment, now
from campaign_app.groups.models import Group
from campaign_app.print_runs.plan import Plan
from campaign_app.print_runs.rows import MadeLetter, Problem, WriterValues
from campaign_app.sealing import SealedJSON, vault


class Source(StrEnum):
    """Where the writers of a run come from."""

    PEOPLE = "people"
    ROSTER = "roster"
    GUESTS = "guests"
    SHELL = "shell"


class RunState(StrEnum):
    PREPARED = "prepared"  # rows can be mended, left out, checked
    MAKING = "making"
    MADE = "made"  # its letters are recorded, its files can be taken
    FORGOTTEN = "forgotten"  # its time is over: no row says any more who wrote


class RowState(StrEnum):
    NEW = "new"  # not checked since it was changed
    READY = "ready"
    FAULTY = "faulty"
    LEFT_OUT = "left out"
    SET = "set"  # on paper, and not recorded yet
    DONE = "done"
    FAILED = "failed"


class PrintRun(Base):
    """Many letters made in one go for a group. ``key`` is what the tokens of its letters follow from."""

    __tablename__ = "print_run"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    source: Mapped[Source]
    state: Mapped[RunState] = mapped_column(default=RunState.PREPARED, index=True)
    key: Mapped[str]
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    ignored_columns: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_on: Mapped[date] = mapped_column(index=True)
    group: Mapped[Group] = relationship()
    campaign: Mapped[Campaign] = relationship()

    @property
    def plan(self) -> Plan:
        return Plan.from_json(self.choices)

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self.choices = plan.to_json()


class RunRow(Base):
    """One writer of a run: ``number`` is the spreadsheet's row, or counts from 1.

    ``values`` say who writes, ``kept`` are the letters as they were set; both are gone once the run is forgotten.
    """

    __tablename__ = "print_row"
    __table_args__ = (
        UniqueConstraint("run_id", "number"),
        Index("ix_print_row_run_id_state", "run_id", "state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id", ondelete="CASCADE"))
    number: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    state: Mapped[RowState] = mapped_column(default=RowState.NEW)
    values: Mapped[dict[str, Any] | None] = mapped_column(SealedJSON)
    found: Mapped[list[dict[str, str]] | None] = mapped_column(SealedJSON)
    kept: Mapped[bytes | None] = mapped_column(LargeBinary)
    run: Mapped[PrintRun] = relationship()

    @property
    def writer(self) -> WriterValues:
        return WriterValues.from_json(self.values or {})

    @property
    def problems(self) -> list[Problem]:
        return [Problem(**problem) for problem in self.found or ()]

    @problems.setter
    def problems(self, problems: Iterable[Problem]) -> None:
        self.found = [{"kind": p.kind, "field": p.field, "detail": p.detail} for p in problems] or None

    @property
    def letters(self) -> list[MadeLetter]:
        """The letters as they were set on paper."""
        return unpacked(self.kept) if self.kept else []


def packed(letters: Iterable[MadeLetter]) -> bytes:
    """Letters as a row keeps them: squeezed and sealed."""
    said = json.dumps([letter.to_json() for letter in letters], ensure_ascii=False)
    return vault().seal(zlib.compress(said.encode()))


def unpacked(kept: bytes) -> list[MadeLetter]:
    return [MadeLetter.from_json(values) for values in json.loads(zlib.decompress(vault().open(kept)))]
