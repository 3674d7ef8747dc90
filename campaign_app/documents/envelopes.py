"""Envelopes: the sender at the upper left, the addressee where the post looks for it, a page each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from campaign_app.documents import address_block, marked_pdf, rulers
from campaign_app.documents.address_block import AddressBlock
from campaign_app.documents.marks import Box, Mark, MarkedPage, Text, moved
from campaign_app.documents.paper import (
    INTERNATIONAL,
    SENDER_CORNER,
    STAMPS,
    TRUE,
    EnvelopeLayout,
    EnvelopeSize,
    Offset,
)
from campaign_app.documents.rulers import Column, Words

ADDRESSEE_SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)  # pt; the post asks for 10 to 12, and 8 at least
SENDER_SIZES = (9.0, 8.5, 8.0)
GAP = 4.0  # mm that the sender keeps from the stamps and from the address
WORDS = 24.0  # mm from the left edge, where a test page says what it is for
POSTCODE, POSTCODE_ROOM = 1.25, 8.0  # sizes of the address; mm kept for it below

# 04560, (04560) or 우)04560, at the beginning or the end of a line. Korea has had five digits since August 2015.
_POSTCODE = r"(?:우\s*\)?\s*|우편번호\s*:?\s*)?[(\[]?(\d{5})[)\]]?"
_FIRST = re.compile(rf"^{_POSTCODE}(?:[\s,]+|$)")
_LAST = re.compile(rf"(?:^|[\s,]+){_POSTCODE}$")
_HANGUL = re.compile("[\uac00-\ud7a3]")


class Hint(StrEnum):
    """What costs more, or takes longer, than it need."""

    NOT_STANDARD = "not_standard"  # Korea's post asks more for this size
    NO_POSTCODE = "no_postcode"  # and more for an address at home without a postcode


@dataclass(frozen=True, slots=True)
class Envelope:
    """Postal lines as they stand on an envelope, the addressee's country last.

    The languages are those of the addresses; they choose among the fonts of Chinese characters and Arabic letters.
    """

    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    language: str = "en"
    sender_language: str = "en"

    @property
    def is_domestic_in_korea(self) -> bool:
        return any(map(_HANGUL.search, self.addressee))


def write(
    envelopes: Iterable[Envelope],
    size: EnvelopeSize,
    layout: EnvelopeLayout = INTERNATIONAL,
    offset: Offset = TRUE,
    title: str = "Envelopes",
) -> bytes:
    """All envelopes in one PDF, in their order, to be printed at 100 %.

    Raises ``NoRoom``, ``Unprintable`` or ``MissingDetail`` for the first that cannot be printed as it is.
    """
    return marked_pdf.write(pages(envelopes, size, layout, offset), title)


def write_to(
    stream: BinaryIO,
    envelopes: Iterable[Envelope],
    size: EnvelopeSize,
    layout: EnvelopeLayout = INTERNATIONAL,
    offset: Offset = TRUE,
    title: str = "Envelopes",
) -> None:
    """Writes the same as they come, however many."""
    marked_pdf.write_to(stream, pages(envelopes, size, layout, offset), title)


def write_test_page(size: EnvelopeSize, layout: EnvelopeLayout, words: Words, offset: Offset = TRUE) -> bytes:
    """An envelope with its zones and with rulers, to find out how far a printer has to be corrected."""
    column = Column(WORDS, layout.top + GAP, zone(size, layout)[0] - WORDS - GAP)
    marks = (*moved(_zones(size, layout, words), offset), *rulers.page(size.width, size.height, words, offset, column))
    return marked_pdf.write([MarkedPage(size.width, size.height, marks)], words.title, words.language)


def check(envelope: Envelope, size: EnvelopeSize, layout: EnvelopeLayout = INTERNATIONAL) -> None:
    """Raises ``NoRoom``, ``Unprintable`` or ``MissingDetail`` for an envelope that cannot be printed as it is."""
    page(envelope, size, layout)


def hints(envelope: Envelope, size: EnvelopeSize) -> list[Hint]:
    """What somebody who posts the envelope in Korea should know."""
    found = [] if size.is_standard_in_korea else [Hint.NOT_STANDARD]
    if envelope.is_domestic_in_korea and not postcode_apart(envelope.addressee)[1]:
        found.append(Hint.NO_POSTCODE)
    return found


def pages(
    envelopes: Iterable[Envelope], size: EnvelopeSize, layout: EnvelopeLayout, offset: Offset
) -> Iterator[MarkedPage]:
    """What stands where on each envelope."""
    return (page(envelope, size, layout, offset) for envelope in envelopes)


def page(envelope: Envelope, size: EnvelopeSize, layout: EnvelopeLayout, offset: Offset = TRUE) -> MarkedPage:
    """What stands where on one envelope."""
    marks = (*_sender(envelope, size, layout), *_addressee(envelope, size, layout))
    return MarkedPage(size.width, size.height, tuple(moved(marks, offset)))


def postcode_apart(lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Postal lines without the five digits of a Korean postcode, and these; an empty string where there are none."""
    for place, line in enumerate(lines):
        for pattern in (_FIRST, _LAST):
            if found := pattern.search(line.strip()):
                rest = (line.strip()[: found.start()] + line.strip()[found.end() :]).strip()
                return tuple(filter(None, (*lines[:place], rest, *lines[place + 1 :]))), found[1]
    return tuple(lines), ""


def _sender(envelope: Envelope, size: EnvelopeSize, layout: EnvelopeLayout) -> Iterator[Mark]:
    if any(line.strip() for line in envelope.sender):
        room = _sender_room(size, layout)
        block = address_block.fit(
            "sender", envelope.sender, envelope.sender_language, room, SENDER_SIZES
        )  # fmt: skip
        yield from block.at(SENDER_CORNER, SENDER_CORNER)


def _sender_room(size: EnvelopeSize, layout: EnvelopeLayout) -> tuple[float, float]:
    return size.width - STAMPS[0] - GAP - SENDER_CORNER, layout.top - GAP - SENDER_CORNER


def _addressee(envelope: Envelope, size: EnvelopeSize, layout: EnvelopeLayout) -> Iterator[Mark]:
    lines, postcode = tuple(envelope.addressee), ""
    if layout.postcode_apart and envelope.is_domestic_in_korea:
        lines, postcode = postcode_apart(lines)
    left, top, right, bottom = zone(size, layout)
    below = POSTCODE_ROOM if postcode else 0
    room = (right - left, bottom - top - below)
    block = address_block.fit("addressee", lines, envelope.language, room, ADDRESSEE_SIZES)
    upper = top + _spare(block, room, low=layout.low)
    yield from block.at(left, upper)
    if postcode:
        yield Text(right, bottom - 1, postcode, block.size * POSTCODE, envelope.language, align="right", strong=True)


def zone(size: EnvelopeSize, layout: EnvelopeLayout) -> tuple[float, float, float, float]:
    """The left, upper, right and lower edge of the place for the addressee."""
    left = max(layout.begins * size.width, size.width - layout.farthest)
    return left, layout.top, size.width - layout.right, size.height - layout.bottom


def _spare(block: AddressBlock, room: tuple[float, float], *, low: bool) -> float:
    """How far a block stands below the upper edge of its room."""
    return (room[1] - block.height) / (1 if low else 2)


def _zones(size: EnvelopeSize, layout: EnvelopeLayout, words: Words) -> Iterator[Mark]:
    """Where the addressee, the sender and the stamps belong; each with its name in the lower left corner."""
    left, top, right, bottom = zone(size, layout)
    wide, high = _sender_room(size, layout)
    zones = {
        words.addressee: Box(left, top, right - left, bottom - top, grey=True),
        words.sender: Box(SENDER_CORNER, SENDER_CORNER, wide, high, grey=True),
        words.stamps: Box(size.width - STAMPS[0], 0, STAMPS[0], STAMPS[1] - 1, grey=True),
    }
    for name, box in zones.items():
        yield box
        yield Text(box.x + 2, box.y + box.height - 2, name, SENDER_SIZES[-1], words.language)
