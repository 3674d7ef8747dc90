"""Amounts of money in minor units, as currencies divide them (ISO 4217, through the CLDR). Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_currency, get_currency_precision, get_territory_currencies

from campaign_app import languages


def minor_units(amount: Decimal, currency: str) -> int:
    """``amount`` in the smallest units of its currency. Raises ValueError where it has a fraction of one."""
    units = amount.scaleb(get_currency_precision(currency))
    if units != units.to_integral_value(ROUND_HALF_EVEN):
        raise ValueError(currency)
    return int(units)


def written_amount(units: int, currency: str, language: str) -> str:
    """``₩30,000`` for 30000 units of the won."""
    amount = Decimal(units).scaleb(-get_currency_precision(currency))
    return format_currency(amount, currency, locale=languages.locale(language))


def currency_of(country: str) -> str:
    """The currency of a country; the euro where it has none of its own."""
    return str(next(iter(get_territory_currencies(country)), "EUR"))


@cache
def currencies(language: str) -> tuple[tuple[str, str], ...]:
    """The currencies in use as (ISO 4217 code, code and name in ``language``), sorted by code."""
    territories = [code for code, _ in languages.countries("en")]
    codes = sorted({str(code) for territory in territories for code in get_territory_currencies(territory)})
    names: Locale = languages.locale(language)
    return tuple((code, f"{code} · {names.currencies.get(code, code)}") for code in codes)
