"""What people type for sheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_app import keys
from campaign_app.petitions.serials import Typed, typed


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("G48-P07-0001", [(1, 1)]),
        ("g48-p07-0012, 13;14\n15", [(12, 12), (13, 13), (14, 14), (15, 15)]),
        ("1-10", [(1, 10)]),
        ("1 - 10", [(1, 10)]),
        ("G48-P07-0001–G48-P07-0010", [(1, 10)]),
        ("G48-P07-0001-0010", [(1, 10)]),
        ("0001 to 0010 and", [(1, 10)]),
        ("３～５", [(3, 5)]),
        ("3..5", [(3, 5)]),
        ("", []),
    ],
)
def test_serials_numbers_and_ranges_are_read(text: str, ranges: list[tuple[int, int]]) -> None:
    assert list(typed(text, "G48-P07").ranges) == ranges


def test_what_cannot_be_read_is_named() -> None:
    assert typed("1, one, G7-P01-0003, 2x", "G48-P07").unread == ("one", "G7-P01-0003", "2x")


def test_a_scanner_types_links() -> None:
    found = typed("https://example.org/c/abc-D_ef 7", "G48-P07")
    assert found == Typed(((7, 7),), (keys.token_hash("abc-D_ef"),))


def test_a_code_that_does_not_say_whose_it_is_is_the_token_alone() -> None:
    token = "Ab1-_" + "x" * 17
    assert typed(f"{token} 3", "G48-P07") == Typed(((3, 3),), (keys.token_hash(token),))


@given(st.text(max_size=200))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    found = typed(text, "G48-P07")
    assert bool(found) == bool(found.ranges or found.links)
