"""Moving sheets from hand to hand, one or many at once: every step is kept, and two people cannot both win."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import ColumnElement, func, insert, literal, select, update
from sqlalchemy.orm import aliased

from campaign_app.db import Moment, db, now
from campaign_app.petitions.custody_models import SheetEvent
from campaign_app.petitions.issue_models import SheetIssue
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from campaign_app.petitions.sheet_models import SheetStatus as S

ACT = 12  # bytes of an act's name
HERE = frozenset({S.PRINTED, S.RETURNED})
OUT = frozenset({S.ISSUED, S.MISSING})
LOST = frozenset({S.MISSING, S.SPOILED, S.VOID})  # which say why
TAKEN_BACK = frozenset({S.PRINTED, S.ISSUED, S.RETURNED, *LOST})  # from and to which a step can be undone


class Move(Enum):
    """What can be done with a sheet: from where, and to where."""

    ISSUE = HERE, S.ISSUED
    HAND_BACK = OUT | {S.PRINTED}, S.RETURNED
    MISS = frozenset({S.PRINTED, S.ISSUED}), S.MISSING
    SPOIL = HERE | OUT, S.SPOILED
    VOID = HERE | OUT | {S.SPOILED}, S.VOID
    COUNT = HERE | OUT, S.COUNTED  # whoever counts it has it at hand
    COUNT_ANEW = frozenset({S.COUNTED}), S.RETURNED
    DELIVER = frozenset({S.COUNTED}), S.DELIVERED
    TAKE_BACK = frozenset({S.DELIVERED}), S.COUNTED

    @property
    def before(self) -> frozenset[SheetStatus]:
        return self.value[0]

    @property
    def after(self) -> SheetStatus:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to ``count`` sheets, under a name by which it can be undone."""

    name: str
    count: int


def move(
    which: Iterable[ColumnElement[bool]],
    how: Move,
    account_id: int | None,
    *,
    reason: str = "",
    issue: SheetIssue | None = None,
) -> Act:
    """Move sheets to where ``how`` says; those that somebody else moved meanwhile stay. The caller commits.

    ``issue`` says to whom they go. A sheet that was destroyed stays as it is.
    """
    name = secrets.token_urlsafe(ACT)
    movable = [*which, Sheet.status.in_(how.before), Sheet.destruction_id.is_(None)]
    to = literal(issue.id) if issue else Sheet.issue_id
    steps = select(
        Sheet.id, literal(name), Sheet.status, literal(how.after, Sheet.status.type), Sheet.issue_id, to,
        literal(reason), literal(False), literal(now(), Moment), literal(account_id),
    )  # fmt: skip
    db.session.execute(insert(SheetEvent).from_select(_COLUMNS, steps.where(*movable)))
    moved = db.session.execute(
        update(Sheet)
        .where(*movable)
        .values(status=how.after, issue_id=to, moved_at=now(), reason=reason if how.after in LOST else "")
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    return Act(name, moved.rowcount)  # type: ignore[attr-defined]


def undo(name: str, which: Iterable[ColumnElement[bool]], account_id: int | None) -> int:
    """Take back an act, as far as nothing was done to its sheets since; how many these were. The caller commits.

    What was counted or delivered is taken back on its own page.
    """
    latest = aliased(SheetEvent)
    last = select(func.max(latest.id)).where(latest.sheet_id == Sheet.id).correlate(Sheet).scalar_subquery()
    ours = (
        select(SheetEvent)
        .join(Sheet, Sheet.id == SheetEvent.sheet_id)
        .where(SheetEvent.act == name, SheetEvent.id == last, SheetEvent.undoes.is_(False), *which)
        .where(SheetEvent.before.in_(TAKEN_BACK), SheetEvent.after.in_(TAKEN_BACK), Sheet.destruction_id.is_(None))
    )
    steps = db.session.scalars(ours).all()
    new = secrets.token_urlsafe(ACT)
    for step in steps:
        reason = _reason_before(step) if step.before in LOST else ""
        db.session.add(
            SheetEvent(
                sheet_id=step.sheet_id, act=new, before=step.after, after=step.before, issue_before=step.issue_id,
                issue_id=step.issue_before, reason=reason, undoes=True, account_id=account_id,
            )
        )  # fmt: skip
        sheet = step.sheet
        sheet.status, sheet.issue_id, sheet.reason, sheet.moved_at = step.before, step.issue_before, reason, now()
    return len(steps)


_COLUMNS = [
    "sheet_id", "act", "before", "after", "issue_before", "issue_id", "reason", "undoes", "at", "account_id",
]  # fmt: skip


def _reason_before(step: SheetEvent) -> str:
    """Why the sheet was lost before that step."""
    earlier = select(SheetEvent.reason).where(SheetEvent.sheet_id == step.sheet_id, SheetEvent.id < step.id)
    return db.session.scalar(earlier.order_by(SheetEvent.id.desc()).limit(1)) or ""
