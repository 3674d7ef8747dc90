"""Storing what people count: a first, a second by somebody else, and where they differ a third that settles it."""

from __future__ import annotations

from sqlalchemy import delete, select

from campaign_app.db import db
from campaign_app.petitions import counting, custody
from campaign_app.petitions.counting import Count, Standing
from campaign_app.petitions.custody import Move
from campaign_app.petitions.custody_models import SheetCount
from campaign_app.petitions.sheet_models import Sheet, SheetStatus


class CannotCount(Exception):
    """A sheet that is not there to be counted: void, spoiled, delivered, or destroyed."""

    def __init__(self, status: SheetStatus) -> None:
        super().__init__(status)
        self.status = status


class Overtaken(Exception):
    """Somebody else counted the sheet meanwhile."""


class SamePerson(Exception):
    """Whoever counted first cannot be the one who checks."""


def of(sheet: Sheet) -> list[SheetCount]:
    """The counts of a sheet in the order in which they were made."""
    found = select(SheetCount).where(SheetCount.sheet_id == sheet.id).order_by(SheetCount.turn)
    return list(db.session.scalars(found))


def enter(sheet: Sheet, count: Count, turn: int, account_id: int | None) -> None:
    """Store a count as the first, the second or the settling one, as ``turn`` says. The caller commits.

    Raises ``counting.WrongCount``, CannotCount, Overtaken, and SamePerson.
    """
    counting.check(count, sheet.batch.rows)
    before = of(sheet)
    if sheet.destruction_id or sheet.delivery_id or (not before and sheet.status not in Move.COUNT.before):
        raise CannotCount(sheet.status)
    if turn != len(before) + 1 or turn > _most(before):
        raise Overtaken
    if turn == 2 and before[0].account_id == account_id:
        raise SamePerson
    if turn == 1:
        custody.move([Sheet.id == sheet.id], Move.COUNT, account_id)
    db.session.add(_row(sheet, count, turn, account_id))
    _stand(sheet, [*(row.count for row in before), count])


def start_anew(sheet: Sheet, account_id: int | None, reason: str = "") -> bool:
    """Forget the counts of a sheet that is in no delivery; whether there were any. The caller commits."""
    if sheet.delivery_id or sheet.destruction_id:
        return False
    act = custody.move([Sheet.id == sheet.id], Move.COUNT_ANEW, account_id, reason=reason)
    if act.count:
        db.session.execute(delete(SheetCount).where(SheetCount.sheet_id == sheet.id))
        sheet.standing = sheet.raw = sheet.valid = None
    return bool(act.count)


def _most(before: list[SheetCount]) -> int:
    """How many counts the sheet can have: a third where two differ."""
    return 3 if counting.standing([row.count for row in before]) is Standing.DISPUTED else 2


def _row(sheet: Sheet, count: Count, turn: int, account_id: int | None) -> SheetCount:
    reasons = {reason.value: number for reason, number in count.by_reason.items()}
    return SheetCount(sheet_id=sheet.id, turn=turn, account_id=account_id, raw=count.raw, **reasons)


def _stand(sheet: Sheet, counts: list[Count]) -> None:
    sheet.standing, sheet.raw, sheet.valid = counting.standing(counts), counts[-1].raw, counts[-1].valid
