"""Sheets go from hand to hand, and each step is kept."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from flask import Flask

from campaign_app import invariants
from campaign_app.db import db
from campaign_app.petitions import custody
from campaign_app.petitions.custody import Act, Move
from campaign_app.petitions.custody_models import SheetEvent
from campaign_app.petitions.issue_models import SheetIssue
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from tests.databases import on_both_databases

pytestmark = [on_both_databases, pytest.mark.usefixtures("petition")]


@pytest.fixture
def issue(app: Flask, petition: Petition) -> int:
    """An issue of sheets to somebody, of which none is out yet."""
    with app.app_context():
        row = SheetIssue(petition_id=petition.id, collector="Sample Collector", key="k", token_hash="h")
        db.session.add(row)
        db.session.commit()
        return row.id


def move(how: Move, numbers: Iterable[int], issue_id: int | None = None, reason: str = "") -> Act:
    to = db.session.get_one(SheetIssue, issue_id) if issue_id else None
    act = custody.move([Sheet.number.in_(numbers)], how, None, reason=reason, issue=to)
    db.session.commit()
    return act


def undo(act: Act) -> int:
    count = custody.undo(act.name, [], None)
    db.session.commit()
    return count


def statuses(*numbers: int) -> list[SheetStatus]:
    return [db.session.query(Sheet).filter_by(number=number).one().status for number in numbers]


@pytest.fixture(autouse=True)
def holds(app: Flask) -> Iterable[None]:
    """After each test, every invariant."""
    yield
    with app.app_context():
        assert list(invariants.broken()) == []


def test_sheets_go_out_and_come_back_and_every_step_is_kept(app: Flask, issue: int) -> None:
    with app.app_context():
        assert move(Move.ISSUE, range(1, 6), issue).count == 5
        assert move(Move.HAND_BACK, [1, 2]).count == 2
        move(Move.MISS, [3], reason="left on the bus")
        assert statuses(1, 3, 4, 6) == ["returned", "missing", "issued", "printed"]
        assert [(e.before, e.after) for e in db.session.query(SheetEvent).filter_by(sheet_id=1)] == [
            ("printed", "issued"), ("issued", "returned"),
        ]  # fmt: skip
        lost = db.session.query(Sheet).filter_by(number=3).one()
        assert (lost.reason, lost.issue and lost.issue.with_whom) == ("left on the bus", "Sample Collector")


def test_an_act_is_undone_as_it_was_done(app: Flask, issue: int) -> None:
    with app.app_context():
        issued = move(Move.ISSUE, [1, 2, 3], issue)
        lost = move(Move.MISS, [1, 2, 3], reason="lost")
        returned = move(Move.HAND_BACK, [2])
        assert undo(returned) == 1
        assert (statuses(2), db.session.query(Sheet).filter_by(number=2).one().reason) == (["missing"], "lost")
        assert undo(lost) == 2, "what was done to sheet 2 since keeps its first step"
        assert statuses(1, 2, 3) == ["issued", "missing", "issued"]
        assert undo(issued) == 0, "only the last step is taken back"


def test_a_sheet_whose_issue_is_undone_is_with_nobody(app: Flask, issue: int) -> None:
    with app.app_context():
        assert undo(move(Move.ISSUE, [1], issue)) == 1
        sheet = db.session.query(Sheet).filter_by(number=1).one()
        assert (sheet.status, sheet.issue_id) == ("printed", None)


def test_an_act_is_undone_once(app: Flask, issue: int) -> None:
    with app.app_context():
        act = move(Move.ISSUE, [1], issue)
        assert (undo(act), undo(act)) == (1, 0)


def test_safety_23_a_sheet_that_is_out_is_not_issued_again(app: Flask, issue: int) -> None:
    with app.app_context():
        move(Move.ISSUE, [1, 2], issue)
        assert move(Move.ISSUE, [2, 3], issue).count == 1


@pytest.mark.parametrize(
    ("first", "then", "count"),
    [
        (Move.VOID, Move.ISSUE, 0),
        (Move.VOID, Move.COUNT, 0),
        (Move.VOID, Move.HAND_BACK, 0),
        (Move.SPOIL, Move.ISSUE, 0),
        (Move.SPOIL, Move.COUNT, 0),
        (Move.SPOIL, Move.VOID, 1),
        (Move.MISS, Move.HAND_BACK, 1),
        (Move.HAND_BACK, Move.ISSUE, 1),
        (Move.HAND_BACK, Move.MISS, 0),
    ],
)
def test_what_can_follow(app: Flask, issue: int, first: Move, then: Move, count: int) -> None:
    with app.app_context():
        move(first, [1], reason="because")
        assert move(then, [1], issue if then is Move.ISSUE else None).count == count
