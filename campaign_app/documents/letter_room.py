"""How much room a letter takes, reckoned without setting it: that is left to the word processor that opens it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from campaign_app.documents.letter_styles import POINTS, Setting, Style
from campaign_app.documents.paper import LEAST_MARGIN, SIDE_MARGIN
from campaign_app.documents.script_runs import script_of_language

# The mean advance of a character in sizes of the text, measured on appeals in the fonts of letters.
_ADVANCES = {
    "Kore": 0.78, "Jpan": 0.98, "Hans": 0.98, "Hant": 0.98, "Mymr": 0.46, "Thai": 0.44, "Deva": 0.35, "Arab": 0.38,
    "Hebr": 0.46, "Ethi": 0.6, "Khmr": 0.46,
}  # fmt: skip
_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"})
_LATIN_ADVANCE, _CYRILLIC_ADVANCE, _MORE_IN_CAPITALS = 0.48, 0.55, 0.1


def height(text: str, style: Style, setting: Setting) -> float:
    """How high the lines of a paragraph are together, in pt."""
    size = style.size or setting.layout.points
    room = setting.layout.paper.width - 2 * SIDE_MARGIN - style.indent - style.far_indent
    return lines(text, size, room, setting.language) * size * (style.leading or setting.leading)


def runs_over(paragraphs: Iterable[tuple[Style, float]], setting: Setting) -> bool:
    """Whether paragraphs, given as their styles and the heights of their lines, take more than a page."""
    whole, above = 0.0, ""
    for style, height in paragraphs:
        if style.frame:
            continue
        whole += height
        whole += style.before + style.after if style.space_within or style.name != above else 0
        above = style.name
    return whole > (setting.layout.paper.height - 2 * LEAST_MARGIN) * POINTS


def lines(text: str, size: float, room: float, language: str) -> int:
    """How many lines ``text`` takes in type of ``size`` pt where ``room`` mm are between the margins."""
    return sum(max(1, math.ceil(width(line, language) * size / (room * POINTS))) for line in text.split("\n"))


def width(text: str, language: str) -> float:
    """About how wide ``text`` is, in sizes of it."""
    advance = _ADVANCES.get(script_of_language(language), _LATIN_ADVANCE)
    if text.isascii():
        advance = _LATIN_ADVANCE
    elif language.split("-")[0] in _CYRILLIC:
        advance = _CYRILLIC_ADVANCE
    return len(text) * advance + sum(map(str.isupper, text)) * _MORE_IN_CAPITALS
