"""A letter as a stack of blocks on its page: where sender, date, address, body and closing stand.

Nothing is drawn here, and no line is broken: the blocks are set, and this says where they go. Lengths are in pt from
the page's top left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from unicodedata import category, east_asian_width

from campaign_app.documents.blocks import Block, SetBlock
from campaign_app.documents.letter_type import LetterType, is_plain, letter_type
from campaign_app.documents.paper import LEAST_MARGIN, RETURN_ZONE, SIDE_MARGIN, Layout, Window
from campaign_app.letters.letter import ItemList, Letter

MM = 72 / 25.4  # in pt

HEAD_GAP = 10.0  # mm between the blocks at the head of a letter
BELOW_WINDOW = 8.5  # mm; two lines, as DIN 5008 has it
ROOM_FOR_SENDER = 33.0  # mm above a window; with less the sender stands beside it
SENDER_WIDTH, DATE_WIDTH, ADDRESS_WIDTH = 95.0, 60.0, 100.0  # mm
RETURN_POINTS, RETURN_LEADING = 8.0, 1.2

ADDRESS_SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0)  # pt
ADDRESS_LEADING = (1.12, 1.3)  # least and most, in sizes; capitals need little
DIN_LINES = 6  # of address below the notes
TOLERANCE = 0.1 * MM  # of what is rounded

AFTER = {  # space below blocks, in sizes of the text: as a rule, and where a few lines more would fill the page
    "subject": (1.15, 0.8), "salutation": (0.62, 0.45), "paragraph": (0.62, 0.45), "list": (0.62, 0.45),
}  # fmt: skip
BEFORE_CLOSING = 0.4
FOR_SIGNATURE = (17.0, 15.5)  # mm above the printed name
FREE_FOR_CODE = 45.0  # mm beside name and copies
COPIES_SIZE, COPIES_GAP = 0.9, 0.9
REFERENCE_SIZE, REFERENCE_LEADING, REFERENCE_WIDTH, REFERENCE_FROM_EDGE = 0.68, 1.25, 40.0, 19.0
CODE_SIZE = 16.0  # mm

MARK_LEFT, FOLD_MARK, PUNCH_MARK, MARK_THICKNESS = 5.0, 4.0, 6.0, 0.2  # mm; clear of where printers do not reach

Setter = Callable[[Block, LetterType], SetBlock | None]
"""Gives a block that is set already, or makes a note of one that is not."""


class NotYetSet(Exception):
    """Some of the letter's blocks are not set yet. The setter knows them."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block at its place; ``kind`` is that of the block."""

    kind: str
    block: SetBlock
    x: float
    y: float


@dataclass(frozen=True)
class LetterPage:
    """A letter's blocks in the order in which they are read, page by page, and the fields that do not fit the window."""

    pages: tuple[tuple[Placed, ...], ...]
    outside: tuple[str, ...]


class Frame:
    """What layout and direction fix for all letters: the edges of the text, and where the window puts things."""

    def __init__(self, layout: Layout, right_to_left: bool) -> None:
        self.layout = layout
        self.window = layout.window
        self.right_to_left = right_to_left
        self.width, self.height = layout.paper.width * MM, layout.paper.height * MM
        self.left, self.right = SIDE_MARGIN * MM, (layout.paper.width - SIDE_MARGIN) * MM
        self.top, self.bottom = LEAST_MARGIN * MM, (layout.paper.height - LEAST_MARGIN) * MM
        self.measure = self.right - self.left
        self.is_beside = self.window is not None and self.window.y - LEAST_MARGIN < ROOM_FOR_SENDER
        beside = self.window.right + HEAD_GAP if self.window else SIDE_MARGIN
        self.beside = beside * MM

    def start(self, width: float, inset: float = 0.0) -> float:
        """The left edge of a block of this width that begins where lines begin."""
        return self.right - inset - width if self.right_to_left else self.left + inset

    def end(self, width: float, inset: float = 0.0) -> float:
        """The left edge of a block of this width that ends where lines end."""
        return self.left + inset if self.right_to_left else self.right - inset - width

    @cached_property
    def code(self) -> tuple[float, float]:
        """The upper left corner of the QR code."""
        return self.end(CODE_SIZE * MM), self.bottom - CODE_SIZE * MM

    @cached_property
    def marks(self) -> tuple[tuple[float, float, float, float], ...]:
        """The marks at the left edge that say where to fold and to punch: x, y, width and height."""
        return tuple(_marks(self.layout)) if self.layout.fold_marks else ()


@lru_cache(64)
def frame_of(layout: Layout, right_to_left: bool) -> Frame:
    """The frame, which is asked for many times."""
    return Frame(layout, right_to_left)


def arrange(letter: Letter, layout: Layout, setter: Setter) -> LetterPage:
    """The letter on its page, set a little tighter where it would run over; on several pages where that is not enough.

    Raises ``NotYetSet`` until the setter has all blocks.
    """
    arranged = _arranged(letter, layout, letter_type(letter.language, layout.points, False), setter)
    if len(arranged.pages) > 1:
        arranged = _arranged(letter, layout, letter_type(letter.language, layout.points, True), setter)
    return arranged


def _arranged(letter: Letter, layout: Layout, type_: LetterType, setter: Setter) -> LetterPage:
    frame = frame_of(layout, type_.right_to_left)
    flow = [(block, setter(block, type_)) for block in _flow(letter, frame, type_)]
    closing = [(block, setter(block, type_)) for block in _closing(letter, frame, type_)]
    reference = _reference(letter, type_)
    set_reference = setter(reference, type_) if letter.reference else None
    head, bottom, outside = _head(letter, frame, type_, setter)
    if any(found is None for _, found in chain(flow, closing)) or (letter.reference and not set_reference):
        raise NotYetSet
    sheets = _Sheets(frame, head, bottom)
    for block, found in flow:
        assert found
        sheets.add(Placed(block.kind, found, frame.left, 0.0), AFTER[block.kind][type_.tight] * type_.points)
    sheets.add_whole(list(_placed_closing(closing, frame, type_, letter)))
    if set_reference:
        x = frame.end(reference.width, REFERENCE_FROM_EDGE * MM)
        sheets.append(Placed("reference", set_reference, x, frame.bottom - set_reference.height))
    return LetterPage(tuple(map(tuple, sheets.pages)), outside)


class _Sheets:
    """Stacks blocks on a page, and on further ones where they do not fit."""

    def __init__(self, frame: Frame, head: list[Placed], y: float) -> None:
        self._frame = frame
        self._y = y
        self.pages = [head]

    def append(self, placed: Placed) -> None:
        """Adds what has its place already to the last page."""
        self.pages[-1].append(placed)

    def add(self, placed: Placed, after: float) -> None:
        """Adds a block below what there is, breaking it between lines where it does not fit."""
        block = placed.block
        while self._y + block.height > self._frame.bottom + TOLERANCE:
            head, rest = block.until(self._frame.bottom - self._y + TOLERANCE)
            if not head.lines and self._y <= self._frame.top:
                break  # not even a line fits on a page of its own
            if head.lines:
                self.append(Placed(placed.kind, head, placed.x, self._y))
                block = rest
            self._begin_page()
        self.append(Placed(placed.kind, block, placed.x, self._y))
        self._y += block.height + after

    def add_whole(self, group: list[tuple[Placed, float]]) -> None:
        """Adds blocks that stay together; each comes with the height from the top of the group to its own top."""
        height = max((top + placed.block.height for placed, top in group), default=0.0)
        if self._y + height > self._frame.bottom + TOLERANCE and self._y > self._frame.top:
            self._begin_page()
        for placed, top in group:
            self.append(Placed(placed.kind, placed.block, placed.x, self._y + top))

    def _begin_page(self) -> None:
        self.pages.append([])
        self._y = self._frame.top


# The head


def _head(
    letter: Letter, frame: Frame, type_: LetterType, setter: Setter
) -> tuple[list[Placed], float, tuple[str, ...]]:
    """Sender, date and address, where the head ends, and the fields that do not fit the window."""
    sender_block, date_block = _sender(letter, frame, type_), _date(letter, frame, type_)
    sender, date = setter(sender_block, type_), setter(date_block, type_)
    line = _return_line(letter, frame)
    set_line = setter(line, type_) if line else None
    if not sender or not date or (line and not set_line):
        raise NotYetSet
    top = frame.top
    if frame.is_beside and frame.window:
        x, y = frame.beside, (frame.window.y + 5) * MM
        placed = [Placed("sender", sender, x, y)]
        y += sender.height + type_.points
        placed.append(Placed("date", date, x, y))
        bottom = y + date.height
    else:
        placed = [Placed("sender", sender, frame.start(sender_block.width), top)]
        placed.append(Placed("date", date, frame.end(date_block.width), top))
        bottom = top + sender.height
    if not frame.window:
        address = _Address(type_.points, ADDRESS_LEADING[1])
        found = setter(_addressee(letter, frame, address), type_)
        if not found:
            raise NotYetSet
        y = bottom + HEAD_GAP * MM
        placed.append(Placed("addressee", found, frame.start(ADDRESS_WIDTH * MM), y))
        return placed, y + found.height + (HEAD_GAP + 2) * MM, ()
    x = (frame.window.x + frame.window.inset) * MM
    if set_line:
        placed.append(Placed("return", set_line, x, (frame.window.y + 1) * MM))
    addressee, outside = _in_window(letter, frame, type_, setter, placed)
    placed.append(Placed("addressee", addressee.block, x, addressee.y))
    return placed, max(bottom, (frame.window.bottom + BELOW_WINDOW) * MM), outside


@dataclass(frozen=True, slots=True)
class _Address:
    """How the address is set: size in pt, leading in sizes, and top where the window says it."""

    size: float
    leading: float
    top: float = 0.0


def _in_window(
    letter: Letter, frame: Frame, type_: LetterType, setter: Setter, placed: list[Placed]
) -> tuple[Placed, tuple[str, ...]]:
    """The address in the largest type that fits the window, and the fields that fit in none."""
    assert frame.window
    for address in _addresses(max(len(letter.addressee), 1), frame):
        found = setter(_addressee(letter, frame, address), type_)
        if not found:
            raise NotYetSet
        addressee = Placed("addressee", found, 0.0, address.top)
        outside = tuple(_misplaced(addressee, placed, frame, frame.window))
        if "addressee" not in outside:
            break
    return addressee, outside


@lru_cache(256)
def _addresses(number: int, frame: Frame) -> tuple[_Address, ...]:
    """The ways to set an address of so many lines, from the largest type on, that could fit; at least one."""
    assert frame.window
    sizes = [size for size in ADDRESS_SIZES if size <= frame.layout.points]
    room = _room(frame.window, number)
    fitting = [size for size in sizes if number * size * ADDRESS_LEADING[0] <= room]
    return tuple(_address(frame.window, number, size) for size in fitting or sizes[-1:])


def _address(window: Window, number: int, size: float) -> _Address:
    room = _room(window, number)
    least, most = ADDRESS_LEADING
    leading = min(most, max(least, room / (number * size)))
    spare = room - number * size * leading
    above = window.height * MM - room
    return _Address(size, leading, window.y * MM + above + (0 if window.notes else spare / 2))


def _room(window: Window, number: int) -> float:
    """The height that an address of so many lines has in the window."""
    if number <= DIN_LINES:
        return (window.height - window.notes) * MM
    return (window.height - (RETURN_ZONE if window.return_line else 0)) * MM


def _misplaced(addressee: Placed, placed: list[Placed], frame: Frame, window: Window) -> Iterator[str]:
    """The fields that do not keep to the window, or out of it."""
    line = next((one for one in placed if one.kind == "return"), None)
    top = line.y + line.block.height if line else window.y * MM
    bottom = addressee.y + addressee.block.height
    if addressee.y < top - TOLERANCE or bottom > window.bottom * MM + TOLERANCE:
        yield "addressee"
    sender = placed[0]
    width = frame.right - sender.x if frame.is_beside else SENDER_WIDTH * MM
    beside = sender.x > window.right * MM or sender.x + width < window.x * MM
    if not beside and sender.y + sender.block.height > window.y * MM:
        yield "sender"


# Blocks


def _sender(letter: Letter, frame: Frame, type_: LetterType) -> Block:
    above = type_.above * type_.points if letter.sender and not is_plain(letter.sender[0]) else 0.0
    width = frame.right - frame.beside if frame.is_beside else SENDER_WIDTH * MM
    return Block("sender", letter.sender, width, type_.points, type_.leading, above=above)


def _date(letter: Letter, frame: Frame, type_: LetterType) -> Block:
    width, align = (frame.right - frame.beside, "start") if frame.is_beside else (DATE_WIDTH * MM, "end")
    above = type_.above * type_.points if letter.place_and_date else 0.0
    return Block("date", letter.place_and_date, width, type_.points, type_.leading, align, above)


def _return_line(letter: Letter, frame: Frame) -> Block | None:
    if not (frame.window and frame.window.return_line and letter.sender):
        return None
    width = (frame.window.width - frame.window.inset) * MM
    return Block("return", letter.sender, width, RETURN_POINTS, RETURN_LEADING, "left")


def _addressee(letter: Letter, frame: Frame, address: _Address) -> Block:
    window = frame.window
    width, align = ((window.width - window.inset) * MM, "left") if window else (ADDRESS_WIDTH * MM, "start")
    return Block("addressee", letter.addressee, width, address.size, address.leading, align)


def _flow(letter: Letter, frame: Frame, type_: LetterType) -> Iterator[Block]:
    """What stands between head and closing, over the whole width."""
    for kind, text in (("subject", letter.subject), ("salutation", letter.salutation)):
        if text:
            yield Block(kind, text, frame.measure, type_.points, type_.leading)
    for part in letter.body:
        kind = "list" if isinstance(part, ItemList) else "paragraph"
        yield Block(kind, part, frame.measure, type_.points, type_.leading)


def _closing(letter: Letter, frame: Frame, type_: LetterType) -> Iterator[Block]:
    if letter.closing:
        yield Block("closing", letter.closing, frame.measure, type_.points, type_.leading)
    free = frame.measure - FREE_FOR_CODE * MM
    yield Block("name", (letter.name,), free, type_.points, type_.leading)
    if letter.copies:
        size = type_.points * COPIES_SIZE
        label = _label_width(letter.copies_label) * size
        yield Block("label", (letter.copies_label,), label, size, type_.leading)
        yield Block("copies", letter.copies, free - label, size, type_.leading)


def _reference(letter: Letter, type_: LetterType) -> Block:
    size = type_.points * REFERENCE_SIZE
    return Block("reference", letter.reference, REFERENCE_WIDTH * MM, size, REFERENCE_LEADING, "end")


def _placed_closing(
    closing: list[tuple[Block, SetBlock | None]], frame: Frame, type_: LetterType, letter: Letter
) -> Iterator[tuple[Placed, float]]:
    y = BEFORE_CLOSING * type_.points
    for block, found in closing:
        assert found
        if block.kind == "name":
            y += FOR_SIGNATURE[type_.tight] * MM
        if block.kind == "label":
            y += COPIES_GAP * block.size
        inset = _label_width(letter.copies_label) * block.size if block.kind == "copies" else 0.0
        yield Placed(block.kind, found, frame.start(block.width, inset), 0.0), y
        if block.kind != "label":
            y += found.height


@lru_cache(256)
def _label_width(text: str) -> float:
    """About how wide a short text is with a space behind it, in sizes of it."""
    drawn = [character for character in text[:40] if not category(character).startswith("M")]
    widths = (1 if east_asian_width(character) in "WF" else 0.55 if character.isascii() else 0.7 for character in drawn)
    return sum(widths) + 1


def _marks(layout: Layout) -> Iterator[tuple[float, float, float, float]]:
    window = layout.window or Window("", 0, 0, 0, 0)
    marks = [(y, FOLD_MARK) for y in window.folds_on(layout.paper)]
    marks += [(window.punch, PUNCH_MARK)] if window.punch else []
    for y, length in marks:
        yield MARK_LEFT * MM, (y - MARK_THICKNESS / 2) * MM, length * MM, MARK_THICKNESS * MM
