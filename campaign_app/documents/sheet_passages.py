"""What a signature sheet says where: the passages of its head, of the headings of its table, and of its foot."""

from __future__ import annotations

from collections.abc import Iterator

from campaign_app.documents import sheet_words
from campaign_app.documents.sheet import SheetContent, SheetText
from campaign_app.documents.sheet_blocks import Passage, labelled, strong
from campaign_app.texts import source

TITLE, HEADING, STATEMENT, RETURN, PRIVACY = 1.5, 0.78, 0.9, 0.9, 0.72  # in sizes of the text
LEAST_HEADING, LEAST_PRIVACY = 7.0, 7.0  # pt
AFTER_TITLE, BETWEEN, BEFORE_PRIVACY = 1.6, 1.1, 1.0  # mm


def head(text: SheetText, width: float, points: float) -> Iterator[Passage]:
    """Title, addressees, the full text, and who may sign it."""
    words = sheet_words.words(text.language)
    yield Passage(text.language, strong(text.title), width, TITLE * points)
    yield Passage(text.language, labelled(words.to, "\n".join(text.addressees)), width, points, AFTER_TITLE)
    for said in source.plain_blocks(text.text):
        yield Passage(text.language, said, width, points, BETWEEN)
    if text.who_may_sign:
        yield Passage(text.language, labelled(words.who, text.who_may_sign), width, points, BETWEEN)


def heading(content: SheetContent, name: str, width: float, points: float) -> Iterator[Passage]:
    """What stands above a column, in each language; ``own`` columns are numbered from 0: ``own 1``."""
    for place, language in enumerate(content.design.languages):
        kind, _, number = name.partition(" ")
        said = content.design.own_columns[int(number)][place] if kind == "own" else _word(content, kind, language)
        yield Passage(language, strong(said), width, max(HEADING * points, LEAST_HEADING))


def statement(content: SheetContent, width: float, points: float) -> Iterator[Passage]:
    """What the collector states, in each language."""
    for language in content.design.languages:
        yield Passage(language, strong(sheet_words.words(language).statement), width, STATEMENT * points)


def foot(content: SheetContent, text: SheetText, width: float, points: float) -> Iterator[Passage]:
    """Where the sheet goes by when, and what is done with what signers write."""
    words = sheet_words.words(text.language)
    said = (words.return_by if text.return_by else words.return_to).replace("{date}", text.return_by)
    said = said.replace("{address}", ", ".join(content.return_address))
    yield Passage(text.language, strong(said), width, RETURN * points)
    size = max(PRIVACY * points, LEAST_PRIVACY)
    yield Passage(text.language, labelled(words.privacy, text.notice), width, size, BEFORE_PRIVACY)


def _word(content: SheetContent, kind: str, language: str) -> str:
    words = sheet_words.words(language)
    return str(getattr(words, content.design.home if kind == "home" else kind))
