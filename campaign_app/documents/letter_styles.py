"""The named styles of a letter in a word processor, as plain values.

Sizes and spaces are those of ``letter.css`` and ``letter_page.py``, so that a letter is the same page in both formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from campaign_app.documents import fonts
from campaign_app.documents.letter_page import BELOW_WINDOW, HEAD_GAP, ROOM_FOR_SENDER
from campaign_app.documents.letter_type import TIGHTER
from campaign_app.documents.paper import LEAST_MARGIN, SIDE_MARGIN, Layout, Window
from campaign_app.documents.script_runs import RIGHT_TO_LEFT, script_of_language

POINTS = 72 / 25.4  # in a mm
BULLETS, NUMBERS = 1, 2  # numbers of the lists that styles refer to
LATIN, END = " Latin", " End"  # end the names of styles for Latin lines in other letters and for the last of a list
SENDER_WIDTH, ADDRESS_WIDTH, DATE_WIDTH, CODE_ROOM = 95.0, 100.0, 60.0, 45.0  # mm
CODE_SIZE, CODE_GAP = 16.0, 3.0  # mm; of the QR code, and between the reference and the code
SMALL_PRINT = 8.0  # pt
LIST_INDENT = 1.85  # of items, and how far their bullets and numbers hang out of it, in sizes of the text
HANGING = {BULLETS: 0.85, NUMBERS: 1.4}
PLAIN_LEADING = 1.35  # of the sender's lines, the name and the copies in Latin letters


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a letter's page and styles depend on.

    The address has its size in pt, its leading in sizes, and its top in mm where it stands in a window.
    """

    language: str
    layout: Layout
    address_size: float
    address_leading: float
    address_top: float = 0
    tight: bool = False

    @property
    def script(self) -> str:
        return script_of_language(self.language)

    @property
    def right_to_left(self) -> bool:
        return self.script in RIGHT_TO_LEFT

    @property
    def leading(self) -> float:
        return fonts.leading(self.language) * (TIGHTER if self.tight else 1)

    @property
    def above(self) -> float:
        """How far the first line has to stand below the margin for a font that is higher than its lines, in pt."""
        return max(0, sum(fonts.reach(fonts.stack(self.language)[0])) - self.leading) / 2 * self.layout.points


@dataclass(frozen=True, slots=True)
class Frame:
    """A place for paragraphs outside the flow, in mm from the page's top left corner; it is as high as they need."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: sizes and spaces in pt, indents in mm, leading in sizes of the text.

    ``align`` is ``right`` for the far end of a line, which in a line from right to left is at the left.
    """

    name: str
    based_on: str = "Normal"
    followed_by: str = ""
    frame: Frame | None = None
    size: float = 0
    leading: float = 0
    before: float = 0
    after: float = 0
    space_within: bool = True  # whether spaces also stand between two paragraphs of this style
    indent: float = 0
    hanging: float = 0
    far_indent: float = 0
    align: str = ""
    left_to_right: bool = False
    bold: bool = False
    heading: bool = False
    keep_with_next: bool = False
    numbering: int = 0


FOLD_MARK = Style("Fold Mark", size=1, leading=1, left_to_right=True)
# LibreOffice mirrors the places of frames that stand before a paragraph from right to left: this one comes between.
ANCHOR = Style("Anchor", size=1, leading=1, left_to_right=True)


@lru_cache(256)
def styles(setting: Setting) -> dict[str, Style]:
    """The paragraph styles by name."""
    head = _head_around_window(setting, setting.layout.window) if setting.layout.window else _head(setting)
    normal = Style("Normal", leading=setting.leading)
    return {style.name: style for style in (normal, *head, *_body(setting), *_end(setting), *_margins(setting))}


def _head(setting: Setting) -> Iterator[Style]:
    """Sender and address one below the other, the date beside the sender."""
    text_width = setting.layout.paper.width - 2 * SIDE_MARGIN
    yield from _with_latin(setting, _sender(setting, far_indent=text_width - SENDER_WIDTH))
    yield _date(setting)
    address = _address(
        setting, before=HEAD_GAP * POINTS, after=(HEAD_GAP + 2) * POINTS, space_within=False,
        far_indent=text_width - ADDRESS_WIDTH,
    )  # fmt: skip
    yield from _with_latin(setting, address)


def _head_around_window(setting: Setting, window: Window) -> Iterator[Style]:
    """The address in the window, the sender and the date above it or, where there is no room, beside it."""
    if window.y - LEAST_MARGIN < ROOM_FOR_SENDER:
        x = window.right + HEAD_GAP
        beside = Frame(x, window.y + 5, setting.layout.paper.width - SIDE_MARGIN - x)
        yield from _with_latin(setting, _sender(setting, frame=beside))
        yield Style("Place and Date", frame=beside, before=setting.layout.points + setting.above)
    else:
        yield from _with_latin(setting, _sender(setting, frame=_near_frame(setting, SENDER_WIDTH)))
        yield _date(setting)
    x, width = window.x + window.inset, window.width - window.inset
    yield Style("Return Line", frame=Frame(x, window.y + 1, width), size=SMALL_PRINT, leading=1.2, left_to_right=True)
    address = _address(setting, frame=Frame(x, setting.address_top, width))
    yield replace(address, align="right" if setting.right_to_left else "")  # at the window's left edge either way
    if setting.script != "Latn":
        yield replace(address, name=address.name + LATIN, left_to_right=True)


def _sender(setting: Setting, **place: Any) -> Style:
    leading = PLAIN_LEADING if setting.script == "Latn" else setting.leading
    return Style("Sender", leading=leading, before=setting.above, space_within=False, **place)


def _date(setting: Setting) -> Style:
    return Style("Place and Date", frame=_far_frame(setting, DATE_WIDTH), before=setting.above, align="right")


def _address(setting: Setting, **place: Any) -> Style:
    return Style("Addressee", size=setting.address_size, leading=setting.address_leading, **place)


def _with_latin(setting: Setting, style: Style) -> Iterator[Style]:
    """The style, and where letters are in another script one for the Latin lines among its own."""
    yield style
    if setting.script != "Latn":
        align = "right" if setting.right_to_left else ""
        latin = replace(style, name=style.name + LATIN, left_to_right=True, align=align)
        yield replace(latin, leading=PLAIN_LEADING, before=0) if style.name == "Sender" else latin


def _body(setting: Setting) -> Iterator[Style]:
    em, tight, window = setting.layout.points, setting.tight, setting.layout.window
    gap = (0.45 if tight else 0.62) * em
    yield Style(
        "Subject", followed_by="Salutation", bold=True, heading=True, keep_with_next=True,
        before=(window.bottom + BELOW_WINDOW - LEAST_MARGIN) * POINTS if window else 0,
        after=(0.8 if tight else 1.15) * em,
    )  # fmt: skip
    yield Style("Salutation", followed_by="Body Text", after=gap, keep_with_next=True)
    yield Style("Body Text", after=gap)
    for name, kind in (("List Bullet", BULLETS), ("List Number", NUMBERS)):
        items = Style(name, numbering=kind, indent=LIST_INDENT * em / POINTS, hanging=HANGING[kind] * em / POINTS)
        yield replace(items, after=0 if tight else 0.2 * em)
        yield Style(name + END, based_on=name, followed_by="Body Text", after=gap)


def _end(setting: Setting) -> Iterator[Style]:
    em, small = setting.layout.points, 0.9 * setting.layout.points
    leading = PLAIN_LEADING if setting.script == "Latn" else setting.leading
    room_to_sign = 15.5 if setting.tight else 17.0
    yield Style("Closing", followed_by="Signature", before=0.4 * em, keep_with_next=True)
    yield Style(
        "Signature", followed_by="Copies", leading=leading, before=room_to_sign * POINTS, far_indent=CODE_ROOM
    )  # fmt: skip
    yield Style("Copies", size=small, leading=leading, before=0.9 * small, far_indent=CODE_ROOM)


def _margins(setting: Setting) -> Iterator[Style]:
    small, bottom = 0.68 * setting.layout.points, setting.layout.paper.height - LEAST_MARGIN
    frame = replace(_far_frame(setting, CODE_ROOM, CODE_SIZE + CODE_GAP), y=bottom - small / POINTS)
    align = "" if setting.right_to_left else "right"
    yield Style("Reference", size=small, leading=1, frame=frame, left_to_right=True, align=align)
    yield Style("footer", size=SMALL_PRINT, leading=1.4, left_to_right=True)
    if setting.layout.fold_marks:
        yield Style("header", left_to_right=True)
        yield FOLD_MARK
    if setting.right_to_left:
        yield ANCHOR


def _near_frame(setting: Setting, width: float) -> Frame:
    """A frame at the top of the page on the side where lines begin."""
    x = setting.layout.paper.width - SIDE_MARGIN - width if setting.right_to_left else SIDE_MARGIN
    return Frame(x, LEAST_MARGIN, width)


def _far_frame(setting: Setting, width: float, away: float = 0) -> Frame:
    """A frame at the top of the page on the side where lines end, ``away`` from the margin there."""
    x = SIDE_MARGIN + away if setting.right_to_left else setting.layout.paper.width - SIDE_MARGIN - away - width
    return Frame(x, LEAST_MARGIN, width)
