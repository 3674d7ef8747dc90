"""Every string for people is in the Korean catalogue, filled in, with the placeholders of the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

import campaign_app

ROOT = Path(campaign_app.__file__).parents[1]
KOREAN = ROOT / "campaign_app" / "translations" / "ko" / "LC_MESSAGES" / "messages.po"
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(["lazy_gettext", "lazy_ngettext:1,2"])  # as in the Makefile
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")


@cache
def source() -> frozenset[str | tuple[str, ...]]:
    """All strings in the code and the templates, as gettext knows them."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = (extract_from_dir(ROOT / folder, methods, options, KEYWORDS) for folder in ("campaign_app", "templates"))
    return frozenset(message for each in found for _, _, message, _, _ in each)


@cache
def korean() -> Catalog:
    with KOREAN.open("rb") as stream:
        return read_po(stream, locale="ko")


def messages() -> Iterator[Message]:
    return (message for message in korean() if message.id)


def forms(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def test_every_string_is_in_the_korean_catalogue() -> None:
    known = {forms(message.id) for message in messages()}
    assert sorted(forms(message) for message in source() if forms(message) not in known) == []


def test_the_korean_catalogue_holds_nothing_else() -> None:
    used = {forms(message) for message in source()}
    assert sorted(forms(message.id) for message in messages() if forms(message.id) not in used) == []


def test_every_string_is_translated_and_none_is_uncertain() -> None:
    assert [message.id for message in messages() if message.fuzzy or not all(forms(message.string))] == []


def test_a_translation_has_the_placeholders_of_the_original() -> None:
    for message in messages():
        expected = set(PLACEHOLDER.findall(" ".join(forms(message.id))))
        for string in filter(None, forms(message.string)):
            assert set(PLACEHOLDER.findall(string)) == expected, message.id


def test_the_site_answers_in_the_language_that_is_asked_for(client: FlaskClient) -> None:
    answer = client.get("/sign-in", headers={"Accept-Language": "ko"})
    assert "로그인" in answer.text
