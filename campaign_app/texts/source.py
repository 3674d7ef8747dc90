"""The source of a letter text: Liquid placeholders in a little Markdown.

Pure. Values never become markup: while a source is read, each placeholder is a mark from Unicode's private use
area, and the values take the marks' places only in the finished text. Sources are checked before they are stored
(``flaws``), so that what is read here holds nothing but placeholders and conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from liquid import BoundTemplate, Environment, FalsyStrictUndefined
from liquid.builtin import content, illegal, output
from liquid.builtin.tags import if_tag, unless_tag
from liquid.exceptions import UndefinedError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from campaign_app.letters.letter import Block, ItemList, Paragraph, Run
from campaign_app.texts.checks import Flaw, FlawKind, blanks, flaws
from campaign_app.texts.fields import CLOSE, FIELDS, INTRODUCTION, LONGEST_SOURCE, OPEN, OWN_WORDS, VANISH_WHEN_EMPTY

__all__ = [
    "FIELDS", "INTRODUCTION", "LONGEST_SOURCE", "OWN_WORDS", "Flaw", "FlawKind", "MissingDetail",
    "blanks", "blocks", "fields", "flaws", "line", "plain_blocks",
]  # fmt: skip

_MARK = re.compile(f"{OPEN}([a-z_]+){CLOSE}")


class MissingDetail(Exception):
    """A letter needs a value that nobody gave. ``field`` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class _Language(Environment):
    """Liquid with placeholders and conditions, and nothing that computes or repeats."""

    block_nesting_limit = 8
    context_depth_limit = 8
    loop_iteration_limit = 1
    output_stream_limit = 4 * LONGEST_SOURCE

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002
        for tag in (content.Literal, output.Output, illegal.Illegal, if_tag.IfTag, unless_tag.UnlessTag):
            self.add_tag(tag)


_LIQUID = _Language(undefined=FalsyStrictUndefined)
_MARKDOWN = MarkdownIt("zero", {"html": False, "maxNesting": 20}).enable(["list", "emphasis", "newline", "escape"])


@lru_cache(maxsize=256)
def fields(*sources: str) -> frozenset[str]:
    """The fields that sound sources use: a form asks for nothing else."""
    return frozenset(str(v) for source in sources for vs in _template(source).analyze().variables.values() for v in vs)


def line(source: str, values: Mapping[str, str]) -> str:
    """A one-line source, such as a subject, with its values. Raises MissingDetail."""
    text = _MARK.sub(lambda mark: values[mark[1]], _filled(source, _given(values)))
    return re.sub(r"[ \t\n]+", " ", text).strip()  # a no-break space, as French has before a colon, stays


def blocks(source: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """The body of a letter with its values. Raises MissingDetail where a value it prints is empty."""
    tokens = _tokens(_filled(source, _given(values)))
    return tuple(block for block in _read(iter(tokens), values) if block.text.strip())


def plain_blocks(source: str) -> tuple[Block, ...]:
    """A text without placeholders: what would be one elsewhere stands on paper as it was typed."""
    tokens = _tokens(source.replace(OPEN, "").replace(CLOSE, ""))
    return tuple(block for block in _read(iter(tokens), {}) if block.text.strip())


def _given(values: Mapping[str, str]) -> frozenset[str]:
    """The fields for which there is something to print."""
    return frozenset(field for field, value in values.items() if value.strip())


# What is kept from one letter to the next holds marks where values come, and so nothing of any writer.


@lru_cache(maxsize=512)
def _template(source: str) -> BoundTemplate:
    return _LIQUID.from_string(source)


@lru_cache(maxsize=512)
def _filled(source: str, given: frozenset[str]) -> str:
    """The source with a mark for each field that is given. Raises MissingDetail."""
    marks: dict[str, str | None] = {field: f"{OPEN}{field}{CLOSE}" for field in given}
    try:
        return _template(source).render(dict.fromkeys(VANISH_WHEN_EMPTY) | marks)
    except UndefinedError as error:
        raise MissingDetail(error.token.value if error.token else "") from error


@lru_cache(maxsize=128)
def _tokens(filled: str) -> tuple[Token, ...]:
    return tuple(_MARKDOWN.parse(filled))


def _read(tokens: Iterator[Token], values: Mapping[str, str]) -> Iterator[Block]:
    for token in tokens:
        if token.type == "paragraph_open":
            runs = _runs(next(tokens))
            if [run.text for run in runs] == [f"{OPEN}{OWN_WORDS}{CLOSE}"]:
                yield from _own_words(values.get(OWN_WORDS, ""))
            else:
                yield Paragraph(_stripped(_with_values(runs, values)))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield ItemList(tuple(_items(tokens, values)), ordered=token.type.startswith("ordered"))


def _items(tokens: Iterator[Token], values: Mapping[str, str]) -> Iterator[tuple[Run, ...]]:
    """The items of a list up to its end; lists within it become items of it."""
    depth = 1
    for token in tokens:
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
            if not depth:
                return
        elif token.type == "inline" and (item := _stripped(_with_values(_runs(token), values))):
            yield item


def _own_words(words: str) -> Iterator[Paragraph]:
    """What the writer typed: a blank line begins a paragraph, a line break stays."""
    for part in re.split(r"\n[^\S\n]*\n\s*", words.strip()):
        if text := "\n".join(line.strip() for line in part.split("\n")).strip():
            yield Paragraph((Run(text),), own=True)


def _runs(inline: Token) -> tuple[Run, ...]:
    """The inline content of a paragraph as runs of one style."""
    runs: list[Run] = []
    strong = emphasis = 0
    for token in inline.children or ():
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            emphasis += token.nesting
        else:
            text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            if runs and (runs[-1].strong, runs[-1].emphasis) == (bool(strong), bool(emphasis)):
                runs[-1] = Run(runs[-1].text + text, bool(strong), bool(emphasis))
            elif text:
                runs.append(Run(text, bool(strong), bool(emphasis)))
    return tuple(runs)


def _with_values(runs: tuple[Run, ...], values: Mapping[str, str]) -> tuple[Run, ...]:
    return tuple(Run(_MARK.sub(lambda mark: values[mark[1]], run.text), run.strong, run.emphasis) for run in runs)


def _stripped(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs without white space at their ends, as an empty value may leave it."""
    texts = [run.text for run in runs]
    for order, strip in ((range(len(texts)), str.lstrip), (range(len(texts) - 1, -1, -1), str.rstrip)):
        for at in order:
            texts[at] = strip(texts[at])
            if texts[at]:
                break
    return tuple(Run(text, run.strong, run.emphasis) for text, run in zip(texts, runs, strict=True) if text)
