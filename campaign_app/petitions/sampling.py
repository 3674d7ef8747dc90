"""Estimating the valid signatures of a large petition from a random sample of its sheets.

Whole sheets are drawn, since one sheet out of a box is quickly at hand. Of each sheet its rows with anything in them
are known, and the sampled ones are checked row by row. The estimate takes two steps.

The share of valid rows is a ratio estimator over sheets with the finite population correction (Cochran, Sampling
Techniques, 3rd ed. 1977, 6.3 and 9A.1). Its interval is Wilson's (1927) for the effective number of rows, as Korn and
Graubard (Survey Methodology 24, 1998) find it from the design effect and Student's t: it holds near 100 %, too, and
is not empty where every row was valid.

Signers who stand on two sheets are both valid by themselves, so that one of each pair is taken off. A pair is found
only where both of its sheets are drawn; Goodman's estimator (Annals of Mathematical Statistics 20, 1949) divides the
pairs by the chance of that, as states of the USA do (2 CCR § 20531 of California, WAC 434-379-010 of Washington, with
signatures in place of sheets). Its interval is the score interval of the binomial. Both are put together by squaring
and adding (Newcombe, Statistics in Medicine 17, 1998).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, sqrt

FEWEST = 10  # sheets; with fewer the spread between sheets is not known
Z = 1.959964  # the normal quantile of a two-sided interval of 95 %
CONFIDENCE = 95  # %


@dataclass(frozen=True, slots=True)
class Checked:
    """A sampled sheet: rows with anything in them, and those of them that are valid."""

    raw: int
    valid: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """Valid signatures on all sheets, and the interval that holds the true number 95 times in a hundred."""

    valid: int
    low: int
    high: int


class TooFewSheets(Exception):
    """The sample is too small to say anything."""


def draw(serials: Sequence[str], count: int, seed: str) -> list[str]:
    """A random sample of ``count`` serials: those whose SHA-256 together with the seed is the smallest.

    Anybody who knows the seed can draw it again, with any program; one who draws more keeps those drawn before.
    """
    return sorted(serials, key=lambda serial: hashlib.sha256(f"{seed} {serial}".encode()).digest())[:count]


def estimate(sheets: int, raw: int, checked: Sequence[Checked], pairs: int) -> Estimate:
    """What ``checked`` sheets, drawn at random, say of all ``sheets`` with their ``raw`` rows.

    ``pairs`` counts signers who were found valid on two of the checked sheets; whoever is twice on one sheet is a
    duplicate there already. Raises TooFewSheets.
    """
    count, seen = len(checked), sum(sheet.raw for sheet in checked)
    if count < min(FEWEST, sheets) or not seen:
        raise TooFewSheets
    share, *ends = _share(sheets, checked)
    doubles, fewest, most = _doubles(pairs, _chance_of_both(count, sheets))
    valid = raw * share - doubles
    down = sqrt((raw * (share - ends[0])) ** 2 + (most - doubles) ** 2)
    up = sqrt((raw * (ends[1] - share)) ** 2 + (doubles - fewest) ** 2)
    sure = sum(sheet.valid for sheet in checked) - pairs
    possible = raw - (seen - sure)
    return Estimate(
        round(_within(sure, valid, possible)),
        floor(_within(sure, valid - down, possible)),
        ceil(_within(sure, valid + up, possible)),
    )


def _share(sheets: int, checked: Sequence[Checked]) -> tuple[float, float, float]:
    """The share of valid rows, and the ends of its interval."""
    count, seen = len(checked), sum(sheet.raw for sheet in checked)
    share = sum(sheet.valid for sheet in checked) / seen
    unseen = 1 - count / sheets
    if not unseen:
        return share, share, share
    rows = seen / unseen  # as many as independent rows would be worth
    if 0 < share < 1:
        squares = sum((sheet.valid - share * sheet.raw) ** 2 for sheet in checked)
        variance = unseen * squares / (count - 1) * count / seen**2
        rows = min(rows, share * (1 - share) / variance if variance else inf)
    rows *= (Z / _student(count - 1)) ** 2
    centre = (share + Z**2 / (2 * rows)) / (1 + Z**2 / rows)
    half = Z * sqrt(share * (1 - share) / rows + Z**2 / (4 * rows**2)) / (1 + Z**2 / rows)
    return share, centre - half, centre + half


def _doubles(pairs: int, chance: float) -> tuple[float, float, float]:
    """How many pairs there are on all sheets where so many were found, and the ends of the interval."""
    spread = Z**2 * (1 - chance)
    centre, half = pairs + spread / 2, sqrt(spread * (pairs + spread / 4))
    return pairs / chance, (centre - half) / chance, (centre + half) / chance


def _chance_of_both(count: int, sheets: int) -> float:
    """How likely two given sheets are both drawn."""
    return count * (count - 1) / (sheets * (sheets - 1)) if count < sheets else 1.0


def _student(freedom: int) -> float:
    """The quantile of Student's t beside ``Z`` (Abramowitz and Stegun 26.7.5; good to 0.001 from 9 degrees on)."""
    terms = (
        (Z**3 + Z) / 4,
        (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
        (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
    )
    return Z + sum(term / freedom**power for power, term in enumerate(terms, 1))


def _within(least: float, value: float, most: float) -> float:
    return max(least, min(value, most))
