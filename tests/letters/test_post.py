from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_app.letters.post import Addressee, PostalAddress, addressee_lines, postal_country, sender_lines

COURT = Addressee(
    "President",
    "KR",
    "Supreme Court",
    lines=("219 Seocho-daero", "Seocho-gu, Seoul 06590"),
    native_lines=("서울특별시 서초구 서초대로 219", "06590", "대법원장"),
)


def test_post_abroad_is_in_latin_script_with_the_country_last_in_capitals() -> None:
    assert addressee_lines(COURT, "JP") == (
        "President",
        "Supreme Court",
        "219 Seocho-daero",
        "Seocho-gu, Seoul 06590",
        "KOREA",
    )


def test_domestic_korean_post_is_in_korean_without_the_country() -> None:
    assert addressee_lines(COURT, "KR") == ("서울특별시 서초구 서초대로 219", "06590", "대법원장 귀중")


@pytest.mark.parametrize(("holder", "word"), [("", "귀중"), ("김철수", "귀하")])
def test_a_korean_address_takes_one_honorific_and_never_two(holder: str, word: str) -> None:
    lines = addressee_lines(Addressee("장관", "KR", holder=holder, native_lines=("서울", "법무부장관")), "KR")
    assert lines[-1] == f"법무부장관 {word}"
    again = addressee_lines(Addressee("장관", "KR", holder=holder, native_lines=lines), "KR")
    assert again == lines


def test_a_name_that_the_postal_lines_hold_already_is_not_repeated() -> None:
    target = Addressee("Governor", "US", "State Prison", lines=("The Governor, State Prison", "Huntsville TX"))
    assert addressee_lines(target, "KR") == ("The Governor, State Prison", "Huntsville TX", "UNITED STATES OF AMERICA")


@pytest.mark.parametrize(
    ("code", "name"), [("KR", "KOREA"), ("MM", "MYANMAR"), ("ER", "ERITREA"), ("HK", "HONG KONG"), ("EG", "EGYPT")]
)
def test_countries_have_their_postal_names(code: str, name: str) -> None:
    assert postal_country(code) == name


def test_at_home_the_sender_leaves_the_country_out() -> None:
    home = PostalAddress("12 Rue X", "Lyon", "", "69001", "FR")
    assert sender_lines("A", home, "full", "FR") == ("A", "12 Rue X", "Lyon, 69001")
    assert sender_lines("A", home, "full", "EG") == ("A", "12 Rue X", "LYON, 69001, FRANCE")


def test_an_address_with_nothing_but_a_country_leaves_no_empty_line() -> None:
    assert sender_lines("A", PostalAddress(country="KR"), "full", "EG") == ("A", "KOREA")
    assert sender_lines("A", PostalAddress(), "full", "EG") == ("A",)


TEXT = st.text(max_size=60)


@given(st.builds(PostalAddress, TEXT, TEXT, TEXT, TEXT, st.sampled_from(["", "KR", "FR", "US"])), TEXT)
def test_whatever_was_typed_a_sender_has_no_empty_line_and_keeps_every_part(address: PostalAddress, name: str) -> None:
    for allowed in ("full", "city", "country", "none"):
        lines = sender_lines(name, address, allowed, "EG")
        assert lines == tuple(filter(None, lines)) or lines == (name,)
    whole = " ".join(sender_lines(name, address, "full", "EG"))
    assert all(part.strip() in whole for part in (address.region, address.postcode, *address.street.splitlines()))
