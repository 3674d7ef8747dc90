"""What is known of languages and countries: names, direction, dates. Pure, from the CLDR through Babel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from campaign_app.characters import folded

LETTER_LANGUAGES = (
    "en", "ko", "fr", "es", "ar", "fa", "he", "ru", "zh-Hans", "zh-Hant", "ja", "vi", "th", "my",
    "hi", "am", "km", "ur", "pt", "de", "id", "tr", "uk", "bn", "ta", "ka", "hy", "lo", "si",
)  # fmt: skip
# What people write for a language of letters besides its tag and its names in the CLDR.
OTHER_NAMES = {
    "zh": "zh-Hans", "Chinese": "zh-Hans", "중국어": "zh-Hans", "中文": "zh-Hans", "zh-CN": "zh-Hans",
    "Mandarin": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant", "Farsi": "fa", "Myanmar": "my",
    "한글": "ko", "Bahasa Indonesia": "id", "Sinhalese": "si",
}  # fmt: skip
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

# The CLDR has no written-out date in these forms for the countries that read English as the rest of the world does.
DATE_PATTERNS = {"en": "d MMMM y", "en-US": "MMMM d, y"}


@cache
def locale(language: str) -> Locale:
    """The CLDR locale for a BCP 47 tag. Raises ValueError for a tag that is none."""
    try:
        return Locale.parse(language, sep="-")
    except UnknownLocaleError as error:
        raise ValueError(str(error)) from error


def best_match(language: str, known: Iterable[str]) -> str | None:
    """The known tag for ``language``: the same, or else the first one of the same language."""
    tags = list(known)
    if language in tags:
        return language
    return next((tag for tag in tags if tag.split("-")[0] == language.split("-")[0]), None)


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def name(language: str, reader: str | None = None) -> str:
    """The language's name in the reader's language, or else its own name for itself."""
    tag = locale(language)
    shown = tag.get_display_name(reader and locale(reader)) or language
    return shown[:1].upper() + shown[1:]


def tag(written: str) -> str | None:
    """The language of letters for a tag, or for a name in English, in Korean or in the language itself."""
    known = _tags()
    base = written.strip().replace("_", "-").split("-")[0]  # en-GB is en, and pt-BR is pt
    return known.get(folded(written)) or (known.get(base.lower()) if 2 <= len(base) <= 3 and base != written else None)


@cache
def _tags() -> dict[str, str]:
    named = {folded(name(tag, reader)): tag for tag in LETTER_LANGUAGES for reader in (None, "en", "ko")}
    others = {folded(other): tag for other, tag in OTHER_NAMES.items()}
    return named | others | {folded(tag): tag for tag in LETTER_LANGUAGES}


def written_date(day: date, language: str, country: str = "") -> str:
    """The day written out: ``6 January 2026``, ``2026년 1월 6일``, ``January 6, 2026`` in the US."""
    if language == "en" and country == "US":
        language = "en-US"
    return format_date(day, DATE_PATTERNS.get(language, "long"), locale=locale(language))


def country_name(code: str, language: str) -> str:
    """The country's name in ``language``; its English name where the CLDR has none; empty for an empty code."""
    if not code:
        return ""
    return locale(language).territories.get(code) or locale("en").territories.get(code, code)


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """All countries and territories as (ISO 3166 code, name in ``language``), sorted by name."""
    codes = [code for code in map(str, locale("en").territories) if len(code) == 2 and code not in NO_COUNTRY]
    return tuple(sorted(((code, country_name(code, language)) for code in codes), key=lambda pair: pair[1].casefold()))


# CLDR codes that are regions, dependencies without post of their own, or placeholders.
NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "DG", "EA", "IC", "TA", "CQ", "BV", "HM"})
