"""A country may be written as people write it in a spreadsheet."""

from __future__ import annotations

import pytest

from campaign_app import languages
from campaign_app.targets.countries import country_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("EG", "EG"), ("eg", "EG"), (" Egypt ", "EG"), ("이집트", "EG"), ("Korea", "KR"), ("South Korea", "KR"),
        ("대한민국", "KR"), ("KOREA, REPUBLIC OF", None), ("Burma", "MM"), ("Myanmar", "MM"), ("Myanmar (Burma)", "MM"),
        ("미얀마", "MM"), ("cote d'ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Turkey", "TR"), ("TÜRKIYE", "TR"),
        ("Viet Nam", "VN"), ("Vietnam", "VN"), ("DR Congo", "CD"), ("Congo", "CG"), ("DPR Korea", "KP"),
        ("홍콩", "HK"), ("Saint Lucia", "LC"), ("UK", "GB"), ("U.S.A.", None), ("USA", "US"), ("", None),
        ("Atlantis", None), ("ZZ", None), ("EU", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_code_and_by_name(written: str, code: str | None) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Deutschland", "DE"), ("République démocratique du Congo", None), ("Corée du Sud", "KR"), ("日本", "JP"),
        ("España", "ES"), ("Россия", "RU"), ("مصر", "EG"), ("ประเทศไทย", None), ("ไทย", "TH"), ("Việt Nam", "VN"),
        ("မြန်မာ", "MM"), ("Niger", "NE"), ("Nigeria", "NG"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_name_in_other_languages(written: str, code: str | None) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_name_leads_to_its_own_country(language: str) -> None:
    wrong = [(code, name) for code, name in languages.countries(language) if country_code(name) != code]
    assert wrong == []
