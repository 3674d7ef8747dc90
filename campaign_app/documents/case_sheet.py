"""The case sheet: one page on the case, for the table where letters are written."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from campaign_app import languages, resources
from campaign_app.documents import fonts, typesetting
from campaign_app.documents.line_breaks import breakable
from campaign_app.documents.paper import A4, LEAST_MARGIN, Paper
from campaign_app.documents.unfit import TooLong, Unprintable
from campaign_app.letters.letter import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weasyprint import CSS

SIZES = (14.0, 13.0, 12.0, 11.0, 10.0)  # pt; a long story is set smaller, to be read at a table


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """What writers should know, in plain values; the blocks are as ``texts.source`` reads them.

    ``targets`` are offices in one line each, ``post_by`` is a date written out. What is empty is left out.
    """

    language: str
    title: str
    person: str = ""
    reference: str = ""
    story: tuple[Block, ...] = ()
    demands: tuple[Block, ...] = ()
    targets: tuple[str, ...] = ()
    post_by: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the sheet says above its parts, in the language of the sheet."""

    demands: str = "What we ask for"
    targets: str = "Write to"
    post_by: str = "Post by"


def write(sheet: CaseSheet, words: Words, paper: Paper = A4) -> bytes:
    """The case on one page, in the largest type that it takes. Raises ``Unprintable`` or ``TooLong``."""
    for field, text in _fields(sheet):
        if characters := fonts.unprintable(text):
            raise Unprintable(field, characters)
    for size in SIZES:
        typeset = typesetting.typeset(_source(sheet, words), _stylesheets(sheet.language, paper, size), {})
        if typeset.pages == 1:
            said = repr((astuple(sheet), astuple(words), paper))
            return typeset.pdf(hashlib.sha256(said.encode(errors="surrogatepass")).digest()[:16])
    raise TooLong(typeset.pages)


def _fields(sheet: CaseSheet) -> Iterator[tuple[str, str]]:
    for field in ("title", "person", "reference", "post_by"):
        yield field, getattr(sheet, field)
    for field in ("story", "demands"):
        yield field, "\n".join(block.text for block in getattr(sheet, field))
    yield "targets", "\n".join(sheet.targets)


def _source(sheet: CaseSheet, words: Words) -> str:
    return _template().render(
        sheet=sheet,
        words=words,
        direction=languages.direction(sheet.language),
        shown=lambda text: breakable(text, sheet.language),
        slants=lambda text: fonts.slants(text, sheet.language),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(resources.TEMPLATES / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("case_sheet.html")


@lru_cache(64)
def _stylesheets(language: str, paper: Paper, size: float) -> tuple[CSS, CSS]:
    page = f"size: {paper.width}mm {paper.height}mm; margin: {LEAST_MARGIN}mm"
    family = typesetting.font_family(fonts.stack(language))
    type_ = f"font-family: {family}; font-size: {size}pt; line-height: {fonts.leading(language):.3f}"
    above = f"padding-top: {_above(language):.3f}em"
    return _common_stylesheet(), typesetting.css(f"@page {{ {page} }} html {{ {type_} }} h1 {{ {above} }}")


def _above(language: str) -> float:
    """How far the first line has to stand below the margin for a font that is higher than its lines, in sizes."""
    ascent, descent = fonts.reach(fonts.stack(language)[0])
    return max(0.0, (ascent + descent - fonts.leading(language)) / 2)


@cache
def _common_stylesheet() -> CSS:
    return typesetting.css(Path(__file__).with_name("case_sheet.css").read_text())
