"""What a signature sheet says where: the passages of its head, of the headings of its table, and of its foot."""

from __future__ import annotations

from collections.abc import Iterator

from campaign_app import languages
from campaign_app.documents import bidi, line_breaks, sheet_words
from campaign_app.documents.sheet import SheetContent, SheetText
from campaign_app.documents.sheet_blocks import Passage, labelled, strong
from campaign_app.texts import source

TITLE, HEADING, STATEMENT, RETURN, PRIVACY = 1.5, 0.78, 0.9, 0.9, 0.72  # in sizes of the text
LEAST_HEADING, LEAST_PRIVACY = 7.0, 7.0  # pt
AFTER_TITLE, BETWEEN, BEFORE_PRIVACY = 1.6, 1.1, 1.0  # mm


def head(text: SheetText, width: float, points: float) -> Iterator[Passage]:
    """Title, addressees, the full text, and who may sign it."""
    words = sheet_words.words(text.language)
    addressees = "\n".join(_in_order(line, text.language) for line in text.addressees)
    yield Passage(_tongue(text.title, text.language), strong(text.title), width, TITLE * points)
    yield Passage(text.language, labelled(words.to, addressees), width, points, AFTER_TITLE)
    for said in source.plain_blocks(text.text):
        yield Passage(_tongue(text.text, text.language), said, width, points, BETWEEN)
    if text.who_may_sign:
        yield Passage(text.language, labelled(words.who, text.who_may_sign), width, points, BETWEEN)


def heading(content: SheetContent, name: str, width: float, points: float) -> Iterator[Passage]:
    """What stands above a column, in each language; ``own`` columns are numbered from 0: ``own 1``."""
    for place, language in enumerate(content.design.languages):
        kind, _, number = name.partition(" ")
        said = content.design.own_columns[int(number)][place] if kind == "own" else _word(content, kind, language)
        size = max(HEADING * points, LEAST_HEADING)
        yield Passage(language, strong(said), width, size, align=side(content, language))


def statement(content: SheetContent, width: float, points: float) -> Iterator[Passage]:
    """What the collector states, in each language."""
    for language in content.design.languages:
        said = strong(sheet_words.words(language).statement)
        yield Passage(language, said, width, STATEMENT * points, align=side(content, language))


def foot(content: SheetContent, text: SheetText, width: float, points: float) -> Iterator[Passage]:
    """Where the sheet goes by when, and what is done with what signers write."""
    words = sheet_words.words(text.language)
    said = (words.return_by if text.return_by else words.return_to).replace("{date}", text.return_by)
    address = line_breaks.whole(_in_order(", ".join(content.return_address), text.language))
    said = said.replace("{address}", address)
    yield Passage(text.language, strong(said), width, RETURN * points)
    size = max(PRIVACY * points, LEAST_PRIVACY)
    yield Passage(text.language, labelled(words.privacy, text.notice), width, size, BEFORE_PRIVACY)


def side(content: SheetContent, language: str) -> str:
    """Where lines in ``language`` stand in cells that are read from where the sheet begins."""
    return "start" if languages.direction(language) == languages.direction(content.language) else "end"


def _in_order(line: str, language: str) -> str:
    """A line in Latin letters, such as an address, so that it is read in its order among lines in ``language``."""
    foreign = languages.direction(language) == "rtl" and not bidi.has_right_to_left(line)
    return bidi.left_to_right(line) if foreign else line


def _tongue(text: str, language: str) -> str:
    """The language to set ``text`` in: English where it is not written in the letters of ``language`` yet."""
    return "en" if _in_order(text, language) != text else language


def _word(content: SheetContent, kind: str, language: str) -> str:
    words = sheet_words.words(language)
    return str(getattr(words, content.design.home if kind == "home" else kind))
