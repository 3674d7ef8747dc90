"""A letter as WeasyPrint alone sets it: the whole page in one call, written by its own hand.

Letters are stacked from blocks that are set one by one, each by the shaper where it needs no layout. That is only right
if what comes out is what a browser's engine makes of the same letter; here is that other way, to be held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pydyf
import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS

from campaign_app import languages
from campaign_app.documents import fonts, letter_page, qr_code, typesetting
from campaign_app.documents.address_sizes import addresses
from campaign_app.documents.blocks import SEPARATOR
from campaign_app.documents.letter_page import (
    BELOW_WINDOW,
    HEAD_GAP,
    MM,
    RETURN_POINTS,
    ROOM_FOR_SENDER,
    frame_of,
)
from campaign_app.documents.letter_type import LetterType, alike, letter_type, shown, way_of
from campaign_app.documents.paper import LEAST_MARGIN, SIDE_MARGIN, Layout
from campaign_app.documents.paragraphs import NUMERALS
from campaign_app.letters.letter import Letter

HERE = Path(__file__).parent
CODE_URL = "code:letter"
TEMPLATE = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
).get_template("whole_page.html")


class QRCode:
    """The picture of a code for WeasyPrint, a rectangle a stretch of dark modules."""

    def __init__(self, content: str) -> None:
        self.matrix = segno.make(
            content, error=qr_code.LEVEL, micro=False, boost_error=False, mask=qr_code.MASK, mode="byte"
        ).matrix

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, float]:
        return float(len(self.matrix)), float(len(self.matrix)), 1.0

    def draw(self, stream: pydyf.Stream, width: float, height: float, _style: object) -> None:
        stream.transform(a=width / len(self.matrix), d=height / len(self.matrix))
        stream.set_color_rgb(0, 0, 0)
        for y, row in enumerate(self.matrix):
            for x, dark in enumerate(row):
                if dark:
                    stream.rectangle(x, y, 1, 1)
        stream.fill()


def write(letter: Letter, layout: Layout) -> bytes:
    """The letter as WeasyPrint sets it, in the type that ours is set in."""
    loose = letter_type(letter.language, layout.points, False)
    document = _document(letter, layout, loose)
    if len(document.pages) > 1:
        document = _document(letter, layout, letter_type(letter.language, layout.points, True))
    for page in document.pages:
        page.anchors.clear()
    written: bytes = document.write_pdf()
    return written


def _document(letter: Letter, layout: Layout, type_: LetterType) -> typesetting.HTML:
    """The address is set as ours is: that it fits its window is another test's business."""
    source = TEMPLATE.render(
        letter=letter,
        tight=type_.tight,
        direction=languages.direction(letter.language),
        return_line=layout.window is not None and layout.window.return_line and letter.sender,
        address_style=_address_style(letter, layout),
        marks=_marks(layout),
        label_width=letter_page._label_width(letter.copies_label, 1000, 1),
        code=CODE_URL,
        separator=SEPARATOR,
        shown=lambda text: shown(text, letter.language),
        slants=lambda text: fonts.slants(text, letter.language),
        groups=lambda lines: alike(tuple(lines)),
        way_of=way_of,
    )
    pictures = {CODE_URL: QRCode(letter.link)} if letter.link else {}
    return typesetting._XML(source).render(
        font_config=typesetting._font_configuration(), stylesheets=_stylesheets(layout, type_), cache=pictures
    )


def _address_style(letter: Letter, layout: Layout) -> str:
    from campaign_app.documents.galley import Galley

    page = Galley().arrange(letter, layout)
    address = next(placed for placed in page.pages[0] if placed.kind == "addressee")
    sizes = addresses(len(letter.addressee), layout)
    chosen = next(one for one in sizes if not address.block.lines or one.size == address.block.lines[0].size)
    place = "" if chosen.top is None else f"; top: {chosen.top:.4f}mm"
    return f"font-size: {chosen.size}pt; line-height: {chosen.leading:.6f}{place}"


def _marks(layout: Layout) -> Iterator[str]:
    for x, y, width, height in frame_of(layout, False).marks:
        top, left = y + height / 2 - LEAST_MARGIN * MM, x - SIDE_MARGIN * MM
        yield f"top: {top:.3f}pt; left: {left:.3f}pt; width: {width:.3f}pt"


def _stylesheets(layout: Layout, type_: LetterType) -> Sequence[CSS]:
    size = f"{layout.paper.width}mm {layout.paper.height}mm"
    rules = f"""
        @page {{ size: {size}; margin: {LEAST_MARGIN}mm {SIDE_MARGIN}mm }}
        html {{ font-size: {layout.points}pt; line-height: {type_.leading} }}
        html {{ font-family: {typesetting.font_family(type_.families)} }}
        .plain, li::marker {{ font-family: {typesetting.font_family(type_.plain_families)} }}
        li::marker {{ line-height: {type_.leading - type_.lowered:.3f} }}
        #sender p:first-child:not(.plain), .date {{ padding-top: {type_.above}em }}
        ol {{ list-style-type: {NUMERALS.get(type_.language, "decimal")} }}
    """
    common = typesetting.css((HERE / "whole_page.css").read_text())
    return common, typesetting.css(rules + _head(layout))


def _head(layout: Layout) -> str:
    window = layout.window
    if not window:
        return f"#addressee {{ margin: {HEAD_GAP}mm 0 {HEAD_GAP + 2}mm; width: 100mm }}"
    left, width = window.x + window.inset - SIDE_MARGIN, window.width - window.inset
    rules = f"""
        #head {{ min-height: {window.bottom + BELOW_WINDOW - LEAST_MARGIN}mm }}
        #addressee, #return {{ position: absolute; left: {left}mm; width: {width}mm }}
        #addressee p, #return {{ text-align: left }}
        #return {{ top: {window.y + 1 - LEAST_MARGIN}mm; font-size: {RETURN_POINTS}pt; line-height: 1.2 }}
    """
    if window.y - LEAST_MARGIN < ROOM_FOR_SENDER:
        beside = window.right + HEAD_GAP - SIDE_MARGIN
        rules += f"""
            #sender, .date {{ position: static; width: auto; margin-left: {beside}mm; text-align: start }}
            #sender {{ padding-top: {window.y - LEAST_MARGIN + 5}mm; margin-bottom: 1em }}
        """
    return rules
