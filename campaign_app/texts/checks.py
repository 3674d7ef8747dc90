"""What must be mended before a letter text can be stored. Pure.

A text is made of placeholders ``{{ field }}`` and conditions on whether fields are filled; whatever else stands
between braces is a flaw, so that nothing unforeseen ever reaches the template engine. Which values may be missing
where is computed, not tried out: a truth table over all fields says in which letters a piece of text stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import and_, or_

from campaign_app.texts.fields import CLOSE, FIELDS, LONGEST_SOURCE, MAY_BE_EMPTY, OPEN, OWN_WORDS, VANISH_WHEN_EMPTY

DEEPEST = 4  # conditions within conditions: more than anyone can read
MOST_FLAWS = 20
LONGEST_SUBJECT = 60  # characters of the source that a flaw quotes

_TOKEN = re.compile(
    r"\{\{(?P<output>[^{}%]*)\}\}|\{%(?P<tag>[^{}%]*)%\}|(?P<stray>[{}]|%\}|[" + OPEN + CLOSE + r"])"
)  # each alternative reads to the next brace and no further, so that the whole takes linear time
_WORD = re.compile(r"[^ \n]+")
_NAME = re.compile(r"[^\W\d]\w*")
_BLANK = re.compile(r"(?<!\\)\[[^\[\]\n]*\w[^\[\]\n]*\]")


class FlawKind(StrEnum):
    UNKNOWN = "unknown"  # a placeholder that no letter fills
    BROKEN = "broken"  # braces or tags that do not close, or anything beyond placeholders and conditions
    UNGUARDED = "unguarded"  # may be empty, and would leave a hole in the sentence
    UNUSED = "unused"  # a required field that does not appear
    NOT_ALONE = "not_alone"  # the writer's own words inside another paragraph or a list
    NOT_ONCE = "not_once"  # the writer's own words left out of some letters, or said twice
    NOT_HERE = "not_here"  # whole sentences where one line stands, such as own words in a subject
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"
    BLANK = "blank"  # a gap such as [date of arrest] that someone has to fill


@dataclass(frozen=True, slots=True)
class Flaw:
    """What keeps a source from being stored: ``subject`` is the field or piece of source, ``line`` counts from 1."""

    kind: FlawKind
    subject: str
    line: int


@dataclass(frozen=True, slots=True)
class _Found:
    kind: FlawKind
    subject: str
    at: int


@dataclass(frozen=True, slots=True)
class _Placeholder:
    """A field in a source, and the letters in which it is printed."""

    field: str
    at: int
    end: int
    where: int


@dataclass(slots=True)
class _Condition:
    """An open condition: the letters around it, those that no branch has taken yet, and the tag that ends it."""

    tag: str
    source: str
    at: int
    around: int
    left: int
    has_else: bool = False


def flaws(source: str, required: Iterable[str] = (), *, one_line: bool = False) -> list[Flaw]:
    """What must be mended before ``source`` can be stored, in order of lines; an empty list where it is sound.

    ``one_line`` is for subjects, salutations and closings: whole sentences such as own words have no place there.
    """
    if len(source) > LONGEST_SOURCE:
        return [Flaw(FlawKind.TOO_LONG, str(len(source)), 1)]
    reading = _Reading(source)
    found = reading.found or [*_holes(reading), *_wrong_own_words(reading, one_line)]
    if not any(flaw.kind is FlawKind.BROKEN for flaw in found):  # what is broken may be the very field
        used = {placeholder.field for placeholder in reading.placeholders}
        found += [_Found(FlawKind.UNUSED, field, 0) for field in sorted(set(required) - used)]
    return _with_lines(source, found)


def blanks(source: str) -> list[Flaw]:
    """The gaps that someone has to fill before the text goes out, such as ``[date of arrest]``."""
    return _with_lines(source, [_Found(FlawKind.BLANK, gap[0], gap.start()) for gap in _BLANK.finditer(source)])


def _with_lines(source: str, found: list[_Found]) -> list[Flaw]:
    """The first of what was found, each thing once a line."""
    first = sorted(found, key=lambda flaw: flaw.at)[:MOST_FLAWS]
    listed = (Flaw(f.kind, f.subject[:LONGEST_SUBJECT], source.count("\n", 0, f.at) + 1) for f in first)
    return list(dict.fromkeys(listed))


def _truth_tables() -> tuple[dict[str, int], int]:
    """For each field the combinations of filled and empty fields in which it is filled, as bits; and all of them."""
    combinations = 1 << len(FIELDS)
    every = (1 << combinations) - 1
    tables = {}
    for place, field in enumerate(sorted(FIELDS)):
        block = 1 << place  # the pattern is `block` empty ones, `block` filled ones, over and over
        tables[field] = every // ((1 << 2 * block) - 1) * (((1 << block) - 1) << block)
    return tables, every


_FILLED, _EVERY = _truth_tables()


class _Reading:
    """One pass over a source: its placeholders, and what is wrong with its braces and conditions."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.placeholders: list[_Placeholder] = []
        self.found: list[_Found] = []
        self._open: list[_Condition] = []
        self._here = _EVERY
        for token in _TOKEN.finditer(source):
            if (output := token["output"]) is not None:
                self._output(token, output)
            elif (tag := token["tag"]) is not None:
                self._tag(token, _WORD.findall(tag))
            else:
                self._wrong(FlawKind.BROKEN, _line_around(source, token.start()), token.start())
        for condition in self._open:
            self._wrong(FlawKind.BROKEN, condition.source, condition.at)

    def _wrong(self, kind: FlawKind, subject: str, at: int) -> None:
        self.found.append(_Found(kind, subject, at))

    def _output(self, token: re.Match[str], output: str) -> None:
        name = output.strip(" \n")
        if name in FIELDS:
            self.placeholders.append(_Placeholder(name, token.start(), token.end(), self._here))
        elif _NAME.fullmatch(name):
            self._wrong(FlawKind.UNKNOWN, name, token.start())
        else:
            self._wrong(FlawKind.BROKEN, token[0], token.start())

    def _tag(self, token: re.Match[str], words: list[str]) -> None:
        match words:
            case ["if" | "unless" as tag, *condition]:
                where = self._where(token, condition)
                taken = where if tag == "if" else _EVERY & ~where
                self._begin(_Condition(f"end{tag}", token[0], token.start(), self._here, self._here), taken)
            case ["elsif", *condition] if self._open and not self._open[-1].has_else:
                self._branch(self._where(token, condition))
            case ["else"] if self._open and not self._open[-1].has_else:
                self._branch(_EVERY)
                self._open[-1].has_else = True
            case [end] if self._open and end == self._open[-1].tag:
                self._here = self._open.pop().around
            case _:
                self._wrong(FlawKind.BROKEN, token[0], token.start())

    def _begin(self, condition: _Condition, taken: int) -> None:
        self._open.append(condition)
        self._branch(taken)
        if len(self._open) > DEEPEST:
            self._wrong(FlawKind.TOO_DEEP, condition.source, condition.at)

    def _branch(self, taken: int) -> None:
        condition = self._open[-1]
        self._here = condition.left & taken
        condition.left &= ~taken

    def _where(self, token: re.Match[str], condition: list[str]) -> int:
        """The combinations in which a condition holds: names joined by ``and``, or by ``or``, but not by both."""
        names, joints = condition[::2], set(condition[1::2])
        well_formed = len(condition) % 2 and len(names) <= len(FIELDS) and joints in ({"and"}, {"or"}, set())
        if not well_formed or not all(_NAME.fullmatch(name) for name in names):
            self._wrong(FlawKind.BROKEN, token[0], token.start())
            return _EVERY
        for name in names:
            if name not in FIELDS:
                self._wrong(FlawKind.UNKNOWN, name, token.start())
        join = or_ if "or" in joints else and_
        return reduce(join, (_FILLED.get(name, _EVERY) for name in names))


def _line_around(source: str, at: int) -> str:
    """The line that a stray brace stands in; of a long one the part about the brace."""
    start, end = source.rfind("\n", 0, at) + 1, source.find("\n", at)
    end = len(source) if end < 0 else end
    if end - start > LONGEST_SUBJECT:
        start = max(start, at - LONGEST_SUBJECT // 2)
    return source[start:end]


def _holes(reading: _Reading) -> Iterator[_Found]:
    """Fields that may be empty, printed in letters in which they are."""
    for placeholder in reading.placeholders:
        if placeholder.field in MAY_BE_EMPTY and placeholder.where & ~_FILLED[placeholder.field]:
            yield _Found(FlawKind.UNGUARDED, placeholder.field, placeholder.at)


def _wrong_own_words(reading: _Reading, one_line: bool) -> Iterator[_Found]:
    """Own words that do not stand alone, or do not stand exactly once in every letter that has some."""
    if one_line:
        for placeholder in reading.placeholders:
            if placeholder.field in VANISH_WHEN_EMPTY:
                yield _Found(FlawKind.NOT_HERE, placeholder.field, placeholder.at)
        return
    places = [placeholder for placeholder in reading.placeholders if placeholder.field == OWN_WORDS]
    said = 0
    for place in places:
        if said & place.where:
            yield _Found(FlawKind.NOT_ONCE, OWN_WORDS, place.at)
        if not _stands_alone(reading.source, place):
            yield _Found(FlawKind.NOT_ALONE, OWN_WORDS, place.at)
        said |= place.where
    if places and _FILLED[OWN_WORDS] & ~said:
        yield _Found(FlawKind.NOT_ONCE, OWN_WORDS, places[-1].at)


def _stands_alone(source: str, place: _Placeholder) -> bool:
    """Whether a placeholder has a line to itself, not indented, with an empty line or nothing before and after it.

    With no tag in between, these lines stand in the same letters as the placeholder does.
    """
    before, after = source[: place.at], source[place.end :]
    return bool(re.search(r"(\A|\n[ ]*\n)\Z", before) and re.match(r"[ ]*(\n[ ]*\n|\s*\Z)", after))
