"""Readable names for the files of a run. Pure."""

from __future__ import annotations

import unicodedata

from campaign_app.print_runs.rows import MadeLetter

LONGEST = 80  # characters: with a language's script at three bytes each, below the 255 bytes of file systems
_FORBIDDEN = set('/\\:*?"<>|')


def letter_file(made: MadeLetter, number: int, taken: set[str], suffix: str = "") -> str:
    """A name for one letter's file, such as ``0012-김민지-EG``, that is not among ``taken`` yet; it joins them."""
    words = [f"{number:04d}", plain(made.letter.name), made.country]
    stem = "-".join(filter(None, words))
    found, attempt = f"{stem}{suffix}", 1
    while found.casefold() in taken:
        attempt += 1
        found = f"{stem}-{attempt}{suffix}"
    taken.add(found.casefold())
    return found


def plain(text: str) -> str:
    """``text`` in what every file system takes: letters and digits of any script, joined by hyphens."""
    kept = "".join(c if _belongs(c) else " " for c in unicodedata.normalize("NFC", text))
    return "-".join(kept.split())[:LONGEST].rstrip("-.")


def _belongs(character: str) -> bool:
    return character not in _FORBIDDEN and unicodedata.category(character)[0] in "LMN"
