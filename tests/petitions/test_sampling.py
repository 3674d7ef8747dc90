"""What a sample of sheets says of all, held against petitions of which the truth is known."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_app.petitions import sampling
from campaign_app.petitions.sampling import FEWEST, Checked, Estimate, TooFewSheets

SERIALS = [f"G48-P07-{number:04}" for number in range(1, 1001)]


@dataclass(frozen=True)
class Town:
    """A petition of which everything is known: its sheets, and which two hold the same signer."""

    sheets: list[Checked]
    pairs: list[tuple[int, int]]

    @property
    def raw(self) -> int:
        return sum(sheet.raw for sheet in self.sheets)

    @property
    def truth(self) -> int:
        return sum(sheet.valid for sheet in self.sheets) - len(self.pairs)

    def estimated(self, count: int, chance: random.Random) -> Estimate:
        drawn = set(chance.sample(range(len(self.sheets)), count))
        pairs = sum(one in drawn and other in drawn for one, other in self.pairs)
        return sampling.estimate(len(self.sheets), self.raw, [self.sheets[n] for n in drawn], pairs)


def town(chance: random.Random, sheets: int, bad: float, uneven: float, pairs: int) -> Town:
    """``bad`` is the share of invalid rows; ``uneven`` is how much it differs from collector to collector."""
    made = []
    for _ in range(sheets):
        raw = chance.choice([4, 9, 11, 12, 12, 12, 12])
        own = min(1.0, max(0.0, chance.gauss(bad, uneven)))
        made.append(Checked(raw, sum(chance.random() >= own for _ in range(raw))))
    return Town(made, [(one, other) for one, other in (chance.sample(range(sheets), 2) for _ in range(pairs))])


@pytest.mark.parametrize(
    ("sheets", "bad", "uneven", "pairs", "count"),
    [
        (1000, 0.10, 0.05, 0, 60),
        (1000, 0.10, 0.20, 0, 60),
        (1000, 0.10, 0.05, 150, 200),
        (300, 0.10, 0.10, 30, 100),
        (300, 0.01, 0.02, 5, 60),
        (2000, 0.30, 0.15, 400, 100),
        (60, 0.10, 0.10, 3, 20),
    ],
)
def test_the_interval_holds_the_truth_about_as_often_as_it_says(
    sheets: int, bad: float, uneven: float, pairs: int, count: int
) -> None:
    chance = random.Random(f"{sheets} {bad} {uneven} {pairs}")  # noqa: S311
    known, draws = town(chance, sheets, bad, uneven, pairs), 400
    held = sum(e.low <= known.truth <= e.high for e in (known.estimated(count, chance) for _ in range(draws)))
    assert held / draws > 0.93  # 95 % less two standard errors of 400 draws


def test_the_estimate_is_right_on_the_average_pairs_included() -> None:
    chance = random.Random(7)  # noqa: S311
    known = town(chance, 500, 0.12, 0.1, 80)
    mean = sum(known.estimated(100, chance).valid for _ in range(400)) / 400
    assert abs(mean - known.truth) < 0.01 * known.truth


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=40), st.integers(0, 3))
def test_once_every_sheet_is_checked_nothing_is_estimated(rows: list[tuple[int, int]], pairs: int) -> None:
    checked = [Checked(max(row), min(row)) for row in rows]
    raw, valid = sum(c.raw for c in checked), sum(c.valid for c in checked)
    if not raw:
        return
    found = sampling.estimate(len(checked), raw, checked, pairs)
    assert found == Estimate(valid - pairs, valid - pairs, valid - pairs)


@given(
    st.lists(st.tuples(st.integers(1, 20), st.integers(0, 20)), min_size=FEWEST, max_size=60),
    st.integers(0, 500),
    st.integers(0, 9),
)
def test_an_estimate_lies_in_its_interval_and_the_interval_within_what_can_be(
    rows: list[tuple[int, int]], others: int, pairs: int
) -> None:
    checked = [Checked(raw, min(raw, valid)) for raw, valid in rows]
    seen, valid = sum(c.raw for c in checked), sum(c.valid for c in checked)
    pairs = min(pairs, valid)
    found = sampling.estimate(len(checked) + others, seen + others * 12, checked, pairs)
    assert valid - pairs <= found.low <= found.valid <= found.high <= seen + others * 12 - (seen - valid) - pairs


def test_where_every_sampled_row_is_valid_the_rest_is_still_not_certain() -> None:
    found = sampling.estimate(500, 6000, [Checked(12, 12)] * 50, 0)
    assert found.low < found.valid == found.high == 6000


def test_a_larger_sample_says_it_more_narrowly() -> None:
    chance = random.Random(3)  # noqa: S311
    known = town(chance, 1000, 0.1, 0.1, 0)
    widths = [found.high - found.low for found in (known.estimated(count, chance) for count in (20, 80, 320))]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("checked", [[], [Checked(12, 12)] * (FEWEST - 1), [Checked(0, 0)] * FEWEST])
def test_too_small_a_sample_says_nothing(checked: list[Checked]) -> None:
    with pytest.raises(TooFewSheets):
        sampling.estimate(1000, 12_000, checked, 0)


def test_the_same_seed_draws_the_same_sheets_in_whatever_order_they_lie() -> None:
    drawn = sampling.draw(SERIALS, 50, "2026")
    assert drawn == sampling.draw(SERIALS[::-1], 50, "2026")
    assert drawn != sampling.draw(SERIALS, 50, "2027")
    assert len(set(drawn)) == 50


def test_who_draws_more_keeps_what_was_drawn_before() -> None:
    assert sampling.draw(SERIALS, 80, "2026")[:50] == sampling.draw(SERIALS, 50, "2026")


def test_each_sheet_is_drawn_about_as_often_as_any_other() -> None:
    few = SERIALS[:20]
    often = dict.fromkeys(few, 0)
    for seed in range(2000):
        for serial in sampling.draw(few, 5, str(seed)):
            often[serial] += 1
    assert all(400 < count < 600 for count in often.values())  # 500, give or take five standard errors
