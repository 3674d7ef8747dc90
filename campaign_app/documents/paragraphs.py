"""Lists, paragraphs in several styles and words longer than a line, set by WeasyPrint: many at once on a tall page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from campaign_app import resources
from campaign_app.documents import fonts, shaping, typesetting
from campaign_app.documents.blocks import SEPARATOR, Block, SetBlock, SetLine
from campaign_app.documents.letter_type import LetterType, alike, shown, way_of
from campaign_app.documents.shaping import Look
from campaign_app.documents.typesetting import Laid, LaidText

if TYPE_CHECKING:
    from weasyprint import CSS

NUMERALS = {"fa": "persian", "my": "myanmar", "bn": "bengali"}  # of numbered lists, where they are not 1, 2, 3
UNBROKEN = 45  # characters of the sender's line that stay together


def set_blocks(blocks: Sequence[Block]) -> list[SetBlock]:
    """The blocks, which are all of one type, in their order."""
    type_ = blocks[0].type
    laid = typesetting.lay_out(_source(type_, blocks), _stylesheets(type_))
    return [_set(one, type_.language) for one in laid]


def _source(type_: LetterType, blocks: Sequence[Block]) -> str:
    """The blocks as XML with the element names of HTML."""
    return _template().render(
        blocks=blocks,
        language=type_.language,
        direction="rtl" if type_.right_to_left else "ltr",
        tight=type_.tight,
        separator=SEPARATOR,
        unbroken=UNBROKEN,
        alike=alike,
        way_of=way_of,
        shown=partial(_shown, type_.language),
        slants=partial(fonts.slants, language=type_.language),
    )


def _set(laid: Laid, language: str) -> SetBlock:
    return SetBlock(tuple(_set_line(text, language) for text in laid.texts), laid.height)


def _set_line(text: LaidText, language: str) -> SetLine:
    look = Look(text.families, language, text.style, text.right_to_left)
    role = ("Lbl" if text.marker else "LBody") if text.item else ""
    return SetLine(shaping.shape(text.text, look), text.x, text.y, text.size, text.bottom, text.item, role)


def _shown(language: str, text: str) -> str:
    return shown(text, language)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(resources.TEMPLATES / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("blocks.html")


@cache
def _common_stylesheet() -> CSS:
    return typesetting.css(Path(__file__).with_name("letter.css").read_text())


@lru_cache(256)
def _stylesheets(type_: LetterType) -> tuple[CSS, ...]:
    rules = f"""
        html {{ font-family: {typesetting.font_family(type_.families)} }}
        .plain, li::marker {{ font-family: {typesetting.font_family(type_.plain_families)} }}
        li::marker {{ line-height: {type_.leading - type_.lowered:.3f} }}
        ol {{ list-style-type: {NUMERALS.get(type_.language, "decimal")} }}
    """
    return _common_stylesheet(), typesetting.css(rules)
