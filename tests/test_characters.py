from __future__ import annotations

import unicodedata

import pytest

from campaign_app.characters import cleaned, folded, refused


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ufffe", "\ud800", "\x7f", "\uffff", "\x85"])
def test_safety_05_what_cannot_be_printed_or_stored_is_refused(character: str) -> None:
    assert refused(f"Kim{character}") == [f"U+{ord(character):04X}"]


@pytest.mark.parametrize("text", ["Kim\tMinji", "one\ntwo", "می\u200cخواهم", "क्\u200dष", "عمر", "שלום", "👩‍👧"])
def test_letters_of_all_scripts_and_their_joiners_pass(text: str) -> None:
    assert refused(text) == []
    assert cleaned(text) == text.replace("\t", " ")


def test_safety_06_direction_overrides_are_stripped_and_letters_kept() -> None:
    assert cleaned("\u202eعمر\u202c \u2066A\u2069\u200f") == "عمر A"


def test_safety_06_a_name_has_one_form_however_it_was_typed() -> None:
    assert cleaned(unicodedata.normalize("NFD", "김민지 Nguyễn")) == "김민지 Nguyễn"
    assert cleaned(" a\r\nb\rc ") == "a\nb\nc"


@pytest.mark.parametrize(
    ("text", "found"),
    [("Türkiye", "turkiye"), ("ÉCOLE", "ecole"), ("김민지", "김민지"), ("O’Neill-Smith", "o neill smith")],
)
def test_a_search_knows_no_accents_and_no_case(text: str, found: str) -> None:
    assert folded(text) == found
