"""Which sheets somebody means by what they typed, pasted or scanned: serials, numbers, ranges, links. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from campaign_app import keys

PAGE = "/c/"  # where the page of each sheet and of each issue is, followed by its token

_LINK = re.compile(rf"\S*{PAGE}([\w-]+)")
_TOKEN = re.compile(r"[\w-]{22}")  # alone, where a code does not say whose it is
_ONE = r"(?:([A-Z]\d*-P\d+)-)?(\d{1,9})"
_RANGE = re.compile(rf"{_ONE}(?:(?:\s*(?:–|—|~|\.\.|\bTO\b)\s*|\s+-\s+|-){_ONE})?(?=[\s,;]|$)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;]*")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was meant: numbers from and to, links by the hashes of their tokens; and what nobody can read."""

    ranges: tuple[tuple[int, int], ...] = ()
    links: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ranges or self.links)


def typed(text: str, code: str) -> Typed:
    """The sheets of the petition with that ``code``; a serial of another petition is none that can be read here."""
    text = unicodedata.normalize("NFKC", text)  # full-width digits and hyphens, as keyboards of East Asia write them
    links = [keys.token_hash(found[1]) for found in _LINK.finditer(text)]
    rest, ranges, unread = _LINK.sub(" ", text), [], []
    at = 0
    while (at := _BETWEEN.match(rest, at).end()) < len(rest):  # type: ignore[union-attr]
        found = _RANGE.match(rest, at)
        if found and {part.upper() for part in (found[1], found[3]) if part} <= {code}:
            first = int(found[2])
            ranges.append((first, int(found[4] or first)))
            at = found.end()
        else:
            word = re.split(r"[\s,;]", rest[at:], maxsplit=1)[0]
            if _TOKEN.fullmatch(word):
                links.append(keys.token_hash(word))
            else:
                unread.append(word)
            at += len(word)
    return Typed(tuple(ranges), tuple(links), tuple(unread))
