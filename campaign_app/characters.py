"""Which characters a person may send us, and the one form in which they are kept. Pure."""

from __future__ import annotations

import re
import unicodedata

LONGEST_LINE = 300  # characters: the longest personal names fit
LONGEST_TEXT = 20_000

# Direction marks and overrides (UAX #9): a letter's direction is ours to set, and an override can disguise a name.
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What no form takes: controls but tab and line break, lone surrogates, noncharacters. XML 1.0 has no way to write most
# of them, and SQLite's text functions stop at NUL.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff\U0001fffe\U0001ffff]"
)
# Latin letters that Unicode does not take apart into a letter and an accent.
UNDIVIDED = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"}
)


def cleaned(text: str) -> str:
    """``text`` as it is kept: NFC, one kind of line break, no direction controls, no white space at its ends."""
    text = _BIDI_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return unicodedata.normalize("NFC", text).strip()


def refused(text: str) -> list[str]:
    """The characters in ``text`` that cannot be kept or printed, as ``U+0000``, each once."""
    return [f"U+{ord(character):04X}" for character in dict.fromkeys(_REFUSED.findall(text))]


def folded(text: str) -> str:
    """``text`` for searching and comparing: no case, no accents, no punctuation, single spaces."""
    small = unicodedata.normalize("NFKD", text).casefold()  # some capitals are capitals only once they are taken apart
    apart = unicodedata.normalize("NFKD", small)
    plain = apart.translate({ord(c): None for c in set(apart) if unicodedata.combining(c)})
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", plain)).split())


def searched(text: str) -> str:
    """``text`` as names are searched: each word folded into one piece, and plain letters for ``đ`` or ``ø`` too."""
    return " ".join(folded(word).replace(" ", "").translate(UNDIVIDED) for word in text.split())
