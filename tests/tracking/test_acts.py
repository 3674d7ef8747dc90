"""Acts on letters: whatever is marked and taken back in whatever order, each letter is what its acts say."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select, update

from campaign_app import invariants
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import NEXT, LetterStatus, may_become
from campaign_app.tracking import marking
from campaign_app.tracking.models import Act, How, OvertakenAct
from tests.databases import on_both_databases
from tests.tracking.conftest import TODAY, AddLetter

MADE, POSTED, ANSWERED, RETURNED, VOID = LetterStatus
FEW = settings(max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
STEPS = [(before, after) for before, afters in NEXT.items() for after in sorted(afters)]


def mark(ids: set[int], before: LetterStatus, after: LetterStatus) -> Act:
    day = TODAY if after is POSTED else None
    act = marking.mark([LetterRecord.id.in_(ids)], before, after, How.LIST, day)
    db.session.commit()
    return act


def undo(act_id: int, ids: set[int]) -> Act | None:
    act = marking.undo(act_id, [LetterRecord.id.in_(ids)], How.LIST)
    db.session.commit()
    return act


@pytest.mark.parametrize(
    ("before", "after"), [(b, a) for b in LetterStatus for a in LetterStatus if (b, a) not in STEPS]
)
@pytest.mark.usefixtures("app")
def test_what_does_not_follow_is_refused(before: LetterStatus, after: LetterStatus) -> None:
    assert not may_become(before, after)
    with pytest.raises(marking.NotNext):
        marking.mark([], before, after, How.SHELL)


@on_both_databases
def test_after_any_history_each_letter_is_what_its_acts_say(app: Flask, add_letter: AddLetter) -> None:
    letters = [add_letter(number) for number in range(4)]
    some = st.sets(st.sampled_from(letters), min_size=1)

    class Life(RuleBasedStateMachine):
        """Two people mark and take back; each goes by what they saw, which may have changed since."""

        def __init__(self) -> None:
            super().__init__()
            self.context = app.app_context()
            self.context.push()

        @initialize()
        def begin(self) -> None:
            values: dict[str, Any] = {"status": MADE, "posted_on": None, "marked_by": None}
            db.session.execute(update(LetterRecord).values(values))
            db.session.execute(delete(OvertakenAct))
            db.session.execute(update(Act).values(undoes_id=None))
            db.session.execute(delete(Act))
            db.session.commit()
            self.lives: dict[int, list[tuple[int, LetterStatus]]] = {letter: [(0, MADE)] for letter in letters}
            self.told: dict[int, list[int]] = {letter: [] for letter in letters}
            self.acts: list[int] = []

        @rule(ids=some, step=st.sampled_from(STEPS))
        def mark(self, ids: set[int], step: tuple[LetterStatus, LetterStatus]) -> None:
            moved = [id for id in ids if self.lives[id][-1][1] is step[0]]
            act = mark(ids, *step)
            assert act.count == len(moved)
            self.acts += [act.id] if moved else []
            for letter in moved:
                self.lives[letter].append((act.id, step[1]))
                self.told[letter].append(act.id)

        @rule(ids=some, data=st.data())
        def undo(self, ids: set[int], data: st.DataObject) -> None:
            act_id = data.draw(st.sampled_from([*self.acts, 0]))
            moved = [id for id in ids if self.lives[id][-1][0] == act_id != 0]
            act = undo(act_id, ids)
            assert (act.count if act else 0) == len(moved)
            for letter in moved:
                self.lives[letter].pop()
                self.told[letter].append(act.id if act else 0)

        @invariant()
        def each_letter_is_what_its_acts_say(self) -> None:
            db.session.rollback()
            found = {letter.id: letter for letter in db.session.scalars(select(LetterRecord))}
            assert {id: letter.status for id, letter in found.items()} == {
                id: life[-1][1] for id, life in self.lives.items()
            }
            for id, letter in found.items():
                assert (letter.posted_on == TODAY) == (POSTED in [status for _, status in self.lives[id]])
                assert [act.id for act in marking.history(letter)] == self.told[id]

        @invariant()
        def everything_that_must_hold_holds(self) -> None:
            assert list(invariants.broken()) == []

        def teardown(self) -> None:
            db.session.remove()
            self.context.pop()

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def at_once(app: Flask, *doings: Callable[[], Any]) -> list[Any]:
    """What comes of doing several things in threads that begin together."""
    start = Barrier(len(doings))

    def do(doing: Callable[[], Any]) -> Any:
        with app.app_context():
            start.wait()
            return doing()

    with ThreadPoolExecutor(len(doings)) as threads:
        return list(threads.map(do, doings))


@on_both_databases
def test_safety_23_of_several_who_mark_a_letter_at_once_one_wins(app: Flask, add_letter: AddLetter) -> None:
    letter = add_letter(1)
    ways = [lambda: mark({letter}, MADE, POSTED).count, lambda: mark({letter}, MADE, VOID).count] * 3
    assert sorted(at_once(app, *ways)) == [0, 0, 0, 0, 0, 1]
    with app.app_context():
        assert list(invariants.broken()) == []


@on_both_databases
def test_safety_23_of_one_who_undoes_and_one_who_marks_at_once_both_cannot_win(
    app: Flask, add_letter: AddLetter
) -> None:
    letter = add_letter(1)
    with app.app_context():
        posted = mark({letter}, MADE, POSTED).id

    def undone() -> int:
        act = undo(posted, {letter})
        return act.count if act else 0

    assert sum(at_once(app, undone, lambda: mark({letter}, POSTED, ANSWERED).count)) == 1
    with app.app_context():
        assert list(invariants.broken()) == []


def test_an_act_that_moved_nothing_leaves_no_trace(app: Flask, add_letter: AddLetter) -> None:
    letter = add_letter(1)
    with app.app_context():
        mark({letter}, MADE, VOID)
        assert mark({letter}, MADE, POSTED).count == 0
        assert db.session.query(Act).count() == 1


def test_what_was_taken_back_cannot_be_taken_back_again(app: Flask, add_letter: AddLetter) -> None:
    letter = add_letter(1)
    with app.app_context():
        undone = undo(mark({letter}, MADE, POSTED).id, {letter})
        assert undone is not None
        assert undo(undone.id, {letter}) is None


def test_a_letter_is_not_posted_before_it_was_made(app: Flask, add_letter: AddLetter) -> None:
    letter = add_letter(1)
    with app.app_context():
        day = TODAY - timedelta(days=1)
        assert marking.mark([LetterRecord.id == letter], MADE, POSTED, How.LIST, day).count == 0
