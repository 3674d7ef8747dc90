"""How long each kind of personal data is kept, and from when on. This table is the one place that says it.

Kinds that no package stores yet stand here already, so that whoever adds them finds their time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Since(StrEnum):
    """The day from which the time counts."""

    PROMISED = "promised"  # the last day itself is stored with what is kept, and its owner was told
    LAST_ROLE_ENDED = "last role ended"
    TERM_ENDED = "term ended"
    WITHDRAWN = "withdrawn"
    PAID = "paid"
    WRITTEN = "written"
    ENDED = "ended"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Rule:
    """Kept for so many years and days after ``since``.

    ``asks`` tells whether somebody is asked before a large share of the kind goes at once.
    """

    since: Since
    years: int = 0
    days: int = 0
    asks: bool = True

    def before(self, today: date) -> date:
        """What dates from before this day is due on ``today``."""
        return _years_before(today, self.years) - timedelta(days=self.days)

    @property
    def is_promised(self) -> bool:
        """Whether its last day was told to its owner."""
        return self.since is Since.PROMISED

    @property
    def goes_by_itself(self) -> bool:
        """Whether however much of it goes unasked: what was promised for a day, and what is of no use after it."""
        return self.is_promised or not self.asks


RETENTION: dict[str, Rule] = {
    "kept letters": Rule(Since.PROMISED),
    "stored files": Rule(Since.PROMISED),
    "people": Rule(Since.LAST_ROLE_ENDED, years=1),
    "memberships": Rule(Since.TERM_ENDED, years=3),
    "terms of officers": Rule(Since.TERM_ENDED, years=3),
    "withdrawn consents": Rule(Since.WITHDRAWN, years=3),  # to show that the consent was there, and ended
    "fees": Rule(Since.PAID, years=5),  # Framework Act on National Taxes of Korea, Art. 85-3
    "fees without a name": Rule(Since.PAID, years=5),
    "audit log": Rule(Since.WRITTEN, years=3),  # at least two: PIPA safety standard, Art. 8
    "sessions": Rule(Since.ENDED, days=1, asks=False),
    "invitations": Rule(Since.EXPIRED, days=30, asks=False),
    "reset links": Rule(Since.EXPIRED, days=1, asks=False),
    "print-run rows": Rule(Since.PROMISED),  # with the files of the run
    "job payloads": Rule(Since.ENDED, days=30),
    "collectors": Rule(Since.ENDED, years=1),  # once their last sheet is back
    "deliveries": Rule(Since.WRITTEN, years=3),
    "destructions": Rule(Since.WRITTEN, years=3),
    "reply scans": Rule(Since.WRITTEN, years=3),
    "sheet scans": Rule(Since.PROMISED),
    "wishes for news": Rule(Since.PROMISED),
    "reminders": Rule(Since.PROMISED),
    "letters waiting to be printed": Rule(Since.PROMISED),
    "voters": Rule(Since.ENDED, years=1),
    "handovers": Rule(Since.ENDED, years=3),
}


def _years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; 28 February for a 29th that is not there, so that nothing goes too early."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
