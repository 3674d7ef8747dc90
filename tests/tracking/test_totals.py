from __future__ import annotations

from datetime import date

import pytest

from campaign_app.tracking.charts import HEIGHT, TICKS, WIDTH, columns


def test_no_weeks_make_no_chart() -> None:
    assert columns([]) == []


@pytest.mark.parametrize("count", [1, 5, 52, 200])
def test_columns_stay_in_the_drawing_and_grow_with_their_values(count: int) -> None:
    drawn = columns([(date.fromordinal(740_000 + 7 * week), week) for week in range(count)])
    assert all(column.x >= 0 and column.x + column.width <= WIDTH for column in drawn)
    assert all(column.y >= 0 and column.y + column.height <= HEIGHT - TICKS + 0.01 for column in drawn)
    assert [c.height for c in drawn] == sorted(c.height for c in drawn)
    assert sum(column.labelled for column in drawn) <= 9
