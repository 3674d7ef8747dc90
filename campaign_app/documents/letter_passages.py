"""All that a letter says as paragraphs of a word processor, each in a style that is named for what it is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from campaign_app.documents import fonts
from campaign_app.documents.letter_styles import BULLETS, END, LATIN, NUMBERS
from campaign_app.documents.paper import Layout
from campaign_app.documents.script_runs import is_left_to_right, script_of_language
from campaign_app.letters.letter import ItemList, Letter, Run

FOR_A_PEN = "\t\t"  # ends a caption: to where ruled lines begin, and to where they end; nobody types tabs
LEFT_TO_RIGHT_MARK = "\u200e"


class Passage(NamedTuple):
    """A paragraph to be: the name of its style, its text, and the number of the list that it is an item of."""

    style: str
    runs: tuple[Run, ...]
    number: int = 0


def passages(letter: Letter, layout: Layout) -> Iterator[Passage]:
    """All that the letter says, in the order in which it is read."""
    if letter.by_hand:
        yield _ruled("Sender", letter.by_hand.head)
    yield from (_postal_line("Sender", line, letter) for line in letter.sender)
    yield from _line("Place and Date", letter.place_and_date)
    if layout.window and layout.window.return_line and letter.sender and not letter.by_hand:
        yield Passage("Return Line", tuple(_return_line(letter)))
    yield from (_postal_line("Addressee", line, letter) for line in letter.addressee)
    yield from _line("Subject", letter.subject)
    yield from _line("Salutation", letter.salutation)
    yield from _body(letter)
    yield from _line("Closing", letter.closing)
    if letter.by_hand:
        yield _ruled("Signature", letter.by_hand.end)
    yield from _line("Signature", letter.name)
    if letter.copies:
        yield from _line("Copies", f"{letter.copies_label}\t" + "\n".join(letter.copies))


def _ruled(style: str, captions: tuple[str, ...]) -> Passage:
    """Captions with a ruled line for a pen beside each."""
    return Passage(style, (Run("\n".join(caption + FOR_A_PEN for caption in captions)),))


def _return_line(letter: Letter) -> Iterator[Run]:
    """The sender's lines in one. A mark ends a line from right to left, so that the next does not run into it."""
    for place, line in enumerate(letter.sender):
        if place:
            yield Run(" · ")
        yield Run(line if is_left_to_right(line) else f"{line}{LEFT_TO_RIGHT_MARK}")


def _line(style: str, text: str) -> Iterator[Passage]:
    if text:
        yield Passage(style, (Run(text),))


def _postal_line(style: str, line: str, letter: Letter) -> Passage:
    latin_among_others = script_of_language(letter.language) != "Latn" and fonts.is_plain(line)
    return Passage(style + LATIN if latin_among_others else style, (Run(line),))


def _body(letter: Letter) -> Iterator[Passage]:
    counted = itertools.count(NUMBERS)  # every numbered list counts from 1 again
    for block in letter.body:
        if not isinstance(block, ItemList):
            yield Passage("Body Text", block.runs)
            continue
        style, number = ("List Number", next(counted)) if block.ordered else ("List Bullet", BULLETS)
        yield from (Passage(style, item, number) for item in block.items[:-1])
        yield from (Passage(style + END, item, number) for item in block.items[-1:])
