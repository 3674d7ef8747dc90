"""A letter as PDF: one page, tagged for accessibility (PDF/UA-1), the same bytes for the same letter and layout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from campaign_app import languages, resources
from campaign_app.documents import fonts, typesetting
from campaign_app.documents.laid_out import LaidOut
from campaign_app.documents.line_breaks import breakable
from campaign_app.documents.paper import LEAST_MARGIN, RETURN_ZONE, SIDE_MARGIN, Layout, Window
from campaign_app.documents.script_runs import is_left_to_right
from campaign_app.documents.unfit import OutsideWindow, TooLong
from campaign_app.letters.letter import Letter

if TYPE_CHECKING:
    from weasyprint import CSS

    from campaign_app.documents.typesetting import Box, Typeset

__all__ = ["LaidOut", "OutsideWindow", "TooLong", "lay_out", "write"]

POINT = 25.4 / 72  # mm
CODE_URL = "code:letter"
CLASSIC = Layout()

NUMERALS = {"fa": "persian", "my": "myanmar", "bn": "bengali"}  # of numbered lists, where they are not 1, 2, 3
TIGHTER = 0.92  # lines, where a letter would run over its page by a few lines

HEAD_GAP = 10.0  # mm between the blocks at the head of a letter
BELOW_WINDOW = 8.5  # mm; two lines, as DIN 5008 has it
ROOM_FOR_SENDER = 33.0  # mm above a window; with less the sender stands beside it

ADDRESS_SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0)  # pt
ADDRESS_LEADING = (1.12, 1.3)  # least and most, in sizes; capitals need little
DIN_LINES = 6  # of address below the notes
TOLERANCE = 0.1  # mm; WeasyPrint rounds

MARK_LEFT, FOLD_MARK, PUNCH_MARK = 5.0, 4.0, 6.0  # mm from the left edge, clear of where printers do not reach; lengths


def write(letter: Letter, layout: Layout = CLASSIC) -> bytes:
    """The letter as PDF/UA-1 on one page.

    Raises ``Unprintable``, ``TooLong`` or ``OutsideWindow`` for a letter that cannot be printed as it is.
    """
    return lay_out(letter, layout).finished()


def lay_out(letter: Letter, layout: Layout = CLASSIC) -> LaidOut:
    """The letter as PDF, also where it is not fit to be posted yet: for a look at it.

    What no font can draw stands as U+FFFD.
    """
    typeset, outside = _typeset(letter, layout)
    if typeset.pages > 1:
        typeset, outside = _typeset(letter, layout, tight=True)
    said = f"{letter.to_json()} {layout}".encode(errors="surrogatepass")
    identifier = hashlib.sha256(said).digest()[:16]
    return LaidOut(typeset.pdf(identifier), typeset.pages, fonts.find_unprintable(letter), outside)


@dataclass(frozen=True, slots=True)
class _Address:
    """How the address is set: size in pt, leading in sizes, top in mm from the top margin (or in the flow)."""

    size: float
    leading: float
    top: float | None = None

    @property
    def style(self) -> str:
        place = "" if self.top is None else f"; top: {self.top:.3f}mm"
        return f"font-size: {self.size}pt; line-height: {self.leading:.4f}{place}"


def _typeset(letter: Letter, layout: Layout, *, tight: bool = False) -> tuple[Typeset, tuple[str, ...]]:
    """The letter with its address in the largest type that fits the window, and the fields that fit in none."""
    stylesheets = _stylesheets(letter.language, layout, tight)
    pictures = {CODE_URL: typesetting.QRCode(letter.link)} if letter.link else {}
    *larger, smallest = _addresses(letter, layout)
    for address in larger:
        typeset = typesetting.typeset(_source(letter, layout, address, tight), stylesheets, pictures)
        if "addressee" not in _outside(typeset, layout.window):
            return typeset, _outside(typeset, layout.window)
    typeset = typesetting.typeset(_source(letter, layout, smallest, tight), stylesheets, pictures)
    return typeset, _outside(typeset, layout.window)


def _addresses(letter: Letter, layout: Layout) -> list[_Address]:
    """The ways to set the address, from the largest type on, that could fit; at least one."""
    if not layout.window:
        return [_Address(layout.points, ADDRESS_LEADING[1])]
    number = max(len(letter.addressee), 1)
    sizes = [size for size in ADDRESS_SIZES if size <= layout.points]
    fitting = [size for size in sizes if number * size * ADDRESS_LEADING[0] * POINT <= _room(layout.window, number)]
    return [_in_window(layout.window, number, size) for size in fitting or sizes[-1:]]


def _in_window(window: Window, number: int, size: float) -> _Address:
    room = _room(window, number)
    least, most = ADDRESS_LEADING
    leading = min(most, max(least, room / (number * size * POINT)))
    spare = room - number * size * leading * POINT
    above = window.height - room
    top = window.y + above + (0 if window.notes else spare / 2)
    return _Address(size, leading, top - LEAST_MARGIN)


def _room(window: Window, number: int) -> float:
    """The height in mm that an address of so many lines has in the window."""
    if number <= DIN_LINES:
        return window.height - window.notes
    return window.height - (RETURN_ZONE if window.return_line else 0)


def _outside(typeset: Typeset, window: Window | None) -> tuple[str, ...]:
    """The fields that do not keep to the window, or out of it."""
    if not window:
        return ()
    return tuple(_misplaced(typeset.boxes, window))


def _misplaced(boxes: Mapping[str, Box], window: Window) -> Iterator[str]:
    address, sender = boxes["addressee"], boxes["sender"]
    top = boxes["return"].bottom if "return" in boxes else window.y
    if address.top < top - TOLERANCE or address.bottom > window.bottom + TOLERANCE:
        yield "addressee"
    beside = sender.left > window.right or sender.right < window.x
    if not beside and sender.bottom > window.y:
        yield "sender"


def _source(letter: Letter, layout: Layout, address: _Address, tight: bool) -> str:
    """The letter as XML with the element names of HTML."""
    return _template().render(
        letter=letter,
        tight=tight,
        direction=languages.direction(letter.language),
        return_line=layout.window is not None and layout.window.return_line and letter.sender,
        address_style=address.style,
        marks=_marks(layout),
        label_width=_width(letter.copies_label) + 1,
        code=CODE_URL,
        shown=partial(_shown, letter.language),
        slants=partial(fonts.slants, language=letter.language),
        groups=_groups,
        way_of=_way_of,
    )


def _width(text: str) -> float:
    """About how wide a short text is, in sizes of it; WeasyPrint's own answer takes minutes for a long word."""
    drawn = [character for character in text[:40] if not category(character).startswith("M")]
    widths = (1 if east_asian_width(character) in "WF" else 0.55 if character.isascii() else 0.7 for character in drawn)
    return sum(widths)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(resources.TEMPLATES / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("letter.html")


def _shown(language: str, text: str) -> str:
    return breakable(fonts.without_unprintable(text), language)


def _groups(lines: Iterable[str]) -> Iterator[tuple[tuple[str, bool], str]]:
    """Lines that follow each other and run alike, by their direction and whether they are plain."""
    for kind, alike in groupby(lines, key=lambda line: (_way_of(line), fonts.is_plain(line))):
        yield kind, "\n".join(alike)


def _way_of(line: str) -> str:
    return "ltr" if is_left_to_right(line) else "rtl"


@cache
def _common_stylesheet() -> CSS:
    return typesetting.css(Path(__file__).with_name("letter.css").read_text())


@lru_cache(256)
def _stylesheets(language: str, layout: Layout, tight: bool) -> tuple[CSS, ...]:
    rules = (_page(layout), _type(language, layout, tight), _head(layout))
    return _common_stylesheet(), typesetting.css("\n".join(rules))


def _page(layout: Layout) -> str:
    size = f"{layout.paper.width}mm {layout.paper.height}mm"
    return f"@page {{ size: {size}; margin: {LEAST_MARGIN}mm {SIDE_MARGIN}mm }}"


def _marks(layout: Layout) -> Iterator[str]:
    """Styles of the marks at the left edge that say where to fold and to punch."""
    if not layout.fold_marks:
        return
    window = layout.window or Window("", 0, 0, 0, 0)
    marks = [(y, FOLD_MARK) for y in window.folds_on(layout.paper)]
    marks += [(window.punch, PUNCH_MARK)] if window.punch else []
    for y, length in marks:
        yield f"top: {y - LEAST_MARGIN:.2f}mm; left: {MARK_LEFT - SIDE_MARGIN}mm; width: {length}mm"


def _type(language: str, layout: Layout, tight: bool) -> str:
    stack = fonts.stack(language)
    plain = stack if fonts.has_latin(stack[0]) else (fonts.LATIN, *stack)
    leading = fonts.leading(language) * (TIGHTER if tight else 1)
    # Bullets and numbers come from the plain font, whose baseline is another.
    lowered = 2 * (_middle(plain[0]) - _middle(stack[0]))
    above = max(0, fonts.reach(stack[0])[0] - _middle(stack[0]) - leading / 2)
    return f"""
        html {{ font-size: {layout.points}pt; line-height: {leading:.3f} }}
        html {{ font-family: {typesetting.font_family(stack)} }}
        .plain, li::marker {{ font-family: {typesetting.font_family(plain)} }}
        li::marker {{ line-height: {leading - lowered:.3f} }}
        #sender p:first-child:not(.plain), .date {{ padding-top: {above:.3f}em }}
        ol {{ list-style-type: {NUMERALS.get(language, "decimal")} }}
    """


def _middle(family: str) -> float:
    """How high above the baseline the middle of a font's lines is, by which WeasyPrint places them."""
    ascent, descent = fonts.reach(family)
    return (ascent - descent) / 2


def _head(layout: Layout) -> str:
    """The places of sender, date and address."""
    window = layout.window
    if not window:
        return f"#addressee {{ margin: {HEAD_GAP}mm 0 {HEAD_GAP + 2}mm; width: 100mm }}"
    left, width = window.x + window.inset - SIDE_MARGIN, window.width - window.inset
    rules = f"""
        #head {{ min-height: {window.bottom + BELOW_WINDOW - LEAST_MARGIN}mm }}
        #addressee, #return {{ position: absolute; left: {left}mm; width: {width}mm }}
        #addressee p, #return {{ text-align: left }}
        #return {{ top: {window.y + 1 - LEAST_MARGIN}mm; font-size: 8pt; line-height: 1.2 }}
    """
    if window.y - LEAST_MARGIN < ROOM_FOR_SENDER:
        beside = window.right + HEAD_GAP - SIDE_MARGIN
        rules += f"""
            #sender, .date {{ position: static; width: auto; margin-left: {beside}mm; text-align: start }}
            #sender {{ padding-top: {window.y - LEAST_MARGIN + 5}mm; margin-bottom: 1em }}
        """
    return rules
