"""The opening sentences in which a writer says who they are, in the letter's language. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

LINKS = ("family", "friends", "visited", "lived", "born", "work")
_SLOT = re.compile(r"\{(nationality|occupation)\}")


def introduction(
    patterns: Mapping[str, Any], language: str, nationality: str = "", occupation: str = "", links: Iterable[str] = ()
) -> str:
    """One or two sentences from what the writer gave, or an empty string where nothing was given.

    ``patterns`` are those of ``language`` in ``letter_templates/introductions.toml``.
    """
    chosen = set(links)
    if language == "en":
        occupation = _with_article(occupation)
    details = {"nationality": nationality, "occupation": occupation}
    given = [key for key, value in details.items() if value]
    sentences = [_SLOT.sub(lambda slot: details[slot[1]], patterns["_and_".join(given)])] if given else []
    sentences += [patterns["links"][link] for link in LINKS if link in chosen]
    return ("" if language in ("ja", "zh-Hans", "zh-Hant") else " ").join(sentences)


def _with_article(occupation: str) -> str:
    """``teacher`` as ``a teacher``; what begins with a word such as ``the`` or ``an`` stays."""
    if not occupation or re.match(
        r"(an?|the|in|at|as|for|with|on|my|self-employed|retired|freelance)\b", occupation, re.I
    ):
        return occupation
    return f"{'an' if occupation[0].lower() in 'aeiou' else 'a'} {occupation}"
