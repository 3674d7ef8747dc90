"""Which fonts set which language, and which characters none of them can print.

Every letter is set in one family of type, Noto Serif and what Debian's ``fonts-noto-core`` and ``fonts-noto-cjk`` hold
beside it for other scripts. Each language names its own fonts first and all others behind them, so that a Korean name
can stand in an English letter.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import combining

from campaign_app.documents.unfit import Unprintable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from campaign_app.letters.letter import Letter

LATIN = "Noto Serif"
KOREAN = "Noto Serif CJK KR"
NASTALIQ = "Noto Nastaliq Urdu"

# The font of each language that is not written in the letters of Noto Serif. It comes first, also for the spaces and
# signs that it shares with Latin, since the first font places the lines.
OWN_FONT = {
    "ko": KOREAN,
    "ja": "Noto Serif CJK JP",
    "zh": "Noto Serif CJK SC",
    "zh-Hans": "Noto Serif CJK SC",
    "zh-Hant": "Noto Serif CJK TC",
    "ar": "Noto Naskh Arabic",
    "fa": "Noto Naskh Arabic",
    "ps": "Noto Naskh Arabic",
    "ckb": "Noto Naskh Arabic",
    "ug": "Noto Naskh Arabic",
    "ur": NASTALIQ,
    "he": "Noto Serif Hebrew",
    "yi": "Noto Serif Hebrew",
    "hi": "Noto Serif Devanagari",
    "mr": "Noto Serif Devanagari",
    "ne": "Noto Serif Devanagari",
    "bn": "Noto Serif Bengali",
    "as": "Noto Serif Bengali",
    "ta": "Noto Serif Tamil",
    "si": "Noto Serif Sinhala",
    "th": "Noto Serif Thai",
    "lo": "Noto Serif Lao",
    "km": "Noto Serif Khmer",
    "my": "Noto Serif Myanmar",
    "bo": "Noto Serif Tibetan",
    "dz": "Noto Serif Tibetan",
    "am": "Noto Serif Ethiopic",
    "ti": "Noto Serif Ethiopic",
    "ka": "Noto Serif Georgian",
    "hy": "Noto Serif Armenian",
}

# Line height by font, in sizes of the text; Latin needs the least.
LATIN_LEADING = 1.4
_LEADING = {
    KOREAN: 1.6,
    "Noto Serif CJK JP": 1.6,
    "Noto Serif CJK SC": 1.6,
    "Noto Serif CJK TC": 1.6,
    "Noto Naskh Arabic": 1.65,
    NASTALIQ: 1.95,
    "Noto Serif Hebrew": 1.45,
    "Noto Serif Devanagari": 1.55,
    "Noto Serif Bengali": 1.55,
    "Noto Serif Tamil": 1.55,
    "Noto Serif Sinhala": 1.6,
    "Noto Serif Thai": 1.55,
    "Noto Serif Lao": 1.65,
    "Noto Serif Khmer": 1.7,
    "Noto Serif Myanmar": 1.75,
    "Noto Serif Tibetan": 1.8,
    "Noto Serif Ethiopic": 1.5,
}

_ALL_FONTS = (
    LATIN,
    KOREAN,
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Noto Serif Devanagari",
    "Noto Serif Bengali",
    "Noto Serif Tamil",
    "Noto Serif Thai",
    "Noto Serif Lao",
    "Noto Serif Khmer",
    "Noto Serif Myanmar",
    "Noto Serif Ethiopic",
    "Noto Serif Georgian",
    "Noto Serif Armenian",
    "Noto Serif Sinhala",
    "Noto Serif Tibetan",
)

# Anything but Latin, Greek, Cyrillic, and the signs among them: for these Noto Serif has italics too.
_NOT_PLAIN = re.compile(
    "[^\u0000-\u052f\u1c80-\u1c8f\u1d00-\u218f\u2c60-\u2c7f\u2de0-\u2e7f\ua640-\ua7ff\ufb00-\ufb06]"
)

# Said to the shaper, never drawn: soft hyphen, grapheme joiner, zero-width characters, marks of direction, word joiner,
# variation selectors.
_NOT_DRAWN = re.compile(
    "[\n\t\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# What belongs to the sign before it: the choice of text or emoji, a skin tone, the letters of a flag's region.
_MODIFIERS = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_KEYCAP = "[0-9#*]\ufe0f?\u20e3"
_MISSING_SIGN = "\ufffd"
MOST_MARKS = 6  # on one letter; no script writes more, and what is stacked higher runs into the lines around it


# The bold type of these claims the weight of the regular (in Debian 12), and fontconfig takes the one for the other.
MISLABELLED = ("Noto Serif Myanmar", NASTALIQ)


class MissingFonts(Exception):
    """Fonts that letters are set in are not installed: ``fonts-noto-core`` and ``fonts-noto-cjk`` bring them."""


@cache
def stack(language: str) -> tuple[str, ...]:
    """The font families for a letter in ``language``, in the order in which they are asked for a character."""
    own = OWN_FONT.get(language) or OWN_FONT.get(language.split("-")[0], LATIN)
    return tuple(dict.fromkeys((own, *_ALL_FONTS)))


def has_latin(family: str) -> bool:
    """Whether a font brings Latin letters that go with its own script; only those for Chinese characters do."""
    return family == LATIN or "CJK" in family


def leading(language: str) -> float:
    """The line height of a letter in ``language``, in sizes of its text."""
    return leading_of(stack(language)[0])


def leading_of(family: str) -> float:
    """The line height that a font needs, in sizes of its text."""
    return _LEADING.get(family, LATIN_LEADING)


@cache
def files(family: str) -> dict[str, Path]:
    """The files of an installed family by style, ``Regular`` and ``Bold``."""
    lines = (line.split("|") for line in installed("%{style[0]}|%{file}", family))
    return {style: Path(file) for style, file in lines if style in ("Regular", "Bold")}


@cache
def reach(family: str) -> tuple[float, float]:
    """How far the lines of a font reach above and below their baseline, in sizes of the text."""
    from fontTools.ttLib import TTFont  # not where pages are served

    with TTFont(files(family)["Regular"], fontNumber=0, lazy=True) as font:
        units = font["head"].unitsPerEm
        return font["hhea"].ascent / units, -font["hhea"].descent / units


def is_plain(text: str) -> bool:
    """Whether ``text`` is written in Latin, Greek or Cyrillic letters only, as postal lines abroad are."""
    return not _NOT_PLAIN.search(text)


def slants(text: str, language: str) -> bool:
    """Whether ``text`` can be set in italics; most scripts have none."""
    return stack(language)[0] == LATIN and is_plain(text)


def unprintable(text: str) -> list[str]:
    """The characters of ``text`` that no font of ours can draw, each once. A sign of several characters is one."""
    pattern = pattern_of_unprintable(text)
    return list(dict.fromkeys(pattern.findall(text))) if pattern else []


def without_unprintable(text: str) -> str:
    """``text`` with the replacement sign (U+FFFD) wherever no font of ours can draw what stands there."""
    pattern = pattern_of_unprintable(text)
    return pattern.sub(_MISSING_SIGN, text) if pattern else text


def find_unprintable(letter: Letter) -> dict[str, list[str]]:
    """The unprintable characters of a letter by the name of the field that they stand in."""
    found = {field: unprintable("\n".join(texts)) for field, texts in _fields(letter)}
    return {field: characters for field, characters in found.items() if characters}


def check(letter: Letter) -> None:
    """Raises ``Unprintable`` for the first field of the letter with characters that no font of ours can draw."""
    for field, characters in find_unprintable(letter).items():
        raise Unprintable(field, characters)


def _fields(letter: Letter) -> Iterator[tuple[str, Iterable[str]]]:
    yield "sender", letter.sender
    yield "place_and_date", (letter.place_and_date,)
    yield "addressee", letter.addressee
    yield "subject", (letter.subject,)
    yield "salutation", (letter.salutation,)
    yield "body", (block.text for block in letter.body)
    yield "closing", (letter.closing,)
    yield "name", (letter.name,)
    yield "copies", (letter.copies_label, *letter.copies)
    yield "reference", (letter.reference,)


def pattern_of_unprintable(text: str) -> re.Pattern[str] | None:
    """What finds the characters of ``text`` that do not print; nothing where all do."""
    characters, covered = set(text), _covered()
    if characters <= _simple():
        return None
    patterns = []
    if missing := [c for c in characters if ord(c) not in covered and not _NOT_DRAWN.match(c)]:
        sign = f"{_any(missing)}{_MODIFIERS}"
        patterns += [_FLAG, _KEYCAP, f"{sign}(?:\u200d{sign})*"]
    if marks := [c for c in characters if combining(c)]:
        patterns += [f".?{_any(marks)}{{{MOST_MARKS + 1},}}"]
    return re.compile("|".join(patterns), re.DOTALL) if patterns else None


def _any(characters: Iterable[str]) -> str:
    return f"[{re.escape(''.join(sorted(characters)))}]"


@cache
def _simple() -> frozenset[str]:
    """The characters that print whatever stands around them."""
    characters = {chr(point) for point in _covered()}
    return frozenset(character for character in characters if not combining(character)) | {"\n", "\t"}


@cache
def _covered() -> frozenset[int]:
    """The code points that our fonts cover; bold and italic type covers what the regular does."""
    families = {family for language in (*OWN_FONT, "en") for family in stack(language)}
    charsets = dict(line.split("|") for line in installed("%{family[0]}|%{charset}", style="Regular"))
    if missing := families - charsets.keys():
        raise MissingFonts(*sorted(missing))
    return frozenset(point for family in families for point in _code_points(charsets[family]))


def installed(wanted: str, family: str = "", style: str = "") -> list[str]:
    """A line for every installed font that answers, in fontconfig's format; it writes a charset as ``20-7e a0-17f``."""
    pattern = family + (f":style={style}" if style else ":")
    command = ("fc-list", "--format", wanted + "\n", pattern)
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()  # noqa: S603 # nosec


def _code_points(charset: str) -> Iterator[int]:
    for part in charset.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)
