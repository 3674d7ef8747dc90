"""Amounts are kept in the smallest units that their currency has."""

from __future__ import annotations

from decimal import Decimal

import pytest

from campaign_app.people import money


@pytest.mark.parametrize(
    ("amount", "currency", "units", "written"),
    [
        ("60000", "KRW", 60_000, "₩60,000"),
        ("30.50", "EUR", 3_050, "€30.50"),
        ("1.234", "KWD", 1_234, "KWD1.234"),
        ("0", "USD", 0, "$0.00"),
    ],
)
def test_an_amount_comes_back_as_it_was_typed(amount: str, currency: str, units: int, written: str) -> None:
    assert money.minor_units(Decimal(amount), currency) == units
    assert money.written_amount(units, currency, "en").replace("\xa0", " ") == written


@pytest.mark.parametrize(("amount", "currency"), [("0.5", "KRW"), ("1.005", "EUR")])
def test_a_fraction_that_no_coin_pays_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match=currency):
        money.minor_units(Decimal(amount), currency)


def test_each_country_has_a_currency_and_each_currency_a_name() -> None:
    codes = [code for code, _ in money.currencies("ko")]
    assert {money.currency_of(country) for country in ("KR", "MM", "AQ", "EG")} <= set(codes)
    assert len(codes) == len(set(codes)) > 100
