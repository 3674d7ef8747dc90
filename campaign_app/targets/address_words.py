"""What people read about addresses: what the parts are called, and what a hint says."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext

from campaign_app import languages
from campaign_app.i18n import page_language
from campaign_app.targets.address_hints import AddressFormat, HintKind, address_format, hints

_ = lazy_gettext

PARTS: dict[str, Any] = {
    "street_address": _("street and number, or P.O. box"),
    "city_area": _("district"),
    "city": _("town"),
    "sorting_code": _("sorting code"),
}
AREAS: dict[str, Any] = {
    "area": _("area"),
    "county": _("county"),
    "department": _("department"),
    "district": _("district"),
    "do_si": _("province or metropolitan city"),
    "emirate": _("emirate"),
    "island": _("island"),
    "oblast": _("oblast"),
    "parish": _("parish"),
    "prefecture": _("prefecture"),
    "province": _("province"),
    "state": _("state"),
}
POSTCODES: dict[str, Any] = {
    "eircode": _("Eircode"),
    "pin": _("PIN code"),
    "postal": _("postcode"),
    "zip": _("ZIP code"),
}


def written_format(known: AddressFormat) -> list[str]:
    """The lines of an address with its parts named in the language of the page."""
    return [line.format_map(_names(known)) for line in known.lines]


def required_parts(known: AddressFormat) -> list[str]:
    """The parts that no address there can do without, named in the language of the page."""
    return [str(_names(known)[part]) for part in known.parts if part in known.required]


def hint_sentences(lines: list[str], country: str) -> list[str]:
    """What to look at again in an address, as sentences."""
    known = address_format(country)
    if known is None:
        return []
    values = {
        "country": languages.country_name(country, page_language()),
        "code": POSTCODES[known.postcode_type],
        "area": AREAS[known.area_type],
        "example": ", ".join(known.postcode_examples),
    }
    return [_sentence(hint.kind, values | {"found": hint.subject}) for hint in hints(lines, country)]


def _sentence(kind: HintKind, values: dict[str, Any]) -> str:
    match kind:
        case HintKind.POSTCODE_MISSING if values["example"]:
            return gettext("No %(code)s was found. In %(country)s it looks like %(example)s.", **values)
        case HintKind.POSTCODE_MISSING:
            return gettext("No %(code)s was found, as addresses in %(country)s have one.", **values)
        case HintKind.POSTCODE_UNLIKELY if values["example"]:
            return gettext("Is “%(found)s” the %(code)s? In %(country)s it usually looks like %(example)s.", **values)
        case HintKind.POSTCODE_UNLIKELY:
            return gettext("Is “%(found)s” the %(code)s? It does not look like one in %(country)s.", **values)
        case HintKind.AREA_MISSING:
            return gettext("Addresses in %(country)s name the %(area)s; none was found.", **values)
        case HintKind.PLACE_MISSING:
            return gettext("There is only one line. Are the street and the town both in it?")


def _names(known: AddressFormat) -> dict[str, Any]:
    return PARTS | {"country_area": AREAS[known.area_type], "postal_code": POSTCODES[known.postcode_type]}
