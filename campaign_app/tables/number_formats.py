"""Numbers in a workbook's cells as the text that a person sees there. Pure.

A spreadsheet keeps dates as numbers, and a postcode often as the number 4560 with the format ``00000`` (ECMA-376
part 1, 18.8.31). Dates come out as 2026-01-31, whatever order the format gives them: others can be read in two ways.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

GENERAL = "General"
# What has a number instead of a code (18.8.30); those of East Asia are dates whose order depends on the language.
BUILT_IN = {1: "0", **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd")}
BUILT_IN |= {22: "yyyy-mm-dd hh:mm", **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 46, 47, 55, 56), "hh:mm:ss")}
DAY = 86_400  # seconds
_FIRST_DAY, _FIRST_DAY_ON_OLD_MACS = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_DAY_THAT_WAS_NONE = 60  # 29 February 1900, which spreadsheets count
_EXACT = 10**15  # spreadsheets keep 15 digits
_NOT_SHOWN = re.compile(r"\\.|\"[^\"]*\"|_.|\*.|\[[^\]]*\]|general|e[+-]", re.IGNORECASE)
_LITERAL = re.compile(r'\\(.)|"([^"]*)"|([0#?])|([-()/ +:])|_.|\*.|\[\$[^\]]*\]|(.)')


def shown(number: float, code: str = GENERAL, *, since_1904: bool = False) -> str:
    """``number`` as text in the format ``code``: a date, a time, digits in groups, or else the plain number."""
    letters = _letters(code)
    if letters and number >= 0 and (moment := _moment(number, letters, since_1904=since_1904)):
        return moment
    if number == int(number) and abs(number) < _EXACT:
        return _grouped(int(number), code)
    return format(number, ".15g")


@lru_cache
def _letters(code: str) -> str:
    """``d`` and ``t`` where the format shows a day and a time of day."""
    letters = _NOT_SHOWN.sub(_elapsed, code.split(";")[0]).lower()
    time = "t" if re.search("[hs]", letters) else ""
    day = "d" if re.search("[ydeb]", letters) or ("m" in letters and not time) else ""
    return day + time


def _elapsed(skipped: re.Match[str]) -> str:
    """``[h]`` counts hours beyond a day; whatever else is quoted or in brackets shows no part of a date."""
    return skipped[0] if re.fullmatch(r"\[(?:h+|m+|s+)\]", skipped[0], re.IGNORECASE) else ""


def _moment(number: float, letters: str, *, since_1904: bool) -> str:
    """The day, the time, or both; nothing where the number is no day of the calendar."""
    days, seconds = divmod(round(number * DAY), DAY)
    if letters == "t":
        return _time(days * DAY + seconds)
    first = _FIRST_DAY_ON_OLD_MACS if since_1904 else _FIRST_DAY
    if not since_1904 and days <= _LEAP_DAY_THAT_WAS_NONE:
        days += 1
    try:
        day = (first + timedelta(days)).date().isoformat()
    except OverflowError:
        return ""
    return f"{day} {_time(seconds)}" if "t" in letters and seconds else day


def _time(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")


def _grouped(number: int, code: str) -> str:
    """Digits as ``00000``, ``000-0000`` or ``010-0000-0000`` groups them; without a zero there, all together."""
    mask = _mask(code)
    if mask is None or number < 0:
        return str(number)
    digits = list(str(number))
    written: list[str] = []
    places = sum(1 for _, is_place in mask if is_place)
    for sign, is_place in reversed(mask):
        if not is_place:
            written.append(sign)
            continue
        places -= 1
        written.append("".join(digits) if not places and digits else digits.pop() if digits else _filler(sign))
    return "".join(reversed(written))


def _filler(place: str) -> str:
    return "0" if place == "0" else ""


@lru_cache
def _mask(code: str) -> tuple[tuple[str, bool], ...] | None:
    """The signs of a format made of places and fixed signs, each with whether it is a place; None for any other."""
    signs: list[tuple[str, bool]] = []
    for escaped, quoted, place, fixed, other in _LITERAL.findall(code.split(";")[0]):
        if other:
            return None
        if sign := escaped or quoted or place or fixed:
            signs.append((sign, bool(place)))
    return tuple(signs) if ("0", True) in signs else None
