"""Why a scan is not taken as it is."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    UNKNOWN = "unknown"  # neither a picture that we know nor a PDF
    TOO_LARGE = "too large"  # more pixels or bytes than we are willing to decode
    TOO_MANY = "too many"  # pages
    ENCRYPTED = "encrypted"
    ACTIVE = "active"  # it would do something when it is opened


class Unreadable(Exception):
    """The file at place ``number``, counted from 1, cannot be drawn anew."""

    def __init__(self, why: Why, number: int) -> None:
        super().__init__(why, number)
        self.why = why
        self.number = number
