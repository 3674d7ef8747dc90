"""One writer of a run, in plain values. Pure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import Writer, guest
from campaign_app.letters.post import PostalAddress

NOTES = frozenset({"alike", "nationality", "no place"})  # kinds of problems with which a row can be printed
ADDRESS = ("street", "city", "region", "postcode", "country")


@dataclass(frozen=True, slots=True)
class WriterValues:
    """What is known of a writer: ``languages`` that they write, the best one first; a ``guest`` has no name yet."""

    name: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    nationality: str = ""
    occupation: str = ""
    message: str = ""
    guest: bool = False

    def at_home_in(self, country: str) -> WriterValues:
        """The same writer, in ``country`` unless another one is given."""
        return self if self.country else dataclasses.replace(self, country=country)

    def writer(self, introduction: str) -> Writer:
        """The writer as merge wants it."""
        if self.guest:
            return guest(self.country)
        address = PostalAddress(**{field: getattr(self, field) for field in ADDRESS})
        return Writer(self.name, address, introduction, self.message)

    def to_json(self) -> dict[str, Any]:
        return {key: value for key, value in dataclasses.asdict(self).items() if value}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> WriterValues:
        return cls(**values | {"languages": tuple(values.get("languages", ()))})


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter of a row as it was set on paper."""

    target_id: int
    title: str
    country: str
    language: str
    version_id: int
    reference: str
    token_hash: str
    letter: Letter

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(dataclasses.replace(self, letter=None)) | {"letter": self.letter.to_json()}  # type: ignore[arg-type]

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> MadeLetter:
        return cls(**values | {"letter": Letter.from_json(values["letter"])})


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be printed. ``kind`` names the rule, ``field`` where to mend it, ``detail`` what was found."""

    kind: str
    field: str = ""
    detail: str = ""

    @property
    def is_note(self) -> bool:
        """Whether the row can be printed all the same."""
        return self.kind in NOTES
