"""Identity numbers are recognized wherever they are typed, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from campaign_app.people.id_numbers import has_id_number


@pytest.mark.parametrize(
    "text",
    ["900101-1234567", "9001011234567", "주민번호 900101 - 2234567.", "９００１０１－１２３４５６７", "000229–4000000"],
)
def test_a_resident_registration_number_is_recognized(text: str) -> None:
    assert has_id_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "+82 10 1234 5678", "010-1234-5678", "901301-1234567", "900132-1234567", "1900101-1234567",
        "900101-12345678", "KR 04560", "AMR 37/6674/2017", "4929 0000 0000 0000",
    ],
)  # fmt: skip
def test_other_numbers_are_not(text: str) -> None:
    assert not has_id_number(text)
