"""Which glyphs of which faces a document shows, and what each of them says."""

from __future__ import annotations

from collections.abc import Mapping

Glyphs = dict[str, dict[int, str]]
"""The characters of every glyph that is shown, by the key of its face."""

NOTHING = "\u2060"  # what a glyph says that draws no character of its own, such as the dots of a letter


def add(said: Glyphs, more: Mapping[str, Mapping[int, str]]) -> None:
    """Adds glyphs. Of several things that a glyph says, the first by length and order stays, whatever came first."""
    for key, glyphs in more.items():
        known = said.setdefault(key, {})
        if known.keys().isdisjoint(glyphs):
            known.update(glyphs)
        elif not glyphs.items() <= known.items():
            for glyph, characters in glyphs.items() - known.items():
                say(known, glyph, characters)


def say(said: dict[int, str], glyph: int, characters: str) -> None:
    """Notes what a glyph says."""
    before = said.get(glyph)
    if before != characters:
        said[glyph] = characters if before is None else min(before, characters, key=_preference)


def _preference(characters: str) -> tuple[bool, int, str]:
    return characters == NOTHING, len(characters), characters
