"""A letter on paper, fit to be posted or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from campaign_app.documents.unfit import OutsideWindow, TooLong, Unprintable


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A letter on however many pages it takes, and what is wrong with it.

    ``unprintable`` are characters that no font can draw, by the field that they stand in; ``outside`` names the fields
    that do not fit the window.
    """

    pdf: bytes
    pages: int
    unprintable: Mapping[str, list[str]]
    outside: tuple[str, ...] = ()

    def finished(self) -> bytes:
        """The PDF of a letter that is fit to be posted. Raises ``Unprintable``, ``TooLong`` or ``OutsideWindow``."""
        for field, characters in self.unprintable.items():
            raise Unprintable(field, characters)
        if self.pages > 1:
            raise TooLong(self.pages)
        for field in self.outside:
            raise OutsideWindow(field)
        return self.pdf

    def to_bytes(self) -> bytes:
        """What ``from_bytes`` makes an equal one of."""
        return json.dumps([self.pages, self.unprintable, self.outside]).encode() + b"\n" + self.pdf

    @classmethod
    def from_bytes(cls, source: bytes) -> LaidOut:
        head, _, pdf = source.partition(b"\n")
        pages, unprintable, outside = json.loads(head)
        return cls(pdf, pages, unprintable, tuple(outside))
