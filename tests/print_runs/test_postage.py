from __future__ import annotations

from datetime import date

import pytest

from campaign_app.documents.paper import C4, C5, C6, DL, US_LETTER, US_NO_10, EnvelopeSize
from campaign_app.print_runs.postage import (
    ELSEWHERE,
    NoZone,
    Postage,
    Stamps,
    Step,
    Tariff,
    TooHeavy,
    Zone,
    stamps,
    total,
    weight,
)

HOME = Zone("Korea", frozenset({"KR"}), (Step(25, 430), Step(50, 520)), days=3)
NEAR = Zone("Zone 1", frozenset({"JP", "CN"}), (Step(50, 1250), Step(20, 900)), days=10)
FAR = Zone("Elsewhere", frozenset({ELSEWHERE}), (Step(20, 1100),))
TARIFF = Tariff("KRW", (FAR, HOME, NEAR))


@pytest.mark.parametrize(
    ("sheets", "envelope", "grams"),
    [(1, DL, 10), (2, DL, 15), (3, DL, 20), (1, C6, 9), (1, C5, 13), (1, C4, 21), (1, US_NO_10, 11), (0, DL, 5)],
)
def test_a_letter_weighs_its_sheets_and_its_envelope(sheets: int, envelope: EnvelopeSize, grams: int) -> None:
    assert weight(sheets, envelope) == grams


def test_other_paper_weighs_otherwise() -> None:
    assert weight(10, DL, US_LETTER) == 54
    assert weight(10, DL, gsm=100) == 68


@pytest.mark.parametrize(
    ("country", "grams", "zone", "price"),
    [("KR", 25, HOME, 430), ("KR", 26, HOME, 520), ("JP", 20, NEAR, 900), ("JP", 21, NEAR, 1250), ("ER", 5, FAR, 1100)],
)
def test_postage_follows_the_zone_and_the_step(country: str, grams: int, zone: Zone, price: int) -> None:
    assert TARIFF.postage(country, grams) == Postage(zone, grams, price)


def test_a_country_without_a_zone_is_named() -> None:
    with pytest.raises(NoZone) as raised:
        Tariff("KRW", (HOME, NEAR)).postage("ER", 10)
    assert raised.value.country == "ER"


def test_an_address_without_a_country_has_no_zone_also_where_one_is_for_everywhere_else() -> None:
    with pytest.raises(NoZone):
        TARIFF.postage("", 10)


def test_a_letter_above_the_last_step_is_too_heavy() -> None:
    with pytest.raises(TooHeavy) as raised:
        TARIFF.postage("ER", 21)
    assert (raised.value.zone, raised.value.grams) == ("Elsewhere", 21)


def test_stamps_are_counted_by_zone_and_price() -> None:
    bought = stamps(TARIFF.postage(*letter) for letter in [("JP", 30), ("KR", 10), ("JP", 10), ("CN", 20), ("KR", 9)])
    assert bought == [Stamps(NEAR, 900, 2), Stamps(NEAR, 1250, 1), Stamps(HOME, 430, 2)]
    assert total(bought) == 2 * 900 + 1250 + 2 * 430


def test_the_latest_posting_is_earlier_by_the_days_of_the_post() -> None:
    assert NEAR.latest_posting(date(2026, 3, 5)) == date(2026, 2, 23)
    assert FAR.latest_posting(date(2026, 3, 5)) == date(2026, 3, 5)
