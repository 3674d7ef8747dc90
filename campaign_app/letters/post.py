"""Postal lines as they stand on paper: the sender's, as far as it may be given, and the addressee's. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from campaign_app import languages

# Names for the post that differ from the CLDR's English ones (Universal Postal Union, list of member countries).
POSTAL_NAMES = {
    "KR": "KOREA", "KP": "DPR KOREA", "US": "UNITED STATES OF AMERICA", "MM": "MYANMAR", "HK": "HONG KONG",
    "MO": "MACAO", "CD": "DEMOCRATIC REPUBLIC OF THE CONGO", "CG": "CONGO", "CI": "CÔTE D'IVOIRE", "PS": "PALESTINE",
    "TR": "TÜRKİYE", "CZ": "CZECH REPUBLIC", "RU": "RUSSIAN FEDERATION", "VN": "VIET NAM",
}  # fmt: skip
TO_A_PERSON, TO_AN_ORGANIZATION = "귀하", "귀중"


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where someone lives or works. Everything but the country may be empty; ``street`` may hold several lines."""

    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """An office as a letter needs it, in plain values.

    ``lines`` are the postal lines in Latin script without the country, ``native_lines`` a whole address block in the
    destination's script, for post within its country. ``part`` is ``to``, ``copy`` or ``embassy``.
    """

    position: str
    country: str
    institution: str = ""
    holder: str = ""
    lines: tuple[str, ...] = ()
    native_lines: tuple[str, ...] = ()
    salutation: str = ""
    closing: str = ""
    part: str = "to"

    @property
    def title(self) -> str:
        """The office in one line."""
        return ", ".join(filter(None, (self.position, self.institution)))


def postal_country(code: str) -> str:
    """The country's name for the last line of an address abroad, in English and in capitals."""
    return POSTAL_NAMES.get(code) or languages.country_name(code, "en").split(" (")[0].upper()


def sender_lines(name: str, address: PostalAddress, allowed: str, destination: str) -> tuple[str, ...]:
    """The sender's block: the name, and as much of the address as ``allowed`` (full, city, country, none) permits.

    Post abroad ends with one line such as ``SEOUL, 04560, KOREA``; at home the country is left out. Without a name,
    as a guest's letter is made, there is no line for it.
    """
    abroad = address.country != destination
    country = postal_country(address.country) if abroad and address.country else ""
    if allowed == "none":
        return tuple(filter(None, (name,)))
    if allowed == "country":
        return tuple(filter(None, (name, country or postal_country(address.country))))
    city = address.city.upper() if abroad else address.city
    if allowed == "city":
        return tuple(filter(None, (name, ", ".join(filter(None, (city, country))))))
    last = ", ".join(filter(None, (city, address.postcode, country)))
    return tuple(filter(None, (name, *_lines(address.street), address.region, last)))


def addressee_lines(addressee: Addressee, origin: str) -> tuple[str, ...]:
    """The address block of a letter posted in the country ``origin``.

    Abroad it is in Latin script with the country last, in capitals; at home in the country's own script where the
    directory has it, and without the country. Korean post takes 귀하 after a person or 귀중 after an organization.
    """
    if addressee.country != origin:
        return (*_block(addressee), postal_country(addressee.country))
    if not addressee.native_lines:
        return _block(addressee)
    if addressee.country == "KR":
        return _with_korean_honorific(addressee)
    return addressee.native_lines


def _block(addressee: Addressee) -> tuple[str, ...]:
    """Holder, position and institution before the postal lines, unless those name them already."""
    written = " ".join(addressee.lines).casefold()
    names = (addressee.holder, addressee.position, addressee.institution)
    return (*(name for name in names if name and name.casefold() not in written), *addressee.lines)


def _with_korean_honorific(addressee: Addressee) -> tuple[str, ...]:
    lines = addressee.native_lines
    if any(line.endswith((TO_A_PERSON, TO_AN_ORGANIZATION)) for line in lines):
        return lines
    return (*lines[:-1], f"{lines[-1]} {TO_A_PERSON if addressee.holder else TO_AN_ORGANIZATION}")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
