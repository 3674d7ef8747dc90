"""Targets are found by whatever someone remembers of them, and known again when they are entered twice."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from campaign_app.db import db
from campaign_app.targets import directory
from campaign_app.targets.directory import Search
from campaign_app.targets.models import Holder, Office, Part, Target

TODAY = date(2026, 3, 1)


@pytest.fixture
def offices(app: Flask) -> None:
    """Four offices in as many countries."""
    rows = [
        Target(
            office=Office.MINISTER, position="Minister of Justice", institution="Ministerio de Justicia y Paz",
            lines="Edificio Fundación\nSan José", country="CR", verified_on=date(2026, 1, 2),
            holders=[Holder(honorific="Sra.", name="Ángela Muestra")],
        ),
        Target(
            office=Office.MINISTER, position="Minister of Justice", institution="Ministry of Justice",
            lines="47 Gwanmun-ro\nGwacheon-si 13809", native_lines="경기도 과천시 관문로 47\n법무부 장관", country="KR",
            holders=[Holder(name="김보기")], verified_on=date(2024, 1, 2),
        ),
        Target(
            office=Office.AMBASSADOR, position="Ambassador", institution="Embassy of Eritrea", part=Part.EMBASSY,
            lines="1 Sample Street\nBeijing 100600", country="CN", represents="ER",
        ),
        Target(office=Office.PRISON_DIRECTOR, position="Director", institution="Камера 100%_", lines="x", country="RU"),
    ]  # fmt: skip
    with app.app_context():
        db.session.add_all(rows)
        db.session.commit()


def countries_found(app: Flask, language: str = "en", **wanted: str) -> list[str]:
    with app.app_context():
        return [t.country for t in db.session.scalars(directory.found(Search(**wanted), TODAY, language))]


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize(
    ("words", "countries"),
    [
        ("minister", ["CR", "KR"]), ("MINISTER justicia", ["CR"]), ("angela", ["CR"]), ("Ángela", ["CR"]),
        ("sra. muestra", ["CR"]), ("fundacion jose", ["CR"]), ("costa", ["CR"]), ("코스타리카", ["CR"]),
        ("관문로", ["KR"]),
        ("\u1107\u1165\u11b8\u1106\u116e\u1107\u116e", ["KR"]), ("김보기", ["KR"]), ("한국", ["KR"]),
        ("eritrea", ["CN"]), ("에리트리아", ["CN"]), ("камера", ["RU"]), ("%", ["CN", "CR", "RU", "KR"]),
        ("100%_", ["CN", "RU"]), ("minister eritrea", []), ("\\", ["CN", "CR", "RU", "KR"]),
    ],
)  # fmt: skip
def test_any_words_in_any_script_find_a_target(app: Flask, words: str, countries: list[str]) -> None:
    assert countries_found(app, words=words) == countries


@pytest.mark.usefixtures("offices")
def test_filters_narrow_the_directory(app: Flask) -> None:
    assert countries_found(app, office="minister") == ["CR", "KR"]
    assert countries_found(app, country="KR") == ["KR"]
    assert countries_found(app, country="ER") == ["CN"]
    assert countries_found(app, country="KR", office="ambassador") == []
    assert countries_found(app, unverified="1") == ["CN", "RU", "KR"]


@pytest.mark.usefixtures("offices")
def test_targets_are_sorted_by_the_name_of_their_country_in_the_pages_language(app: Flask) -> None:
    assert countries_found(app, "en") == ["CN", "CR", "RU", "KR"]
    assert countries_found(app, "ko") == ["KR", "RU", "CN", "CR"]


@pytest.mark.usefixtures("offices")
def test_filters_offer_what_the_directory_has(app: Flask) -> None:
    with app.app_context():
        assert [code for code, _ in directory.countries("en")] == ["CN", "CR", "ER", "RU", "KR"]
        assert directory.offices() == [Office.MINISTER, Office.AMBASSADOR, Office.PRISON_DIRECTOR]


@pytest.mark.usefixtures("offices")
def test_a_new_holder_is_found_at_once(app: Flask) -> None:
    with app.app_context():
        target = db.session.scalars(directory.found(Search(country="KR"), TODAY, "en")).one()
        target.holders.append(Holder(name="이견본"))
        db.session.commit()
    assert countries_found(app, words="이견본") == ["KR"]


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize(
    ("position", "institution", "country", "represents", "lines", "found"),
    [
        ("MINISTER OF JUSTICE", "Ministry of  Justice.", "KR", "", "elsewhere", True),
        ("Deputy Minister", "Ministry of Justice", "KR", "", "47, Gwanmun-ro\nGwacheon-si, 13809", True),
        ("Deputy Minister", "Ministry of Justice", "KR", "", "48 Gwanmun-ro", False),
        ("Minister of Justice", "Ministry of Justice", "KP", "", "47 Gwanmun-ro\nGwacheon-si 13809", False),
        ("Ambassador", "Embassy of Eritrea", "CN", "ER", "2 Other Street", True),
        ("Minister of Justice", "Ministério de Justícia y Paz", "CR", "", "", True),
    ],
)
def test_likely_twins_share_their_names_or_their_postal_lines(
    app: Flask, position: str, institution: str, country: str, represents: str, lines: str, found: bool
) -> None:
    like = directory.likeness(position, institution, country, represents, lines)
    with app.app_context():
        assert bool(directory.twins(like)) is found


@pytest.mark.usefixtures("offices")
def test_a_target_is_no_twin_of_itself(app: Flask) -> None:
    with app.app_context():
        target = db.session.scalars(directory.found(Search(country="CR"), TODAY, "en")).one()
        assert directory.twins(directory.likeness_of(target), but=target) == []
        changed = directory.likeness(target.position, target.institution, "CR", "", "somewhere else")
        assert directory.twins(changed, but=target) == []
