from __future__ import annotations

from dataclasses import replace

import pytest
from letters import LETTERS

from campaign_app.documents.finished_pages import FinishedPages
from campaign_app.documents.paper import Layout

ENGLISH, KOREAN = LETTERS["en"], LETTERS["ko"]
LAYOUT = Layout()
PDF = b"%PDF-1.7 Amina Castellan"


def test_pages_are_found_by_an_equal_letter_and_layout() -> None:
    finished = FinishedPages()
    finished.put(ENGLISH, LAYOUT, PDF)
    assert finished.get(replace(ENGLISH), Layout()) == PDF
    assert finished.get(KOREAN, LAYOUT) is None
    assert finished.get(ENGLISH, Layout(large_print=True)) is None


def test_pages_cannot_be_read_or_found_without_the_letter() -> None:
    finished = FinishedPages()
    finished.put(ENGLISH, LAYOUT, PDF)
    ((index, sealed),) = finished._kept.items()
    assert b"Amina" not in sealed
    assert b"PDF" not in sealed
    assert ENGLISH.digest not in (index.hex(), sealed.hex())


def test_pages_are_sealed_anew_each_time() -> None:
    finished = FinishedPages()
    finished.put(ENGLISH, LAYOUT, PDF)
    before = list(finished._kept.values())
    finished.put(ENGLISH, LAYOUT, PDF)
    assert len(finished) == 1
    assert before != list(finished._kept.values())


def test_the_page_that_was_asked_for_longest_ago_goes_first() -> None:
    finished = FinishedPages(entries=2)
    finished.put(ENGLISH, LAYOUT, PDF)
    finished.put(KOREAN, LAYOUT, PDF)
    finished.get(ENGLISH, LAYOUT)
    finished.put(LETTERS["ja"], LAYOUT, PDF)
    assert finished.get(ENGLISH, LAYOUT)
    assert finished.get(KOREAN, LAYOUT) is None


def test_pages_take_no_more_room_than_they_are_given() -> None:
    finished = FinishedPages(size=250)
    for language in ("en", "ko", "ja", "ar"):
        finished.put(LETTERS[language], LAYOUT, b"x" * 100)
    assert len(finished) == 1
    finished.put(ENGLISH, LAYOUT, b"x" * 1000)
    assert len(finished) == 0


def test_pages_are_forgotten_in_time() -> None:
    finished = FinishedPages(seconds=-1)
    finished.put(ENGLISH, LAYOUT, PDF)
    assert finished.get(ENGLISH, LAYOUT) is None
    assert len(finished) == 0


@pytest.mark.parametrize("name", ["\ud800", "\x00"])
def test_a_letter_that_cannot_be_encoded_is_kept_all_the_same(name: str) -> None:
    finished = FinishedPages()
    finished.put(replace(ENGLISH, name=name), LAYOUT, PDF)
    assert finished.get(replace(ENGLISH, name=name), LAYOUT) == PDF
