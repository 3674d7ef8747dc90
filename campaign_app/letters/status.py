"""The life of a letter: its states, and which of them may follow which. Pure."""

from __future__ import annotations

from enum import StrEnum


class LetterStatus(StrEnum):
    MADE = "made"
    POSTED = "posted"
    ANSWERED = "answered"
    RETURNED = "returned"
    VOID = "void"


# An answer or an envelope that came back shows that a letter was posted, although nobody said so. Everything else that
# a letter can become again is taken back with the act that did it.
NEXT = {
    LetterStatus.MADE: frozenset(
        {LetterStatus.POSTED, LetterStatus.ANSWERED, LetterStatus.RETURNED, LetterStatus.VOID}
    ),
    LetterStatus.POSTED: frozenset({LetterStatus.ANSWERED, LetterStatus.RETURNED}),
    LetterStatus.ANSWERED: frozenset[LetterStatus](),
    LetterStatus.RETURNED: frozenset[LetterStatus](),
    LetterStatus.VOID: frozenset[LetterStatus](),
}


def may_become(before: LetterStatus, after: LetterStatus) -> bool:
    return after in NEXT[before]
