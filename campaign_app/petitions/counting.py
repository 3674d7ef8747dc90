"""What is counted on a sheet, and when two people's counts agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum


class Invalid(StrEnum):
    """Why a row that somebody signed does not count. A row has one reason, the first that fits."""

    STRUCK_OUT = "struck_out"
    ILLEGIBLE = "illegible"
    BLANK = "blank"  # a field that must be filled in is not
    OUTSIDE_DATES = "outside_dates"
    NOT_ELIGIBLE = "not_eligible"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Count:
    """One person's count of a sheet: ``raw`` rows with anything in them, and of these the invalid by reason."""

    raw: int
    struck_out: int = 0
    illegible: int = 0
    blank: int = 0
    outside_dates: int = 0
    not_eligible: int = 0
    duplicate: int = 0

    @property
    def by_reason(self) -> dict[Invalid, int]:
        """Invalid rows by their reason, without those of which there are none."""
        return {reason: count for reason in Invalid if (count := getattr(self, reason))}

    @property
    def invalid(self) -> int:
        return sum(getattr(self, reason) for reason in Invalid)

    @property
    def valid(self) -> int:
        return self.raw - self.invalid


class WrongCount(Exception):
    """A count that cannot be; ``field`` says where."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Negative(WrongCount):
    """Fewer than none."""


class AboveRows(WrongCount):
    """More rows than the sheet has."""

    def __init__(self, rows: int) -> None:
        super().__init__("raw")
        self.rows = rows


class AboveRaw(WrongCount):
    """More invalid rows than rows with anything in them."""

    def __init__(self, count: Count) -> None:
        super().__init__(next(iter(count.by_reason)))
        self.raw = count.raw


class Standing(StrEnum):
    """How far the counting of a sheet has come."""

    UNCHECKED = "unchecked"  # one person counted it
    DISPUTED = "disputed"  # a second counted it otherwise
    VERIFIED = "verified"  # both say the same, or the dispute is settled


def check(count: Count, rows: int) -> None:
    """Whether a sheet of so many rows can have that count. Raises Negative, AboveRows or AboveRaw."""
    for field in fields(count):
        if getattr(count, field.name) < 0:
            raise Negative(field.name)
    if count.raw > rows:
        raise AboveRows(rows)
    if count.invalid > count.raw:
        raise AboveRaw(count)


def differences(first: Count, second: Count) -> list[str]:
    """The names of what two counts say differently; none where they agree."""
    return [field.name for field in fields(Count) if getattr(first, field.name) != getattr(second, field.name)]


def standing(counts: Sequence[Count]) -> Standing | None:
    """Where a sheet stands after its first count, its second, and the one that settled the dispute."""
    match counts:
        case []:
            return None
        case [_]:
            return Standing.UNCHECKED
        case [first, second]:
            return Standing.DISPUTED if differences(first, second) else Standing.VERIFIED
    return Standing.VERIFIED
