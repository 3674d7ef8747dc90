"""Pages of marks as one PDF, in which each font stands once; a page that is written is forgotten."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO

from campaign_app.documents import lines
from campaign_app.documents.lines import POINTS, Page
from campaign_app.documents.marks import Box, Code, Fill, Mark, MarkedPage, Patch, Rule, Text

GREY = 0.6  # of white; a cheap printer still draws it


def write(pages: Iterable[MarkedPage], title: str, language: str = "en") -> bytes:
    """The pages in their order. Raises ``Unprintable``."""
    stream = io.BytesIO()
    write_to(stream, pages, title, language)
    return stream.getvalue()


def write_to(stream: BinaryIO, pages: Iterable[MarkedPage], title: str, language: str = "en") -> None:
    """Writes the pages as they come, however many."""
    with lines.document(stream, title, language) as document:
        for marked in pages:
            page = Page(marked.width, marked.height)
            for mark in marked.marks:
                draw(mark, page)
            document.add(page)


def draw(mark: Mark, page: Page) -> None:
    """A mark on a page."""
    if isinstance(mark, Text):
        page.line(lines.line(mark.text, mark.size, mark.language, bold=mark.strong), mark.x, mark.y, mark.align)
    elif isinstance(mark, Code):
        page.code(mark.content, mark.x, mark.y, mark.size)
    elif isinstance(mark, Patch | Fill):
        page.content.say(f"{_shade(mark)} g")
        page.rectangle(mark.x, mark.y, mark.width, mark.height)
        page.content.say("0 g")
    else:
        page.content.say(f"{GREY if mark.grey else 0} G")
        _outline(mark, page)


def _shade(mark: Patch | Fill) -> float:
    """Of white."""
    if isinstance(mark, Patch):
        return 1
    return GREY if mark.grey else 0


def _outline(mark: Rule | Box, page: Page) -> None:
    thickness = mark.weight * POINTS
    if isinstance(mark, Rule):
        page.rule(mark.x, mark.y, mark.to_x, mark.to_y, thickness)
    else:
        page.frame(mark.x, mark.y, mark.width, mark.height, thickness)
