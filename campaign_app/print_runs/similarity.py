"""Letters to one official that say almost the same: fifty alike weigh less than five that differ. Pure.

Texts are compared by their shingles, the stretches of three words that they hold (Broder 1997). Two texts that share
most of them must also share one of their rarest (prefix filtering, Chaudhuri 2006), so that few are compared at all.
Shingles are kept as hashes, and counted in buckets, so that thousands of texts take little room.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import ceil
from typing import TypeAlias

from campaign_app.characters import folded

WORDS = 3  # in a shingle
ALIKE = 0.9  # of the shingles of two texts are shared
ROUNDING = 1e-9
HASHES = "q"  # arrays of 64 bits each
BUCKETS = 1 << 18

# A character is a word in scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
_WORD = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\\s\u0e00-\u0eff\u1000-\u109f"
                   "\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")  # fmt: skip

Shingles: TypeAlias = "array[int]"  # the hashes of a text's shingles, each once


def near_identical(texts: Sequence[str], alike: float = ALIKE) -> list[tuple[int, ...]]:
    """The places of texts that say almost the same, in groups of two or more; each group like its first text.

    The share of shingles that two texts have in common (Jaccard) is at least ``alike``, from above 0 to 1. Case,
    accents and punctuation do not count. An empty text is like no other.
    """
    places: dict[bytes, list[int]] = defaultdict(list)
    for place, shingles in enumerate(_rarest_first([_shingles(text) for text in texts])):
        if shingles:
            places[shingles.tobytes()].append(place)
    groups = [[place for member in group for place in places[member]] for group in _groups(places, alike)]
    return sorted(tuple(sorted(group)) for group in groups if len(group) > 1)


def _shingles(text: str) -> Shingles:
    words = _WORD.findall(folded(text))
    stretches = range(max(1, len(words) - WORDS + 1)) if words else ()
    return array(HASHES, {hash(" ".join(words[at : at + WORDS])) for at in stretches})


def _rarest_first(texts: Sequence[Shingles]) -> Iterator[Shingles]:
    """The shingles of each text, those first that the fewest texts hold, in one order for all texts."""
    counts = array("L", bytes(BUCKETS * array("L").itemsize))
    for shingle in chain.from_iterable(texts):
        counts[shingle % BUCKETS] += 1
    return (array(HASHES, sorted(text, key=lambda shingle: (counts[shingle % BUCKETS], shingle))) for text in texts)


def _groups(texts: Iterable[bytes], alike: float) -> list[list[bytes]]:
    """Each text with the first before it that is like it, or in a group of its own."""
    groups: list[list[bytes]] = []
    holders: dict[int, list[int]] = defaultdict(list)  # groups by the rarest shingles of their first
    for content in texts:
        text = array(HASHES, content)
        rarest = text[: len(text) - ceil(alike * len(text) - ROUNDING) + 1]
        candidates = sorted({group for shingle in rarest for group in holders[shingle]})
        found = next((group for group in candidates if _are_alike(groups[group][0], text, alike)), None)
        if found is not None:
            groups[found].append(content)
            continue
        for shingle in rarest:
            holders[shingle].append(len(groups))
        groups.append([content])
    return groups


def _are_alike(content: bytes, text: Shingles, alike: float) -> bool:
    first = array(HASHES, content)
    if min(len(first), len(text)) < alike * max(len(first), len(text)) - ROUNDING:
        return False  # the longer one says too much besides
    shared = len(set(first).intersection(text))
    return shared / (len(first) + len(text) - shared) >= alike
