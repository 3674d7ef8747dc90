"""A line of text as glyphs: which font draws which of its characters, and where each glyph stands.

Text is cut as Pango cuts it, which lays out our paragraphs: where direction or script change, and where the first font
of the stack that has a character is another; spaces and marks go with the font around them. What comes out knows no
size: all lengths are in thousandths of the size of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from unicodedata import category

import uharfbuzz
from fontTools import unicodedata

from campaign_app.documents import bidi, faces, fonts, line_breaks, shown_glyphs
from campaign_app.documents.faces import Face
from campaign_app.documents.script_runs import script_of_language
from campaign_app.documents.shown_glyphs import NOTHING

# Scripts that draw vowels before or around their consonant, or several characters as one glyph.
_REORDERED = re.compile("[\u0900-\u109f\u1780-\u17ff]")
_LETTER = re.compile("[A-Za-z]")
_ARABIC = re.compile("[\u0600-\u06ff]")
# A glyph says what it looks like: readers of a PDF turn brackets among letters from right to left round again.
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
# Joiners and the like have no glyph; what their neighbours say must not hang on whether one stood beside them.
_SAID_TO_SHAPER = re.compile("[\u200b-\u200f\u2060-\u2064]")
_UNSETTLED = frozenset({"Zyyy", "Zinh"})
_SCRIPTS = {
    "Kore": {"Hang"}, "Jpan": {"Hani", "Hira", "Kana"}, "Hans": {"Hani", "Hang"}, "Hant": {"Hani", "Bopo", "Hang"},
    "Latn": {"Latn", "Cyrl", "Grek"},
}  # fmt: skip
_LANGUAGES = {"Hang": "ko", "Hira": "ja", "Kana": "ja"}
_NO_CHARACTERS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_VARIATION_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_OPENING, _CLOSING = "([{«‘“‹（「『【〈《", ")]}»’”›）」』】〉》"


class MissingGlyph(Exception):
    """A text with a character that none of its fonts draws, which should have been found before."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is set: the fonts in the order in which they are asked, its language, style and base direction."""

    families: tuple[str, ...]
    language: str
    style: str = "Regular"
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one face at one height: what the operator ``TJ`` shows. ``rise`` is how far above the baseline."""

    face: Face
    shown: str
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class Shaped:
    """A shaped line. ``actual`` are its characters where the glyphs do not say them in their order."""

    pieces: tuple[Piece, ...]
    width: float
    above: float
    below: float
    glyphs: Mapping[str, Mapping[int, str]]  # characters by glyph, by key of the face
    actual: str = ""


@lru_cache(16384)
def shape(text: str, look: Look) -> Shaped:
    """``text`` in one line."""
    parts = list(_items(text, look))
    first = faces.face(look.families[0], look.style)
    reaches = [part.face.reach for part in parts] or [first.reach]
    glyphs: dict[str, dict[int, str]] = {}
    line = _Line(glyphs)
    for place in bidi.visual_order([part.level for part in parts]):
        line.add(text, parts[place])
    return Shaped(
        tuple(line.finished()),
        line.pen,
        max(above for above, _ in reaches),
        max(below for _, below in reaches),
        glyphs,
        line_breaks.plain(text) if _differs(text, look) else "",
    )


def advances(text: str, look: Look) -> list[float]:
    """How far each character moves on, as part of the whole text; the first of a group moves for all of it."""
    found = [0.0] * len(text)
    for item in _items(text, look):
        infos, positions = _glyphs(text, item)
        for info, position in zip(infos, positions, strict=True):
            found[info.cluster] += position.x_advance * item.face.scale
    return found


def _differs(text: str, look: Look) -> bool:
    """Whether the glyphs do not say the characters in their order."""
    if text.isascii():
        return False
    return bool(_REORDERED.search(text)) or (look.families[0] == fonts.NASTALIQ and bool(_ARABIC.search(text)))


@dataclass(slots=True)
class _Item:
    """A stretch of the text in one face, script and direction. ``place`` is that of the face among the families."""

    start: int
    end: int
    script: str
    level: int
    face: Face
    language: str
    place: int = 0


class _Line:
    """Collects glyphs from left to right as what PDF shows."""

    def __init__(self, glyphs: dict[str, dict[int, str]]) -> None:
        self.pen = 0.0  # where the next glyph belongs
        self._glyphs = glyphs
        self._shown = 0.0  # where PDF would put it
        self._pieces: list[tuple[Face, float, list[str]]] = []

    def add(self, text: str, item: _Item) -> None:
        face = item.face
        infos, positions = _glyphs(text, item)
        numbers = [info.codepoint for info in infos]
        if 0 in numbers:
            raise MissingGlyph(text)
        self._note(text, item, numbers, [info.cluster for info in infos])
        scale, advance = face.scale, face.advance
        pen, shown, rise, parts = self.pen, self._shown, None, []
        for glyph, (x_offset, y_offset, x_advance, _) in zip(numbers, (p.position for p in positions), strict=True):
            if y_offset * scale != rise:
                rise, parts = y_offset * scale, self._begin(face, y_offset * scale)
            if step := round(shown - pen - x_offset * scale):
                parts.append(f">{step}<" if parts[-1] != "<" else f"{step}<")
                if parts[-2] == "<":
                    del parts[-2]
                shown -= step
            parts.append(f"{glyph:04x}")
            pen += x_advance * scale
            shown += advance(glyph)
        self.pen, self._shown = pen, shown

    def finished(self) -> Iterator[Piece]:
        for face, rise, shown in self._pieces:
            yield Piece(face, "".join(shown) + ">", rise)

    def _begin(self, face: Face, rise: float) -> list[str]:
        """The piece that glyphs of this face at this height go to."""
        if not self._pieces or self._pieces[-1][0] is not face or self._pieces[-1][1] != rise:
            self._pieces.append((face, rise, ["<"]))
        return self._pieces[-1][2]

    def _note(self, text: str, item: _Item, numbers: Sequence[int], clusters: Sequence[int]) -> None:
        """Notes what the glyphs say: each the characters it draws; of a group of glyphs the first draws them all."""
        said, space = self._glyphs.setdefault(item.face.key, {}), item.face.space
        ends = dict(pairwise((*sorted(set(clusters)), item.end)))
        for glyph, cluster in (
            zip(numbers, clusters, strict=True) if item.level % 2 == 0 else _backwards(numbers, clusters)
        ):
            characters = NOTHING
            if cluster in ends:
                characters = text[cluster : ends.pop(cluster)]
                if item.level % 2:
                    characters = characters.translate(_MIRRORED)
                if not characters.isascii():
                    characters = _SAID_TO_SHAPER.sub("", characters) or NOTHING
            shown_glyphs.say(said, glyph, " " if glyph == space else characters)


def _backwards(numbers: Sequence[int], clusters: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip(reversed(numbers), reversed(clusters), strict=True)


def _glyphs(text: str, item: _Item) -> tuple[Sequence[uharfbuzz.GlyphInfo], Sequence[uharfbuzz.GlyphPosition]]:
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.add_str(text, item.start, item.end - item.start)
    buffer.direction = "rtl" if item.level % 2 else "ltr"
    buffer.script = item.script
    buffer.language = item.language
    uharfbuzz.shape(item.face.font, buffer)
    return buffer.glyph_infos, buffer.glyph_positions or []


def _items(text: str, look: Look) -> Iterator[_Item]:
    """``text`` cut into stretches, in the order of the text."""
    first = faces.face(look.families[0], look.style)
    if text.isascii() and not look.right_to_left and text.isprintable() and fonts.has_latin(look.families[0]):
        if text:
            script = "Latn" if _LETTER.search(text) else "Zyyy"
            yield _Item(0, len(text), script, 0, first, _language(script, look.language))
        return
    for start, end, script, level in _runs(text, look):
        language = _language(script, look.language)
        if _is_of_one_font(text[start:end], look):
            yield _Item(start, end, script, level, first, language)
            continue
        items: list[_Item] = []
        for at in range(start, end):
            place, face = _face_of(text[at], look)
            _extend(items, text, _Item(at, at + 1, script, level, face or first, language, place), bool(face))
        yield from items


def _is_of_one_font(text: str, look: Look) -> bool:
    """Whether the first font of ``look`` draws all of ``text``, as it mostly does."""
    known = _drawn_by_first(look.families[0], look.style)
    for character in set(text) - known:
        if not _goes_with_others(character) and not faces.face(look.families[0], look.style).covers(character):
            return False
        known.add(character)
    return True


@cache
def _drawn_by_first(_family: str, _style: str) -> set[str]:
    """The characters that a font is known to draw; the set grows as they are asked for."""
    return set()


@lru_cache(1024)
def _language(script: str, language: str) -> str:
    """The language by which a stretch is shaped: the text's where it is written so, or the script's where it has one.

    Fonts for Chinese characters draw even spaces and commas by it.
    """
    if script in _UNSETTLED or script in _SCRIPTS.get(written := script_of_language(language), {written}):
        return language
    return _LANGUAGES.get(script, "und")


def _face_of(character: str, look: Look) -> tuple[int, Face | None]:
    """The face of a character; none of those that any font may set."""
    if _goes_with_others(character):
        return _ANYWHERE, None
    return faces.covering(character, look.families, look.style)


_ANYWHERE = 1 << 20  # behind all families


def _extend(items: list[_Item], text: str, new: _Item, has_face: bool) -> None:
    """Adds a character to the last stretch, or begins another, as ``itemize_state_add_character`` of Pango does."""
    if not items:
        items.append(new)
        return
    last = items[-1]
    if last.place == _ANYWHERE and has_face:
        last.face, last.place = new.face, new.place
    if not has_face or last.face is new.face:
        last.end = new.end
        return
    if new.place < last.place:  # spaces go with the better of the fonts around them
        while last.end > last.start + 1 and _goes_with_others(text[last.end - 1]):
            last.end -= 1
        new.start = last.end
    items.append(new)


@lru_cache(4096)
def _goes_with_others(character: str) -> bool:
    if character == "\u1680":
        return False
    return category(character) in _NO_CHARACTERS or bool(_VARIATION_SELECTOR.match(character))


def _runs(text: str, look: Look) -> Iterator[tuple[int, int, str, int]]:
    """Where direction or script change: start, end, ISO 15924 code and level."""
    if not text:
        return
    levels = bidi.levels(text, right_to_left=look.right_to_left)
    scripts = ["Latn"] * len(text) if text.isascii() else _scripts(text)
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or levels[at] != levels[start] or scripts[at] != scripts[start]:
            yield start, at, scripts[start], levels[start]
            start = at


def _scripts(text: str) -> list[str]:
    """The script of every character. Signs go with what stands before them, a closing bracket with the opening one."""
    scripts: list[str] = []
    current = "Zyyy"
    awaited: list[tuple[str, str]] = []
    for character in text:
        script = _script(character)
        if script in _UNSETTLED:
            if character in _CLOSING and (opened := _opened(awaited, character)):
                current = opened
            elif character in _OPENING:
                awaited.append((_CLOSING[_OPENING.index(character)], current))
        elif current == "Zyyy":
            scripts = [script] * len(scripts)
            awaited = [(closing, script) for closing, _ in awaited]
            current = script
        else:
            current = script
        scripts.append(current)
    return scripts


def _opened(awaited: list[tuple[str, str]], closing: str) -> str | None:
    """The script in which the bracket stood that ``closing`` closes."""
    while awaited:
        expected, script = awaited.pop()
        if expected == closing:
            return script
    return None


@lru_cache(8192)
def _script(character: str) -> str:
    found: str = unicodedata.script(character)
    return found
