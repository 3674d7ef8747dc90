"""How long things are kept: pure dates."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from campaign_app.privacy import forgetting, holdings, words
from campaign_app.privacy.retention import RETENTION, Rule, Since


@pytest.mark.parametrize(
    ("rule", "today", "before"),
    [
        (Rule(Since.PROMISED), date(2026, 11, 24), date(2026, 11, 24)),
        (Rule(Since.ENDED, days=30), date(2026, 3, 1), date(2026, 1, 30)),
        (Rule(Since.PAID, years=5), date(2026, 11, 24), date(2021, 11, 24)),
        (Rule(Since.PAID, years=1), date(2028, 2, 29), date(2027, 2, 28)),
        (Rule(Since.PAID, years=4), date(2028, 2, 29), date(2024, 2, 29)),
    ],
)
def test_what_dates_from_before_a_day_is_due(rule: Rule, today: date, before: date) -> None:
    assert rule.before(today) == before


def test_every_kind_has_words_for_what_why_and_until_when(app: Flask) -> None:
    with app.test_request_context():
        for kind in RETENTION:
            assert all((words.what(kind), words.why(kind), words.until(kind))), kind


def test_whatever_is_held_about_people_has_its_time(app: Flask) -> None:  # noqa: ARG001 - the application registers them
    assert {holding.kind for holding in holdings.HOLDINGS} | set(forgetting.KINDS) <= set(RETENTION)


def test_a_kind_without_a_time_cannot_be_registered() -> None:
    with pytest.raises(KeyError):
        forgetting.forgets("diaries")
    with pytest.raises(KeyError):
        holdings.holds("diary", "Diary", "diaries")
