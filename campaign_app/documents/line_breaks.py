"""Where a line may break, for the scripts in which WeasyPrint does not know it by itself.

Pango breaks lines by UAX #14 and, for Thai, by a dictionary. It would also break inside Korean words, since WeasyPrint
ignores ``word-break: keep-all``, and finds nowhere to break in Burmese, Khmer and Lao, which are written without
spaces. Joiners and zero-width spaces say it better. They are not drawn; ``plain`` takes them out of a text again.
"""

from __future__ import annotations

import re
from unicodedata import category

_WORD_JOINER = "\u2060"
_ZERO_WIDTH_SPACE = "\u200b"

_HANGUL = "[\uac00-\ud7a3]"
_HANGUL_OR_HANJA = "[\uac00-\ud7a3\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_INSIDE_HANGUL = re.compile(f"(?<={_HANGUL})(?={_HANGUL})")
_INSIDE_KOREAN_WORD = re.compile(f"(?<={_HANGUL_OR_HANJA})(?=[^\\s/\u200b])|(?<=[^\\s/\u200b-])(?={_HANGUL_OR_HANJA})")

_BEFORE_SYLLABLE = re.compile(
    # Burmese: before a consonant or independent vowel, unless it is stacked under the last one or ends its syllable.
    "(?<=[\u1000-\u109f])(?<!\u1039)(?=[\u1000-\u102a\u103f\u104c-\u104f](?!\u1037?[\u1039\u103a]))"
    # Khmer: before a consonant that carries a vowel, a sign or a subscript; a bare one may end the syllable before it.
    "|(?<=[\u1780-\u17dd])(?<!\u17d2)(?=[\u1780-\u17b3][\u17b6-\u17c8\u17ca-\u17cc\u17d2])"
    # Lao: before the vowels that are written in front of their consonant.
    "|(?<=[\u0e80-\u0edf])(?=[\u0ec0-\u0ec4])"
)

# A stretch without a space that is no word, in scripts with spaces between words: it may break anywhere. WeasyPrint
# breaks such a word where it begins a line, but not where it follows a word in other type.
_ENDLESS = re.compile(
    "[^\\s\u0e00-\u109f\u1780-\u17ff\u200b\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]{50,}"
)


def breakable(text: str, language: str) -> str:
    """``text`` with what tells WeasyPrint where lines of its scripts break."""
    text = _ENDLESS.sub(_loosened, text)
    if text.isascii():
        return text
    inside_word = _INSIDE_KOREAN_WORD if language.split("-")[0] == "ko" else _INSIDE_HANGUL
    return _BEFORE_SYLLABLE.sub(_ZERO_WIDTH_SPACE, inside_word.sub(_WORD_JOINER, text))


def whole(words: str) -> str:
    """``words`` without a place to break at their hyphens: a street's name is one word."""
    return words.replace("-", f"-{_WORD_JOINER}")


def _loosened(stretch: re.Match[str]) -> str:
    return "".join(c if category(c) in ("Mn", "Mc", "Me", "Cf") else _ZERO_WIDTH_SPACE + c for c in stretch[0])


def plain(text: str) -> str:
    """``text`` without joiners and zero-width spaces."""
    return text.replace(_WORD_JOINER, "").replace(_ZERO_WIDTH_SPACE, "")
