"""Letters to one official that say almost the same: fifty alike weigh less than five that differ. Pure.

Texts are compared by their shingles, the stretches of three words that they hold (Broder 1997). Two texts that share
most of them must also share one of their rarest (prefix filtering, Chaudhuri 2006), so that few are compared at all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import ceil

from campaign_app.characters import folded

WORDS = 3  # in a shingle
ALIKE = 0.9  # of the shingles of two texts are shared
ROUNDING = 1e-9

# A character is a word in scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
_WORD = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\\s\u0e00-\u0eff\u1000-\u109f"
                   "\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")  # fmt: skip


def near_identical(texts: Sequence[str], alike: float = ALIKE) -> list[tuple[int, ...]]:
    """The places of texts that say almost the same, in groups of two or more; each group like its first text.

    The share of shingles that two texts have in common (Jaccard) is at least ``alike``, from above 0 to 1. Case,
    accents and punctuation do not count. An empty text is like no other.
    """
    places: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, shingles in enumerate(_rarest_first([_shingles(text) for text in texts])):
        if shingles:
            places[shingles].append(place)
    groups = [[place for member in group for place in places[member]] for group in _groups(places, alike)]
    return sorted(tuple(sorted(group)) for group in groups if len(group) > 1)


def _shingles(text: str) -> set[str]:
    words = _WORD.findall(folded(text))
    return {" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))} if words else set()


def _rarest_first(texts: Sequence[set[str]]) -> list[tuple[int, ...]]:
    """The shingles of each text as numbers that grow with how many texts hold them."""
    counts = Counter(shingle for shingles in texts for shingle in shingles)
    numbers = {shingle: number for number, shingle in enumerate(sorted(counts, key=lambda s: (counts[s], s)))}
    return [tuple(sorted(numbers[shingle] for shingle in shingles)) for shingles in texts]


def _groups(texts: Iterable[tuple[int, ...]], alike: float) -> list[list[tuple[int, ...]]]:
    """Each text with the first before it that is like it, or in a group of its own."""
    groups: list[list[tuple[int, ...]]] = []
    firsts: list[frozenset[int]] = []
    holders: dict[int, list[int]] = defaultdict(list)  # groups by the rarest shingles of their first
    for text in texts:
        rarest = text[: len(text) - ceil(alike * len(text) - ROUNDING) + 1]
        candidates = sorted({group for shingle in rarest for group in holders[shingle]})
        found = next((group for group in candidates if _share(firsts[group], text) >= alike), None)
        if found is not None:
            groups[found].append(text)
            continue
        for shingle in rarest:
            holders[shingle].append(len(groups))
        groups.append([text])
        firsts.append(frozenset(text))
    return groups


def _share(first: frozenset[int], text: tuple[int, ...]) -> float:
    shared = len(first.intersection(text))
    return shared / (len(first) + len(text) - shared)
