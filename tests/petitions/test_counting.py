"""What a count can be, and when two agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_app.petitions import counting
from campaign_app.petitions.counting import (
    AboveRaw,
    AboveRows,
    Count,
    Invalid,
    Negative,
    Standing,
    WrongCount,
    differences,
    standing,
)

numbers = st.integers(-3, 25)
counts = st.builds(Count, *[numbers] * 7)


def test_what_is_neither_illegible_nor_invalid_otherwise_is_valid() -> None:
    count = Count(12, struck_out=1, duplicate=2)
    assert (count.invalid, count.valid) == (3, 9)
    assert count.by_reason == {Invalid.STRUCK_OUT: 1, Invalid.DUPLICATE: 2}


@pytest.mark.parametrize(
    ("count", "error", "field"),
    [
        (Count(-1), Negative, "raw"),
        (Count(3, blank=-1, illegible=1), Negative, "blank"),
        (Count(13), AboveRows, "raw"),
        (Count(3, not_eligible=4), AboveRaw, "not_eligible"),
        (Count(3, struck_out=2, duplicate=2), AboveRaw, "struck_out"),
        (Count(0, outside_dates=1), AboveRaw, "outside_dates"),
    ],
)
def test_a_count_that_cannot_be_is_refused_at_its_field(count: Count, error: type[WrongCount], field: str) -> None:
    with pytest.raises(error) as refused:
        counting.check(count, rows=12)
    assert refused.value.field == field


@given(counts, st.integers(1, 20))
def test_whatever_is_taken_has_no_more_valid_rows_than_the_sheet(count: Count, rows: int) -> None:
    try:
        counting.check(count, rows)
    except WrongCount:
        return
    assert 0 <= count.valid <= count.raw <= rows
    assert count.valid + count.invalid == count.raw


@given(counts, counts)
def test_two_counts_agree_only_where_they_are_the_same(first: Count, second: Count) -> None:
    assert (differences(first, second) == []) == (first == second)
    assert differences(first, second) == differences(second, first)


def test_a_sheet_is_verified_once_two_counts_agree_or_a_third_settles_it() -> None:
    twelve, eleven = Count(12), Count(11)
    assert standing([]) is None
    assert standing([twelve]) is Standing.UNCHECKED
    assert standing([twelve, twelve]) is Standing.VERIFIED
    assert standing([twelve, eleven]) is Standing.DISPUTED
    assert standing([twelve, eleven, eleven]) is Standing.VERIFIED


def test_the_same_number_for_another_reason_is_a_difference() -> None:
    assert differences(Count(12, blank=1), Count(12, duplicate=1)) == ["blank", "duplicate"]
