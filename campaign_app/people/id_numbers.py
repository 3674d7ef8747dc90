"""Numbers that a state gives to people. They are never needed here, and stolen lists of them harm. Pure."""

from __future__ import annotations

import re

# A Korean resident registration number: the day of birth, and seven digits of which the first tells century and sex;
# 5 to 8 are foreigners'. Those given since October 2020 have no check digit.
_RESIDENT = re.compile(r"(?<!\d)\d\d(\d\d)(\d\d)\s?[-‐–—－]?\s?\d{7}(?!\d)")


def has_id_number(text: str) -> bool:
    """Whether a Korean resident registration number stands in ``text``, with or without its hyphen."""
    return any(1 <= int(month) <= 12 and 1 <= int(day) <= 31 for month, day in _RESIDENT.findall(text))
