"""Text in one style broken into lines as Pango breaks it, without laying anything out.

Where a line may break is asked of Pango itself (UAX #14, and for Thai a dictionary). How far a text reaches is known
once it is shaped; as in a layout, what follows on the next line has its say in that. A word that no line holds is left
to ``paragraphs``.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from campaign_app.documents import shaping
from campaign_app.documents.shaping import Look

NARROWEST = 250  # thousandths of the size: a mean that the characters of a line do not fall below, as a rule
TOLERANCE = 0.2  # thousandths; Pango reckons in whole units
_LINE_BREAK = 1  # the first bit of a PangoLogAttr


def broken(text: str, look: Look, room: float) -> list[str] | None:
    """The lines of ``text``, each no wider than ``room`` thousandths of its size; None where a word is wider.

    Spaces at the ends of lines are taken off.
    """
    room += TOLERANCE
    whole = text.strip(" ")
    if len(whole) * NARROWEST <= room and shaping.shape(whole, look).width <= room:
        return [whole]
    ends = _opportunities(text, look.language)
    lines: list[str] = []
    start, first = 0, 0
    while start < len(text):
        last = _last_that_fits(text, start, ends, first, look, room)
        if last < first:
            return None
        lines.append(text[start : ends[last]].strip(" "))
        start, first = ends[last], last + 1
    return lines


def _last_that_fits(text: str, start: int, ends: Sequence[int], first: int, look: Look, room: float) -> int:
    """The place of the last of ``ends`` up to which a line from ``start`` fits; before ``first`` where none does."""
    seen = min(len(text), start + int(room / NARROWEST))
    reach = _reach(text[start:seen], look)
    if reach[-1] <= room and seen < len(text):
        seen, reach = len(text), _reach(text[start:], look)
    known = bisect_right(ends, seen, lo=first)
    return bisect_right(ends, room, first, known, key=lambda end: reach[_without_spaces(text, end) - start]) - 1


def _reach(text: str, look: Look) -> list[float]:
    """How far the text reaches before each of its characters, and at its end."""
    return [0.0, *accumulate(shaping.advances(text, look))]


def _without_spaces(text: str, end: int) -> int:
    while end and text[end - 1] == " ":
        end -= 1
    return end


def _opportunities(text: str, language: str) -> list[int]:
    """The places before which a line may end, and the end of the text."""
    encoded, number = text.encode(), len(text) + 1
    attributes = (ctypes.c_uint32 * number)()
    tag = _pango().pango_language_from_string(language.encode())
    _pango().pango_get_log_attrs(encoded, len(encoded), -1, tag, attributes, number)
    return [*(at for at in range(1, len(text)) if attributes[at] & _LINE_BREAK), len(text)]


@cache
def _pango() -> Any:
    pango = ctypes.CDLL("libpango-1.0.so.0")
    pango.pango_language_from_string.restype = ctypes.c_void_p
    pango.pango_get_log_attrs.argtypes = (
        ctypes.c_char_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int,
    )  # fmt: skip
    return pango
