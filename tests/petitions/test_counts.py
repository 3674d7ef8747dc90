"""Two people count a sheet, and a third count settles it where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask_security import hash_password

from campaign_app import invariants
from campaign_app.access.models import Account
from campaign_app.db import begin_writing, db
from campaign_app.people.models import Person
from campaign_app.petitions import counts, custody
from campaign_app.petitions.counting import AboveRows, Count, Standing
from campaign_app.petitions.counts import CannotCount, Overtaken, SamePerson
from campaign_app.petitions.custody import Move
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from tests.databases import on_both_databases

pytestmark = [on_both_databases, pytest.mark.usefixtures("petition")]

FIRST, SECOND = 1, 2  # the ids of two accounts


@pytest.fixture(autouse=True)
def _people(app: Flask) -> Iterable[None]:
    """Two accounts that count; after each test, every invariant."""
    with app.app_context():
        for email in ("first@example.org", "second@example.org"):
            password = hash_password("the rain in Gyeonggi-do")
            db.session.add(Account(email=email, password=password, fs_uniquifier=email, person=Person(name=email)))
            db.session.flush()
        db.session.commit()
    yield
    with app.app_context():
        assert list(invariants.broken()) == []


def enter(number: int, count: Count, turn: int, account: int) -> None:
    counts.enter(sheet(number), count, turn, account)
    db.session.commit()


def sheet(number: int) -> Sheet:
    return db.session.query(Sheet).filter_by(number=number).one()


def test_a_sheet_counted_twice_alike_is_verified(app: Flask) -> None:
    with app.app_context():
        enter(1, Count(12, blank=1), 1, FIRST)
        assert (sheet(1).status, sheet(1).standing, sheet(1).valid) == (SheetStatus.COUNTED, Standing.UNCHECKED, 11)
        enter(1, Count(12, blank=1), 2, SECOND)
        assert sheet(1).standing is Standing.VERIFIED


def test_where_two_differ_the_dispute_is_shown_and_settled(app: Flask) -> None:
    with app.app_context():
        enter(1, Count(12), 1, FIRST)
        enter(1, Count(12, duplicate=1), 2, SECOND)
        assert (sheet(1).standing, sheet(1).valid) == (Standing.DISPUTED, 11)
        enter(1, Count(11, duplicate=1), 3, FIRST)
        assert (sheet(1).standing, sheet(1).raw, sheet(1).valid) == (Standing.VERIFIED, 11, 10)


def test_who_counted_first_does_not_check(app: Flask) -> None:
    with app.app_context():
        enter(1, Count(12), 1, FIRST)
        with pytest.raises(SamePerson):
            enter(1, Count(12), 2, FIRST)


def test_a_verified_sheet_is_not_counted_again(app: Flask) -> None:
    with app.app_context():
        enter(1, Count(12), 1, FIRST)
        enter(1, Count(12), 2, SECOND)
        with pytest.raises(Overtaken):
            enter(1, Count(11), 3, FIRST)


def test_a_count_above_the_rows_is_refused_and_changes_nothing(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(AboveRows):
            enter(1, Count(13), 1, FIRST)
        db.session.rollback()
        assert (sheet(1).status, sheet(1).raw) == (SheetStatus.PRINTED, None)


@pytest.mark.parametrize("move", [Move.VOID, Move.SPOIL])
def test_a_count_on_a_void_sheet_is_refused(app: Flask, move: Move) -> None:
    with app.app_context():
        custody.move([Sheet.number == 1], move, FIRST, reason="wet")
        db.session.commit()
        with pytest.raises(CannotCount):
            enter(1, Count(5), 1, FIRST)
        db.session.rollback()


def test_counting_anew_forgets_both_counts_and_keeps_the_steps(app: Flask) -> None:
    with app.app_context():
        enter(1, Count(12), 1, FIRST)
        enter(1, Count(11), 2, SECOND)
        assert counts.start_anew(sheet(1), FIRST)
        db.session.commit()
        assert (sheet(1).status, sheet(1).standing, sheet(1).raw) == (SheetStatus.RETURNED, None, None)
        assert counts.of(sheet(1)) == []
        enter(1, Count(11), 1, SECOND)


def test_safety_23_of_two_who_count_one_sheet_at_once_one_wins_and_the_other_is_told(app: Flask) -> None:
    def count(account: int) -> str:
        with app.app_context():
            begin_writing()
            try:
                enter(1, Count(account), 1, account)
            except Overtaken:
                db.session.rollback()
                return "told"
            return "won"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(count, [FIRST, SECOND])) == ["told", "won"]
    with app.app_context():
        assert len(counts.of(sheet(1))) == 1
