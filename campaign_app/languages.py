"""What is known of languages and countries: names, direction, dates. Pure, from the CLDR through Babel."""

from __future__ import annotations

from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

LETTER_LANGUAGES = (
    "en", "ko", "fr", "es", "ar", "fa", "he", "ru", "zh-Hans", "zh-Hant", "ja", "vi", "th", "my",
    "hi", "am", "km", "ur", "pt", "de", "id", "tr", "uk", "bn", "ta", "ka", "hy", "lo", "si",
)  # fmt: skip
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


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def name(language: str, reader: str | None = None) -> str:
    """The language's name in the reader's language, or else its own name for itself."""
    tag = locale(language)
    shown = tag.get_display_name(reader and locale(reader)) or language
    return shown[:1].upper() + shown[1:]


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
