"""Hints tell how addresses are built in a country; they never stand in the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_app import languages
from campaign_app.targets.address_hints import Hint, HintKind, address_format, hints

ALL = [code for code, _ in languages.countries("en")]


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("KR", ("{street_address}", "{city_area}", "{city}", "{country_area}", "{postal_code}")),
        ("FR", ("{street_address}", "{postal_code} {city}")),
        ("US", ("{street_address}", "{city}, {country_area} {postal_code}")),
        ("EG", ("{street_address}", "{city}", "{country_area}", "{postal_code}")),
    ],
)
def test_a_format_is_in_latin_order_without_names(country: str, lines: tuple[str, ...]) -> None:
    known = address_format(country)
    assert known is not None
    assert known.lines == lines


@pytest.mark.parametrize("country", ["ER", "SY", "YE", "LY", "CD", "", "XX", "ZZ", "kr", "../../etc"])
def test_countries_without_a_format_take_any_lines(country: str) -> None:
    assert address_format(country) is None
    assert hints(["Behind the mosque", "Asmara 1234567"], country) == []


@pytest.mark.parametrize("country", ALL)
def test_every_country_gives_a_format_or_none(country: str) -> None:
    known = address_format(country)
    if known is not None:
        assert known.lines
        assert not [part for part in known.required if part not in known.parts]
        assert known.postcode is not None or not known.postcode_examples
        assert all(known.postcode.fullmatch(example) for example in known.postcode_examples if known.postcode)


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("KR", ["22 Sajik-ro 8-gil, Jongno-gu", "Seoul 03174"]),
        ("GB", ["10 Downing Street", "London SW1A 2AA"]),
        ("US", ["1600 Pennsylvania Avenue NW", "Washington, DC 20500"]),
        ("JP", ["2-3-1 Nagata-cho, Chiyoda-ku", "Tokyo", "100-8968"]),
        ("IR", ["Pasteur Street, Keshvardoust", "Tehran"]),
        ("EG", ["P.O. Box 11562", "Cairo"]),
        ("IE", ["Merrion Street", "Dublin 2"]),
        ("HK", ["1 Tim Mei Avenue", "Hong Kong"]),
        ("VN", ["1 Hoang Hoa Tham", "Hanoi"]),
    ],
)
def test_a_sound_address_gets_no_hint(country: str, lines: list[str]) -> None:
    assert hints(lines, country) == []


@pytest.mark.parametrize(
    ("country", "lines", "expected"),
    [
        ("KR", ["22 Sajik-ro 8-gil", "Seoul 3174"], Hint(HintKind.POSTCODE_UNLIKELY, "3174")),
        ("KR", ["22 Sajik-ro 8-gil", "Seoul"], Hint(HintKind.POSTCODE_MISSING)),
        ("FR", ["55 rue du Faubourg Saint-Honoré", "Paris"], Hint(HintKind.POSTCODE_MISSING)),
        ("FR", ["P.O. Box 750089", "Paris"], Hint(HintKind.POSTCODE_MISSING)),
        ("US", ["1600 Sample Avenue", "Chicago 60601"], Hint(HintKind.AREA_MISSING)),
        ("ET", ["Menelik Square, Addis Ababa 1000"], Hint(HintKind.PLACE_MISSING)),
    ],
)
def test_what_seems_amiss_is_told(country: str, lines: list[str], expected: Hint) -> None:
    assert hints(lines, country) == [expected]


def test_nothing_is_said_of_an_empty_address() -> None:
    assert hints([], "KR") == []


@given(st.lists(st.text(max_size=60), max_size=9), st.sampled_from(["KR", "FR", "ER", "US", "", "ZZ"]))
def test_hints_are_given_for_any_lines(lines: list[str], country: str) -> None:
    assert all(isinstance(hint.kind, HintKind) for hint in hints(lines, country))
