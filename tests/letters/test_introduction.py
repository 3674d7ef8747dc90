from __future__ import annotations

import pytest

from campaign_app.letters.introduction import LINKS, introduction
from campaign_app.texts import library

WRITTEN_TOGETHER = ("ja", "zh-Hans", "zh-Hant")


@pytest.mark.parametrize(
    ("occupation", "sentence"),
    [("teacher", "a teacher"), ("engineer", "an engineer"), ("the mayor", "the mayor"), ("an actor", "an actor")],
)
def test_english_occupations_get_the_article_they_lack(occupation: str, sentence: str) -> None:
    assert sentence in introduction(library.introductions("en"), "en", occupation=occupation)


@pytest.mark.parametrize("language", ["en", "ko", "fr", "es", "ar", "fa", "ru", "ja", "zh-Hans", "my", "hi", "am"])
def test_what_a_writer_gives_stands_in_the_sentence_once(language: str) -> None:
    patterns = library.introductions(language)
    sentence = introduction(patterns, language, "NATIONALITY", "OCCUPATION", ["born", "family"])
    assert sentence.count("NATIONALITY") == 1
    assert sentence.count("OCCUPATION") == 1
    assert patterns["links"]["family"] in sentence
    assert "{" not in sentence
    assert ("  " in sentence) is False


def test_nothing_given_is_no_sentence() -> None:
    assert introduction(library.introductions("en"), "en") == ""


def test_links_stand_in_one_order_and_unknown_ones_are_left_out() -> None:
    patterns = library.introductions("en")
    assert introduction(patterns, "en", links=reversed(LINKS)) == introduction(patterns, "en", links=[*LINKS, "x"])


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert "{occupation}" in introduction(library.introductions("fr"), "fr", "{occupation}", "médecin")
