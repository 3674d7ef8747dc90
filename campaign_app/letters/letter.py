"""A finished letter, said once: both writers set this same value on paper."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. A ``\\n`` in it is a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; ``own`` marks the writer's own words."""

    runs: tuple[Run, ...]
    own: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A bulleted or numbered list in the body; each item is a line of runs."""

    items: tuple[tuple[Run, ...], ...]
    ordered: bool = False

    @property
    def text(self) -> str:
        return "\n".join("".join(run.text for run in item) for item in self.items)


Block = Paragraph | ItemList


@dataclass(frozen=True, slots=True)
class ByHand:
    """Lines that a guest fills in with a pen, each with what belongs on it, in the letter's language.

    The name and ``address_lines`` of the address stand at the head, signature and name at the end.
    """

    name: str
    address: str
    signature: str
    address_lines: int = 2

    @property
    def head(self) -> tuple[str, ...]:
        """What stands at the beginning of the lines at the head; a line that goes on has nothing."""
        return (self.name, *(self.address, *[""] * self.address_lines)[: self.address_lines])

    @property
    def end(self) -> tuple[str, ...]:
        """What stands at the beginning of the lines at the end."""
        return self.signature, self.name


@dataclass(frozen=True, slots=True)
class Letter:
    """One appeal from one writer to one addressee.

    Every string is plain text, NFC, and never markup. ``language`` is a BCP 47 tag (``en``, ``ko``, ``zh-Hant``);
    it decides direction, fonts and hyphenation. ``sender`` and ``addressee`` are postal lines as they are written
    on paper, the addressee's country last. ``link`` is the address that the QR code at the foot opens; an empty
    ``link`` or ``reference`` leaves it out (as in a preview). ``by_hand`` are ruled lines for a writer who is not
    known yet: then ``name`` is empty, and ``sender`` has only what stands below the lines.
    """

    language: str
    sender: tuple[str, ...]
    place_and_date: str
    addressee: tuple[str, ...]
    subject: str
    salutation: str
    body: tuple[Block, ...]
    closing: str
    name: str
    copies: tuple[str, ...] = ()
    copies_label: str = "cc"
    reference: str = ""
    link: str = ""
    by_hand: ByHand | None = None

    @property
    def return_line(self) -> str:
        """The sender in one line, for the small print above an address window."""
        return " · ".join(self.sender)

    @property
    def digest(self) -> str:
        """SHA-256 of everything the letter says, as hexadecimal digits."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """The letter as JSON, from which ``from_json`` makes an equal one."""
        values = _values(self)
        if self.by_hand is None:
            del values["by_hand"]  # as it was before there were such letters, so that digests stay
        return _JSON.encode(values)

    @classmethod
    def from_json(cls, source: str) -> Letter:
        """The letter that ``to_json`` wrote."""
        values: dict[str, Any] = json.loads(source)
        for key in ("sender", "addressee", "copies"):
            values[key] = tuple(values[key])
        values["body"] = tuple(_block(block) for block in values["body"])
        if by_hand := values.get("by_hand"):
            values["by_hand"] = ByHand(**by_hand)
        return cls(**values)


def _values(said: Any) -> dict[str, Any]:
    """The fields of one dataclass; the encoder asks for those within it."""
    return {name: getattr(said, name) for name in said.__slots__}


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_values)


def _block(values: dict[str, Any]) -> Block:
    if "items" in values:
        return ItemList(tuple(_runs(item) for item in values["items"]), values["ordered"])
    return Paragraph(_runs(values["runs"]), values["own"])


def _runs(values: list[dict[str, Any]]) -> tuple[Run, ...]:
    return tuple(Run(**run) for run in values)
