"""What is wrong with a letter before it is made. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from campaign_app.characters import folded
from campaign_app.letters.letter import Letter


def whole_text(letter: Letter) -> str:
    """Everything that stands in the letter, for searching."""
    parts = (*letter.sender, *letter.addressee, letter.subject, letter.salutation, letter.closing, letter.name)
    return "\n".join((*parts, *(block.text for block in letter.body)))


def forbidden_in(text: str, phrases: Iterable[str]) -> list[str]:
    """The phrases that stand in ``text``, in spite of capitals, accents or line breaks.

    Latin phrases are found as whole words; scripts that join particles to words, or have no spaces, anywhere.
    """
    searched = f" {folded(text)} "
    return [phrase for phrase in phrases if (wanted := folded(phrase)) and _as_searched(wanted) in searched]


def _as_searched(wanted: str) -> str:
    return f" {wanted} " if wanted.isascii() else wanted
