"""Countries as people write them in a spreadsheet. Pure."""

from __future__ import annotations

import re
from functools import cache

from campaign_app import languages
from campaign_app.characters import folded
from campaign_app.letters.post import POSTAL_NAMES

# What spreadsheets call countries besides the names in the CLDR and those of the post.
OTHER_NAMES = {
    "USA": "US", "UK": "GB", "Great Britain": "GB", "UAE": "AE", "DR Congo": "CD", "DRC": "CD", "DPRK": "KP",
    "Republic of Korea": "KR", "ROK": "KR", "Turkey": "TR", "Ivory Coast": "CI", "Cape Verde": "CV", "East Timor": "TL",
    "Swaziland": "SZ", "Islamic Republic of Iran": "IR", "Syrian Arab Republic": "SY", "Lao PDR": "LA",
    "People's Republic of China": "CN", "PRC": "CN", "Saudi": "SA", "한국": "KR", "버마": "MM", "조선": "KP",
}  # fmt: skip


@cache
def country_names(code: str) -> tuple[str, ...]:
    """All names under which people look for a country: ``Myanmar (Burma)`` is also ``Myanmar`` and ``Burma``."""
    english, korean = languages.country_name(code, "en"), languages.country_name(code, "ko")
    official = (POSTAL_NAMES.get(code, code), english, korean, korean.split("(")[0], english.replace("St. ", "Saint "))
    return (*official, *re.findall(r"[^()]+", english), *(name for name, of in OTHER_NAMES.items() if of == code))


def country_code(text: str) -> str | None:
    """The ISO 3166 code for a code, or for a name in a language of letters; None for what is neither.

    A name that is another country's in English or Korean is that country; one that two countries have elsewhere, none.
    """
    name = folded(text)
    return _codes().get(name) or _codes_elsewhere().get(name)


@cache
def _codes() -> dict[str, str]:
    codes = [code for code, _ in languages.countries("en")]
    return {folded(name): code for code in codes for name in country_names(code)} | {c.lower(): c for c in codes}


@cache
def _codes_elsewhere() -> dict[str, str]:
    """Codes by the names in other languages than English and Korean; they take half a second to load."""
    codes: dict[str, set[str]] = {}
    for language in languages.LETTER_LANGUAGES:
        for code, name in languages.countries(language):
            codes.setdefault(folded(name), set()).add(code)
    return {name: of.pop() for name, of in codes.items() if len(of) == 1}
