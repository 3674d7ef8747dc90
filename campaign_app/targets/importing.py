"""Targets from a spreadsheet: what an import would do, shown before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from campaign_app.db import db
from campaign_app.tables.errors import CellError, RowError
from campaign_app.tables.sheet import Sheet
from campaign_app.targets.directory import likeness_of
from campaign_app.targets.models import Target
from campaign_app.targets.spreadsheet import known_column, target_of

LARGEST_FILE = 256 * 1024  # bytes: it travels in the page between preview and confirmation
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as a target that is not stored.

    ``twin`` is the same office in the directory and ``same_row`` the one further up in the file; ``neighbour`` is
    another office at the same address, which is no reason to leave this one out.
    """

    row: int
    target: Target
    twin: Target | None = None
    same_row: int | None = None
    neighbour: Target | None = None

    @property
    def is_new(self) -> bool:
        return self.twin is None and self.same_row is None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: nothing at all where there are errors."""

    sheet: Sheet
    entries: list[Entry]
    errors: list[RowError]

    @property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_new]

    @property
    def there(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_new]

    @property
    def recognised(self) -> list[str]:
        return [name for name in self.sheet.header if known_column(name)]

    @property
    def ignored(self) -> list[str]:
        return [name for name in self.sheet.header if name and not known_column(name)]

    @property
    def can_be_stored(self) -> bool:
        return bool(self.new) and not self.errors


def plan(sheet: Sheet) -> Plan:
    """What the rows of ``sheet`` are, and which of them the directory has already."""
    targets: list[tuple[int, Target]] = []
    errors = list(sheet.errors)
    for row, record in sheet.records():
        try:
            targets.append((row, target_of(row, record)))
        except CellError as error:
            errors.append(error)
    return Plan(sheet, list(_compared(targets)), sorted(errors, key=lambda error: error.row))


def _compared(targets: list[tuple[int, Target]]) -> Iterator[Entry]:
    offices: dict[tuple[str, ...], Target] = {}
    addresses: dict[tuple[str, ...], Target] = {}
    there = {target.country for _, target in targets}
    for target in db.session.scalars(select(Target).where(Target.country.in_(there)).order_by(Target.id)):
        like = likeness_of(target)
        offices.setdefault(like.office, target)
        addresses.setdefault(like.address, target)
    rows: dict[tuple[str, ...], int] = {}
    for row, target in targets:
        like = likeness_of(target)
        first = rows.setdefault(like.office, row)
        same_row = first if first != row else None
        yield Entry(row, target, offices.get(like.office), same_row, addresses.get(like.address))
