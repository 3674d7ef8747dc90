"""The fields that a letter text may use, and the marks that stand for their values while a text is read. Pure."""

from __future__ import annotations

OWN_WORDS = "own_words"
INTRODUCTION = "introduction"

ALWAYS_FILLED = frozenset({"person", "position", "country", "writer", "date"})
OF_FIRST_LETTER = frozenset({"first_date", "first_reference"})  # empty but in a letter that follows up another
MAY_BE_EMPTY = OF_FIRST_LETTER | {"case_reference", "addressee", "institution", "place", "writer_country", "post_by"}
VANISH_WHEN_EMPTY = frozenset({OWN_WORDS, INTRODUCTION})
FIELDS = ALWAYS_FILLED | MAY_BE_EMPTY | VANISH_WHEN_EMPTY

LONGEST_SOURCE = 20_000  # characters: about ten pages, of which a letter fills one
OPEN, CLOSE = "\ue000", "\ue001"  # private use: no text that a person types holds them
