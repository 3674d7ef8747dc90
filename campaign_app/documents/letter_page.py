"""A letter as a stack of blocks on its page: where sender, date, address, body and closing stand.

Nothing is drawn here, and no line is broken: the blocks are set, and this says where they go. Lengths are in pt from
the page's top left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from unicodedata import category, east_asian_width

from campaign_app.documents.address_sizes import Address, addresses
from campaign_app.documents.blocks import BY_HAND, PEN, Block, SetBlock
from campaign_app.documents.letter_type import LetterType, is_plain, letter_type
from campaign_app.documents.paper import LEAST_MARGIN, SIDE_MARGIN, Layout, Window
from campaign_app.letters.letter import ItemList, Letter

MM = 72 / 25.4  # in pt

HEAD_GAP = 10.0  # mm between the blocks at the head of a letter
BELOW_WINDOW = 8.5  # mm; two lines, as DIN 5008 has it
ROOM_FOR_SENDER = 33.0  # mm above a window; with less the sender stands beside it
SENDER_WIDTH, DATE_WIDTH, ADDRESS_WIDTH = 95.0, 60.0, 100.0  # mm
RETURN_POINTS, RETURN_LEADING = 8.0, 1.2

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

Setter = Callable[[Block], SetBlock]
"""Sets a block."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block at its place; ``kind`` is that of the block."""

    kind: str
    block: SetBlock
    x: float
    y: float

    @property
    def bottom(self) -> float:
        return self.y + self.block.height


@dataclass(frozen=True)
class LetterPage:
    """A letter's blocks in the order in which they are read, page by page; and what does not fit the window."""

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
        window = self.window or Window("", SIDE_MARGIN, 0, ADDRESS_WIDTH, 0, inset=0)
        self.beside, self.top_beside = (window.right + HEAD_GAP) * MM, (window.y + 5) * MM
        self.address_left, self.address_width = (window.x + window.inset) * MM, (window.width - window.inset) * MM

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
    """The letter on its page, set a little tighter where it would run over; on several where that is not enough."""
    arranged = _arranged(letter, layout, letter_type(letter.language, layout.points, False), setter)
    if len(arranged.pages) > 1:
        arranged = _arranged(letter, layout, letter_type(letter.language, layout.points, True), setter)
    return arranged


def _arranged(letter: Letter, layout: Layout, type_: LetterType, setter: Setter) -> LetterPage:
    frame = frame_of(layout, type_.right_to_left)
    head, bottom, outside = _head(letter, frame, type_, setter)
    sheets = _Sheets(frame, head, bottom)
    for block in _flow(letter, frame, type_):
        placed = Placed(block.kind, setter(block), frame.left, 0.0)
        sheets.add(placed, AFTER[block.kind][type_.tight] * type_.points)
    sheets.add_whole(list(_closing(letter, frame, type_, setter)))
    if letter.reference:
        sheets.append(_reference(letter, frame, type_, setter))
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
        if height > self._frame.bottom - self._frame.top:
            for placed, _ in group:
                self.add(placed, 0.0)
            return
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
    placed, bottom = (_beside if frame.is_beside else _above)(letter, frame, type_, setter)
    window = frame.window
    if not window:
        (size,) = addresses(len(letter.addressee), frame.layout)
        address = setter(_addressee(letter, frame, size, type_))
        y = bottom + HEAD_GAP * MM
        placed.append(Placed("addressee", address, frame.start(ADDRESS_WIDTH * MM), y))
        return placed, y + address.height + (HEAD_GAP + 2) * MM, ()
    if window.return_line and letter.sender and not letter.by_hand:
        line = Block(type_, "return", letter.sender, frame.address_width, RETURN_POINTS, RETURN_LEADING, "left")
        placed.append(Placed("return", setter(line), frame.address_left, (window.y + 1) * MM))
    outside = _add_address(letter, frame, window, type_, setter, placed)
    return placed, max(bottom, (window.bottom + BELOW_WINDOW) * MM), outside


def _above(letter: Letter, frame: Frame, type_: LetterType, setter: Setter) -> tuple[list[Placed], float]:
    """The sender at the top of the page with the date across from it, and where that ends."""
    width = SENDER_WIDTH * MM
    sender = setter(_sender(letter, width, type_))
    placed = [Placed("sender", sender, frame.start(width), frame.top)]
    if letter.place_and_date:
        width = DATE_WIDTH * MM
        placed.append(Placed("date", setter(_date(letter, width, "end", type_)), frame.end(width), frame.top))
    return placed, frame.top + sender.height


def _beside(letter: Letter, frame: Frame, type_: LetterType, setter: Setter) -> tuple[list[Placed], float]:
    """The sender beside the window with the date below it, and where that ends."""
    width = frame.right - frame.beside
    sender = setter(_sender(letter, width, type_))
    placed = [Placed("sender", sender, frame.beside, frame.top_beside)]
    bottom = frame.top_beside + sender.height + type_.points
    if letter.place_and_date:
        date = setter(_date(letter, width, "start", type_))
        placed.append(Placed("date", date, frame.beside, bottom))
        bottom += date.height
    return placed, bottom


def _add_address(
    letter: Letter, frame: Frame, window: Window, type_: LetterType, setter: Setter, placed: list[Placed]
) -> tuple[str, ...]:
    """Adds the address in the largest type that fits the window; the fields that fit in none."""
    outside: tuple[str, ...] = ()
    for size in addresses(len(letter.addressee), frame.layout):
        block = setter(_addressee(letter, frame, size, type_))
        address = Placed("addressee", block, frame.address_left, (LEAST_MARGIN + (size.top or 0)) * MM)
        outside = tuple(_misplaced(address, placed, frame, window))
        if "addressee" not in outside:
            break
    placed.append(address)
    return outside


def _misplaced(address: Placed, placed: list[Placed], frame: Frame, window: Window) -> Iterator[str]:
    """The fields that do not keep to the window, or out of it."""
    sender, line = placed[0], placed[-1]
    top = line.bottom if line.kind == "return" else window.y * MM
    if address.y < top - TOLERANCE or address.bottom > window.bottom * MM + TOLERANCE:
        yield "addressee"
    width = frame.right - sender.x if frame.is_beside else SENDER_WIDTH * MM
    beside = sender.x > window.right * MM or sender.x + width < window.x * MM
    if not beside and sender.bottom > window.y * MM:
        yield "sender"


# Blocks


def _sender(letter: Letter, width: float, type_: LetterType) -> Block:
    if letter.by_hand:
        return Block(type_, BY_HAND, (letter.by_hand.head, letter.sender), width, type_.points, type_.leading)
    above = type_.above * type_.points if letter.sender and not is_plain(letter.sender[0]) else 0.0
    return Block(type_, "sender", letter.sender, width, type_.points, type_.leading, above=above)


def _date(letter: Letter, width: float, align: str, type_: LetterType) -> Block:
    return Block(
        type_, "date", letter.place_and_date, width, type_.points, type_.leading, align, type_.above * type_.points
    )


def _addressee(letter: Letter, frame: Frame, address: Address, type_: LetterType) -> Block:
    align = "left" if frame.window else "start"
    return Block(type_, "addressee", letter.addressee, frame.address_width, address.size, address.leading, align)


def _flow(letter: Letter, frame: Frame, type_: LetterType) -> Iterator[Block]:
    """What stands between head and closing, over the whole width."""
    for kind, text in (("subject", letter.subject), ("salutation", letter.salutation)):
        if text:
            yield Block(type_, kind, text, frame.measure, type_.points, type_.leading)
    for part in letter.body:
        kind = "list" if isinstance(part, ItemList) else "paragraph"
        yield Block(type_, kind, part, frame.measure, type_.points, type_.leading)


def _closing(letter: Letter, frame: Frame, type_: LetterType, setter: Setter) -> Iterator[tuple[Placed, float]]:
    """Closing, printed name and copies, each with its distance from the top of them all."""
    points, free = type_.points, frame.measure - FREE_FOR_CODE * MM
    y = BEFORE_CLOSING * points
    if letter.closing:
        closing = setter(Block(type_, "closing", letter.closing, frame.measure, points, type_.leading))
        yield Placed("closing", closing, frame.left, 0.0), y
        y += closing.height
    y += FOR_SIGNATURE[type_.tight] * MM
    name = setter(_name(letter, free, type_))
    if letter.by_hand:
        y -= PEN  # the first of the lines is to be signed on
    yield Placed("name", name, frame.start(free), 0.0), y
    if letter.copies:
        y += name.height + COPIES_GAP * COPIES_SIZE * points
        size = COPIES_SIZE * points
        width = _label_width(letter.copies_label, free, size)
        label = setter(Block(type_, "label", (letter.copies_label,), width, size, type_.leading))
        yield Placed("label", label, frame.start(width), 0.0), y
        copies = setter(Block(type_, "copies", letter.copies, free - width, size, type_.leading))
        yield Placed("copies", copies, frame.start(free - width, width), 0.0), y


def _name(letter: Letter, width: float, type_: LetterType) -> Block:
    if letter.by_hand:
        return Block(type_, BY_HAND, (letter.by_hand.end, ()), width, type_.points, type_.leading)
    return Block(type_, "name", (letter.name,), width, type_.points, type_.leading)


def _reference(letter: Letter, frame: Frame, type_: LetterType, setter: Setter) -> Placed:
    size, width = type_.points * REFERENCE_SIZE, REFERENCE_WIDTH * MM
    block = setter(Block(type_, "reference", letter.reference, width, size, REFERENCE_LEADING, "end"))
    return Placed("reference", block, frame.end(width, REFERENCE_FROM_EDGE * MM), frame.bottom - block.height)


@lru_cache(256)
def _label_width(text: str, room: float, size: float) -> float:
    """About how wide a short text is with a space behind it; a long one takes half of the room."""
    drawn = [character for character in text[:40] if not category(character).startswith("M")]
    widths = (1 if east_asian_width(character) in "WF" else 0.55 if character.isascii() else 0.7 for character in drawn)
    return min((sum(widths) + 1) * size, room / 2)


def _marks(layout: Layout) -> Iterator[tuple[float, float, float, float]]:
    window = layout.window or Window("", 0, 0, 0, 0)
    marks = [(y, FOLD_MARK) for y in window.folds_on(layout.paper)]
    marks += [(window.punch, PUNCH_MARK)] if window.punch else []
    for y, length in marks:
        yield MARK_LEFT * MM, (y - MARK_THICKNESS / 2) * MM, length * MM, MARK_THICKNESS * MM
