"""Lists of letters, page by page, whichever way somebody looks at them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from campaign_app.db import db
from campaign_app.letters.status import LetterStatus
from campaign_app.tracking import letter_list
from campaign_app.tracking.letter_list import Place, Search, State
from tests.databases import on_both_databases
from tests.tracking.conftest import MONDAY, MakeLetters

pytestmark = on_both_databases


def walked(search: Search, size: int) -> list[int]:
    """The ids of all pages."""
    found: list[int] = []
    after: Place | None = None
    while True:
        rows, after = letter_list.page(search, after, size)
        assert len(rows) <= size
        found += [row.id for row in rows]
        if after is None:
            return found


@pytest.fixture
def many(make_letters: MakeLetters) -> None:
    for number, status in enumerate([*LetterStatus, *LetterStatus]):
        day = MONDAY + timedelta(days=number // 2)
        posted = None if status in (LetterStatus.MADE, LetterStatus.VOID) else day
        for group in (1, None):
            make_letters(
                2, status=status, made_on=day, posted_on=posted, group_id=group, language="en" if group else "ko"
            )


SEARCHES = [
    (Search(), 32),
    (Search(State.POSTED), 24),
    (Search(State.WAITING), 8),
    (Search(State.VOID, groups={1}), 4),
    (Search(groups={0}), 16),
    (Search(groups={0, 1}), 32),
    (Search(groups=set()), 0),
    (Search(language="ko", campaign=1), 16),
    (Search(country="KR"), 0),
    (Search(since=MONDAY, until=MONDAY), 8),
]


@pytest.mark.usefixtures("many")
def test_pages_hold_each_letter_once_the_latest_first(app: Flask) -> None:
    with app.app_context():
        ordered = db.session.scalars(text("SELECT id FROM letter ORDER BY made_on DESC, id DESC")).all()
        for search, count in SEARCHES:
            for size in (1, 3, 100):
                found = walked(search, size)
                assert found == [id for id in ordered if id in set(found)]
                assert len(found) == count
            assert sorted(row.id for row in letter_list.every(search)) == sorted(found)
            assert search.count in (count, None)


@pytest.mark.usefixtures("app")
def test_a_place_is_read_from_an_address_or_left() -> None:
    assert Place.of(str(Place(MONDAY, 7))) == Place(MONDAY, 7)
    assert [Place.of(wrong) for wrong in ("", "x", "2026-03-02", "2026-03-02.x", "2026-99-99.1")] == [None] * 5
