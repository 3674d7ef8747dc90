"""The type of a letter: its fonts, the size of its text and the height of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from campaign_app import languages
from campaign_app.documents import fonts
from campaign_app.documents.line_breaks import breakable
from campaign_app.documents.script_runs import is_left_to_right
from campaign_app.documents.shaping import Look

TIGHTER = 0.92  # lines, where a letter would run over its page by a few lines
PLAIN_LEADING = 1.35  # of postal lines and names in Latin letters, in sizes


@dataclass(frozen=True)
class LetterType:
    """How the text of a letter in ``language`` is set. Heights are in sizes of the text."""

    language: str
    points: float
    tight: bool = False

    @cached_property
    def families(self) -> tuple[str, ...]:
        return fonts.stack(self.language)

    @cached_property
    def plain_families(self) -> tuple[str, ...]:
        """For what is written in Latin letters only."""
        stack = self.families
        return stack if fonts.has_latin(stack[0]) else tuple(dict.fromkeys((fonts.LATIN, *stack)))

    @cached_property
    def right_to_left(self) -> bool:
        return languages.direction(self.language) == "rtl"

    @cached_property
    def leading(self) -> float:
        return fonts.leading(self.language) * (TIGHTER if self.tight else 1)

    @cached_property
    def lowered(self) -> float:
        """By how much bullets and numbers, which come from the plain fonts, stand lower than text."""
        return 2 * (_middle(self.plain_families[0]) - _middle(self.families[0]))

    @cached_property
    def above(self) -> float:
        """How far the first font swings out of the top of its lines: the room that the page's first line needs."""
        first = self.families[0]
        return max(0, fonts.reach(first)[0] - _middle(first) - self.leading / 2)

    @cached_property
    def look(self) -> Look:
        return Look(self.families, self.language, right_to_left=self.right_to_left)

    @cached_property
    def bold(self) -> Look:
        return Look(self.families, self.language, "Bold", self.right_to_left)

    def postal(self, line: str) -> Look:
        """The look of a postal line or a name, which runs in its own direction."""
        return self._postal(is_plain(line), is_left_to_right(line))

    def _postal(self, plain: bool, left_to_right: bool) -> Look:
        return Look(self.plain_families if plain else self.families, self.language, right_to_left=not left_to_right)


@lru_cache(64)
def letter_type(language: str, points: float, tight: bool) -> LetterType:
    """The type, which is asked for many times."""
    return LetterType(language, points, tight)


def is_plain(line: str) -> bool:
    return line.isascii() or fonts.is_plain(line)


def way_of(line: str) -> str:
    """The direction in which a line runs, as HTML says it."""
    return "ltr" if is_left_to_right(line) else "rtl"


def alike(lines: tuple[str, ...]) -> Iterator[tuple[tuple[str, bool], str]]:
    """Lines that follow each other and run alike, by their direction and whether they are plain."""
    for kind, group in groupby(lines, key=lambda line: (way_of(line), is_plain(line))):
        yield kind, "\n".join(group)


@lru_cache(8192)
def shown(text: str, language: str) -> str:
    """``text`` as it is drawn: with U+FFFD for what no font draws, and with what says where lines break."""
    return breakable(fonts.without_unprintable(text), language)


def _middle(family: str) -> float:
    """How high above the baseline the middle of a font's lines is, by which lines are placed."""
    ascent, descent = fonts.reach(family)
    return (ascent - descent) / 2
