"""A person says what the rows of a scanned sheet are; only then are they counted."""

from __future__ import annotations

from collections.abc import Mapping

from campaign_app.db import now
from campaign_app.petitions import counts
from campaign_app.petitions.counting import Count
from campaign_app.petitions.scan_models import ScanPage

FILLED, EMPTY, STRUCK, UNCERTAIN = "filled", "empty", "struck", "uncertain"
ANSWERS = {"f": FILLED, "e": EMPTY, "s": STRUCK}
FIRST = 1  # the turn of the count that a scan gives


class Unanswered(Exception):
    """Rows of which nobody said what they are."""

    def __init__(self, rows: list[int]) -> None:
        super().__init__(rows)
        self.rows = rows


def proposed(page: ScanPage) -> dict[int, str]:
    """What each row is taken for, by its number; those that a person must look at are missing."""
    found = {row: mark for mark in ANSWERS.values() for row in page.rows(mark)}
    return dict(sorted(found.items()))


def count_of(marks: Mapping[int, str]) -> Count:
    """The count that rows make: what is struck out was written, and is invalid."""
    struck = sum(mark == STRUCK for mark in marks.values())
    return Count(sum(mark == FILLED for mark in marks.values()) + struck, struck_out=struck)


def confirm(page: ScanPage, marks: Mapping[int, str], account_id: int | None) -> Count:
    """Store what a person says of all rows, as the first count of the sheet. The caller commits.

    Raises Unanswered, and what ``counts.enter`` does.
    """
    sheet = page.sheet
    assert sheet is not None  # noqa: S101 # nosec B101 - the caller looked at its problems; for the types
    rows = range(1, sheet.batch.rows + 1)
    if missing := [row for row in rows if marks.get(row) not in ANSWERS.values()]:
        raise Unanswered(missing)
    count = count_of({row: marks[row] for row in rows})
    counts.enter(sheet, count, FIRST, account_id)
    page.reading = {mark: [row for row in rows if marks[row] == mark] for mark in ANSWERS.values()}
    page.confirmed_at, page.account_id = now(), account_id
    return count
