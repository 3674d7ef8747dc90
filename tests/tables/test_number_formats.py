"""A number's format decides what a person sees, and is not what it looks like at first."""

from __future__ import annotations

import pytest

from campaign_app.tables.number_formats import shown


@pytest.mark.parametrize(
    ("number", "code", "seen"),
    [
        (12.5, "General;[Red]-General", "12.5"),
        (12000, "0.00E+00", "12000"),
        (5, '[$-412]#,##0 "days"', "5"),
        (7, "[Red]0", "7"),
        (12, '"No. "000', "No. 012"),
        (1234567890, "(000) 000-0000", "(123) 456-7890"),
        (123456, "00000", "123456"),
        (46053.999999, "yyyy-mm-dd hh:mm:ss", "2026-02-01"),
        (1.25, "[h]:mm", "30:00"),
        (0.5, "mm:ss", "12:00"),
        (46053, "mmmm", "2026-01-31"),
        (-1, "yyyy-mm-dd", "-1"),
        (10**9, "yyyy-mm-dd", "1000000000"),
        (1e300, "General", "1e+300"),
        (821012345678, "General", "821012345678"),
    ],
)
def test_a_number_is_shown_in_its_format(number: float, code: str, seen: str) -> None:
    assert shown(number, code) == seen
