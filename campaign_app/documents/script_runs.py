"""Which script each stretch of a line is written in, and how a word processor has to be told.

Scripts are ISO 15924 codes, folded to what matters for setting type: Latin, Cyrillic and Greek share fonts and are
all ``Latn``; Hangul is ``Kore``, kana ``Jpan``, and Chinese characters go with the line they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

from babel import Locale
from babel.core import get_global
from fontTools import unicodedata

from campaign_app.documents import fonts

EAST_ASIAN = frozenset({"Kore", "Jpan", "Hans", "Hant"})
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})
# What is set with the font for complex scripts although it runs from left to right. (Word has to be told of Ethiopic.)
COMPLEX = frozenset(
    {"Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Thai", "Laoo", "Tibt", "Mymr",
     "Khmr", "Ethi"}
)  # fmt: skip
CHINESE_CHARACTERS = "Hani"
NONE = "Zyyy"
_DIRECTIONS = {"\u200e": "Latn", "\u200f": "Arab"}  # marks that count as letters (UAX #9, 2.6)
MOST_CHARACTERS = 8192  # whose scripts are remembered
MARK = "Zinh"  # combining marks and joiners

_FOLDED = {
    "Cyrl": "Latn", "Grek": "Latn", "Hang": "Kore", "Hira": "Jpan", "Kana": "Jpan", "Bopo": "Hant", "Zzzz": NONE,
}  # fmt: skip
# What the fonts of these scripts lack and take from the Latin font. Left to itself a program would take any font.
_WESTERN = re.compile("([!-~–—…«»“”‘’·•€]+)")
_BORROWED = {
    "Hebr": _WESTERN, "Geor": _WESTERN, "Armn": _WESTERN, "Arab": re.compile("([;?()\\[\\]{}–—…“”‘’\"'/%&@+*=#·•€-]+)"),
}  # fmt: skip
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」", "『": "』"}


@dataclass(frozen=True, slots=True)
class Face:
    """The font of a script and the language that it is marked with.

    ``slot`` says which of a run's fonts and languages it is: ``ascii`` (with ``hAnsi``), ``eastAsia`` or ``cs``.
    """

    slot: str
    family: str
    tag: str


@cache
def face(script: str, language: str) -> Face:
    """How stretches of ``script`` are set in a letter in ``language``."""
    own = script_of_language(language)
    if script == own:
        return Face(_slot(script), fonts.stack(language)[0], tag_with_country(language))
    if script == "Latn":
        first = fonts.stack(language)[0]
        return Face("ascii", first if fonts.has_latin(first) else fonts.LATIN, tag_with_country("en"))
    likely = f"und-{script}"
    return Face(_slot(script), fonts.stack(f"{_maximal(likely)[0]}-{script}")[0], tag_with_country(likely))


@cache
def tag_with_country(tag: str) -> str:
    """The tag as word processors know it: ``ko-KR`` for ``ko``; for ``und-Arab`` that of the script's main language."""
    if tag == "en":
        return "en-GB"  # dates are written as outside the US, where the tag would be en-US
    language, _, country = _maximal(tag)
    return f"{language}-{country}"


@cache
def script_of_language(tag: str) -> str:
    """The script in which a language is written, folded; ``Latn`` for a language that the CLDR does not know."""
    script = _maximal(tag)[1]
    return _FOLDED.get(script, script)


def stretches(text: str, own: str) -> list[tuple[str, str]]:
    """``text`` cut where the script changes, as pairs of script and text; ``own`` is the script of the line.

    Spaces, digits and punctuation go with their neighbours, or with ``own`` where these differ; a closing bracket with
    the opening one; digits where lines run from right to left with what stands before them. (So have it the rules N1,
    N2, N0 and W7 of UAX #9.)
    """
    if own == "Latn" and text.isascii():
        return [(own, text)] if text else []
    scripts = list(map(_scripts(own).__getitem__, text))
    kinds = {own, *scripts}
    if kinds <= {own, NONE}:
        return [(own, text)] if text else []
    if MARK in kinds or kinds & RIGHT_TO_LEFT:
        _settle_digits_and_marks(text, scripts, own)
    _settle_neutrals(text, scripts, own)
    pairs = zip(scripts, text, strict=True)
    return [(script, "".join(c for _, c in group)) for script, group in groupby(pairs, key=itemgetter(0))]


def by_font(script: str, text: str) -> Iterator[tuple[str, str]]:
    """A stretch of ``script`` cut into pairs of the script whose font has the characters, and text."""
    pattern = _BORROWED.get(script)
    for place, part in enumerate(pattern.split(text) if pattern else (text,)):
        if part:
            yield ("Latn" if place % 2 else script), part


def is_left_to_right(line: str) -> bool:
    """Whether the first letter of ``line`` runs from left to right (as ``dir="auto"`` has it in HTML)."""
    found = map(_scripts(NONE).__getitem__, line)
    return next((script not in RIGHT_TO_LEFT for script in found if script not in (NONE, MARK)), True)


def _slot(script: str) -> str:
    if script in EAST_ASIAN:
        return "eastAsia"
    return "cs" if script in COMPLEX or script in RIGHT_TO_LEFT else "ascii"


def _settle_digits_and_marks(text: str, scripts: list[str], own: str) -> None:
    before = own
    for place, character in enumerate(text):
        if scripts[place] == MARK:
            scripts[place] = scripts[place - 1] if place else own
        elif scripts[place] == NONE and character.isdecimal() and {before, own} & RIGHT_TO_LEFT:
            scripts[place] = before
        elif scripts[place] != NONE:
            before = scripts[place]


def _settle_neutrals(text: str, scripts: list[str], own: str) -> None:
    following = _following(scripts, own)
    before = own
    awaited: list[tuple[str, str]] = []
    for place, character in enumerate(text):
        if scripts[place] != NONE:
            before = scripts[place]
        elif awaited and character == awaited[-1][0]:
            before = scripts[place] = awaited.pop()[1]
        else:
            scripts[place] = before if before == following[place] else own
            if character in _BRACKETS:
                awaited.append((_BRACKETS[character], scripts[place]))


def _following(scripts: list[str], own: str) -> list[str]:
    """For every place the next script after it, or ``own`` where none comes."""
    following = [own] * len(scripts)
    for place in range(len(scripts) - 2, -1, -1):
        following[place] = following[place + 1] if scripts[place + 1] == NONE else scripts[place + 1]
    return following


@cache
def _maximal(tag: str) -> tuple[str, str, str]:
    """Language, script and country, the likely ones where ``tag`` does not name them (CLDR likely subtags)."""
    locale = Locale.parse(tag, sep="-")
    likely = get_global("likely_subtags")
    known = f"{locale.language}_{locale.script}" if locale.script else locale.language
    language, script, country = likely.get(known, likely.get(locale.language, "en_Latn_US")).split("_")
    return language, locale.script or script, locale.territory or country


class _Scripts(dict[str, str]):
    """The scripts of characters in a line of the script ``own``, looked up once each."""

    def __init__(self, own: str) -> None:
        super().__init__()
        self._own = own

    def __missing__(self, character: str) -> str:
        if len(self) >= MOST_CHARACTERS:
            self.clear()
        script = self[character] = _script(character, self._own)
        return script


@cache
def _scripts(own: str) -> _Scripts:
    return _Scripts(own)


def _script(character: str, own: str) -> str:
    script: str = _DIRECTIONS.get(character) or unicodedata.script(character)
    if script == NONE and ("\u3000" <= character <= "\u30ff" or "\uff00" <= character <= "\uffef"):
        script = CHINESE_CHARACTERS  # full-width punctuation
    if script == CHINESE_CHARACTERS:
        return own if own in EAST_ASIAN else "Kore"  # as in fonts.py, where the Korean font is asked first
    return _FOLDED.get(script, script)
