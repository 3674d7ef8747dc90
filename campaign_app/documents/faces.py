"""The files of our fonts, as a shaper knows them: what they cover, how far their lines reach, how they shape a text.

A face is named by a key that is the same in every process, so that what was set in one can be put together in another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import uharfbuzz

from campaign_app.documents import fonts

STYLES = ("Regular", "Bold", "Italic")
THOUSAND = 1000  # glyph space units to a size of text in PDF (ISO 32000-1, 9.2.4)


@dataclass(frozen=True, eq=False)
class Face:
    """One style of one family. Advances and reaches are in thousandths of the size of the text."""

    key: str
    family: str
    style: str
    file: Path
    index: int

    @cached_property
    def font(self) -> uharfbuzz.Font:
        return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.file)), self.index))

    @cached_property
    def scale(self) -> float:
        """From the font's units to thousandths."""
        return THOUSAND / self.font.face.upem

    @cached_property
    def reach(self) -> tuple[float, float]:
        """How far lines of this face reach above and below their baseline."""
        extents = self.font.get_font_extents("ltr")
        return extents.ascender * self.scale, -extents.descender * self.scale

    @cached_property
    def is_cff(self) -> bool:
        return "CFF " in self.font.face.table_tags

    def covers(self, character: str) -> bool:
        return self.font.get_nominal_glyph(ord(character)) is not None

    @cached_property
    def space(self) -> int:
        """The glyph of the space, which fonts also give to spaces of other kinds."""
        return self.font.get_nominal_glyph(ord(" ")) or 0

    def advance(self, glyph: int) -> int:
        """The advance of a glyph as a PDF records it: rounded, so that the file stays small."""
        found = self._advances.get(glyph)
        if found is None:
            found = self._advances[glyph] = round(self.font.get_glyph_h_advance(glyph) * self.scale)
        return found

    @cached_property
    def _advances(self) -> dict[int, int]:
        return {}


@cache
def face(family: str, style: str = "Regular") -> Face:
    """A family's face, in its regular style where it has no other. Raises ``MissingFonts``."""
    files = _files()
    if (family, "Regular") not in files:
        raise fonts.MissingFonts(family)
    if (family, style) not in files:
        return face(family)
    return Face(_keys()[family, style], family, style, *files[family, style])


def by_key(key: str) -> Face:
    """The face that ``key`` names."""
    return face(*_by_key()[key])


@lru_cache(16384)
def covering(character: str, families: tuple[str, ...], style: str) -> tuple[int, Face]:
    """The first of ``families`` that draws ``character``, and its place among them; where none does, the first."""
    for place, family in enumerate(families):
        if (found := face(family, style)).covers(character):
            return place, found
    return 0, face(families[0], style)


@cache
def _keys() -> dict[tuple[str, str], str]:
    families = dict.fromkeys((*fonts.stack("en"), *fonts.OWN_FONT.values()))
    return {(family, style): f"F{n}" for n, (family, style) in enumerate(_each_style(families))}


@cache
def _by_key() -> dict[str, tuple[str, str]]:
    return {key: named for named, key in _keys().items()}


def _each_style(families: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((family, style) for family in families for style in STYLES)


@cache
def _files() -> dict[tuple[str, str], tuple[Path, int]]:
    """The file, and the place in it, of every family and style of ours that is installed."""
    lines = (line.split("|") for line in fonts.installed("%{family[0]}|%{style[0]}|%{file}|%{index}"))
    wanted = _keys()
    return {
        (family, style): (Path(file), int(index)) for family, style, file, index in lines if (family, style) in wanted
    }
