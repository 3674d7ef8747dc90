"""In which direction the characters of a line run (UAX #9), by the same library that lays out paragraphs."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their like, presentation forms, and the marks of direction.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LTR, _RTL = 0, 1  # PangoDirection
_MARK = "\u200e"  # a letter that nobody sees, and that runs from left to right
_WORD = re.compile(r"\S+")


def has_right_to_left(text: str) -> bool:
    """Whether any letter of ``text`` runs from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def left_to_right(text: str) -> str:
    """``text`` so that it keeps its order among letters from right to left, wherever its lines are broken.

    An isolate ends with its line; so each word is marked, with the digits and commas at its ends.
    """
    return _WORD.sub(rf"{_MARK}\g<0>{_MARK}", text)


def levels(text: str, *, right_to_left: bool = False) -> Sequence[int]:
    """The embedding level of every character; odd ones run from right to left."""
    if not right_to_left and not _RIGHT_TO_LEFT.search(text):
        return bytes(len(text))
    pango, glib = _libraries()
    base = ctypes.c_int(_RTL if right_to_left else _LTR)
    encoded = text.encode()
    found = pango.pango_log2vis_get_embedding_levels(encoded, len(encoded), ctypes.byref(base))
    try:
        return ctypes.string_at(found, len(text))
    finally:
        glib.g_free(found)


def visual_order(levels: Sequence[int]) -> list[int]:
    """The places of items with these levels in the order from left to right (rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    return order


@cache
def _libraries() -> tuple[Any, Any]:
    pango, glib = ctypes.CDLL("libpango-1.0.so.0"), ctypes.CDLL("libglib-2.0.so.0")
    pango.pango_log2vis_get_embedding_levels.restype = ctypes.c_void_p
    pango.pango_log2vis_get_embedding_levels.argtypes = (ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_int))
    glib.g_free.argtypes = (ctypes.c_void_p,)
    return pango, glib
