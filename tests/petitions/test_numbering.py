"""Numbers of petitions and sheets: each is given once and for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import delete, select

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.petitions import numbering
from campaign_app.petitions.sheet_models import TakenNumber
from tests.databases import on_both_databases


def take(app: Flask, prefix: str, count: int = 1) -> int:
    with app.app_context():
        first = numbering.take(prefix, count)
        db.session.commit()
        return first


@on_both_databases
def test_numbers_follow_each_other_below_each_prefix(app: Flask) -> None:
    assert [take(app, "G48"), take(app, "G48-P01", 10), take(app, "G48-P01"), take(app, "G48")] == [1, 1, 11, 2]


@on_both_databases
def test_numbers_are_given_back_where_nothing_is_committed(app: Flask) -> None:
    with app.app_context():
        numbering.take("G48", 5)
        db.session.rollback()
    assert take(app, "G48") == 1


@on_both_databases
def test_safety_24_batches_that_are_printed_at_once_share_no_number(app: Flask) -> None:
    with ThreadPoolExecutor(8) as threads:
        firsts = list(threads.map(lambda _: take(app, "G48-P01", 25), range(16)))
    assert sorted(firsts) == list(range(1, 16 * 25, 25))


@pytest.mark.parametrize(("number", "said"), [(48, "G48-P01"), (7, "G7-P01")])
def test_a_petition_is_numbered_within_its_group(app: Flask, number: int, said: str) -> None:
    with app.app_context():
        assert numbering.petition_code(Group(number=number)) == said
        assert numbering.petition_code(None) == "S-P01"


@on_both_databases
def test_safety_24_what_is_taken_stays_taken_whatever_is_deleted(app: Flask) -> None:
    take(app, "G48-P01", 10)
    with app.app_context():
        assert not TakenNumber.__table__.foreign_keys
        db.session.execute(delete(Group))
        db.session.commit()
        assert db.session.scalar(select(TakenNumber.last)) == 10
    assert take(app, "G48-P01") == 11


def test_serials_have_four_digits_and_more_where_these_are_used_up() -> None:
    assert [numbering.serial("G48-P07", number) for number in (1, 123, 12345)] == [
        "G48-P07-0001", "G48-P07-0123", "G48-P07-12345",
    ]  # fmt: skip
