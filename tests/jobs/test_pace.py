"""What is said of a job's speed is true, or not said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaign_app.jobs.pace import Pace


@pytest.mark.parametrize(
    ("pace", "share", "rate", "left"),
    [
        (Pace(0, 0, 0, 0), None, None, None),
        (Pace(0, 100, 0, 0), 0, None, None),
        (Pace(0, 100, 0, 30), 0, None, None),
        (Pace(50, 100, 50, 10), 50, 5, timedelta(seconds=10)),
        (Pace(90, 100, 5, 10), 90, 0.5, timedelta(seconds=20)),  # resumed at 85
        (Pace(999, 1000, 999, 9.99), 99, pytest.approx(100), timedelta(seconds=0.01)),
        (Pace(100, 100, 100, 10), 100, 10, timedelta(0)),
        (Pace(120, 100, 120, 10), 100, 12, timedelta(0)),
        (Pace(7, 0, 7, 7), None, 1, None),  # nobody knows of how many
        (Pace(50, 100, 50, -3600), 50, None, None),  # the clock was set back
    ],
)
def test_the_pace_of_a_job(pace: Pace, share: int | None, rate: float | None, left: timedelta | None) -> None:
    assert (pace.share, pace.rate, pace.left) == (share, rate, left)
