"""Print runs and their rows. What tells who writes is sealed, and goes when the run's time is over."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base, Moment, now
from campaign_app.groups.models import Group
from campaign_app.print_runs.plan import Plan
from campaign_app.print_runs.postage import Tariff
from campaign_app.print_runs.rows import MadeLetter, Problem, WriterValues
from campaign_app.sealing import SealedBytes, SealedJSON
from campaign_app.stored_files.models import StoredFile


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
    DONE = "done"
    FAILED = "failed"


class PrintRun(Base):
    """Many letters made in one go, for a group or the section. The tokens of its letters follow from ``key``."""

    __tablename__ = "print_run"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"), index=True)
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
    group: Mapped[Group | None] = relationship()
    campaign: Mapped[Campaign] = relationship()
    files: Mapped[list[RunFile]] = relationship(cascade="all, delete-orphan", order_by="RunFile.id")

    @property
    def plan(self) -> Plan:
        return Plan.from_json(self.choices)

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self.choices = plan.to_json()


class RunRow(Base):
    """One writer of a run: ``number`` is the spreadsheet's row, or counts from 1.

    Once it is checked, it says the ``language`` of its letters, the ``country`` they are written from, and whether they
    hold words of the writer's own. ``values`` say who writes; they go when the run is forgotten, with the row.
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
    language: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    has_message: Mapped[bool] = mapped_column(default=False)
    values: Mapped[dict[str, Any] | None] = mapped_column(SealedJSON)
    found: Mapped[list[dict[str, str]] | None] = mapped_column(SealedJSON)
    run: Mapped[PrintRun] = relationship()

    @property
    def writer(self) -> WriterValues:
        return WriterValues.from_json(self.values or {})

    @property
    def problems(self) -> list[Problem]:
        return [Problem(**problem) for problem in self.found or ()]

    @staticmethod
    def said(problems: Iterable[Problem]) -> list[dict[str, str]] | None:
        """The problems as ``found`` keeps them."""
        return [{"kind": p.kind, "field": p.field, "detail": p.detail} for p in problems] or None


class RunLetter(Base):
    """A letter of a run as it was made: ``place`` is where it stands in the pile, from 0 on."""

    __tablename__ = "print_letter"
    __table_args__ = (UniqueConstraint("run_id", "place"), UniqueConstraint("row_id", "target_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id", ondelete="CASCADE"))
    row_id: Mapped[int] = mapped_column(ForeignKey("print_row.id", ondelete="CASCADE"))
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    place: Mapped[int]
    kept: Mapped[bytes] = mapped_column(SealedBytes)
    row: Mapped[RunRow] = relationship()

    @property
    def made(self) -> MadeLetter:
        return MadeLetter.from_json(json.loads(zlib.decompress(self.kept)))

    @made.setter
    def made(self, made: MadeLetter) -> None:
        self.kept = zlib.compress(json.dumps(made.to_json(), ensure_ascii=False).encode())


class RunChunk(Base):
    """Letters of a run as they are set on paper, some hundred together, until the run's files are made.

    ``number`` counts from 0; ``first`` and ``after`` are the places of its first letter and of the one that follows.
    """

    __tablename__ = "print_chunk"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id", ondelete="CASCADE"))
    number: Mapped[int]
    first: Mapped[int]
    after: Mapped[int]
    pages: Mapped[bytes] = mapped_column(SealedBytes)


class RunFile(Base):
    """A file of a run that can be taken: ``part`` says what it is, ``suffix`` how its name ends."""

    __tablename__ = "print_file"
    __table_args__ = (UniqueConstraint("run_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id", ondelete="CASCADE"))
    part: Mapped[str]
    suffix: Mapped[str]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), unique=True)
    file: Mapped[StoredFile] = relationship()


class GroupTariff(Base):
    """What stamps cost a group: ``zones`` hold names, countries, steps and days, as ``postage`` reads them."""

    __tablename__ = "group_tariff"

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), primary_key=True)
    currency: Mapped[str]
    zones: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    @property
    def tariff(self) -> Tariff:
        return Tariff.from_json(self.currency, self.zones)
