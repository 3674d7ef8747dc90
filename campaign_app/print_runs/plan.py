"""What a run shall make and how: every choice that an organizer has before printing. Pure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from campaign_app.documents.paper import (
    ENVELOPES,
    INTERNATIONAL,
    KOREA_POST,
    LABEL_SHEETS,
    PAPERS,
    WINDOWS,
    EnvelopeLayout,
    EnvelopeSize,
    LabelSheet,
    Layout,
    Offset,
)


class Part(StrEnum):
    """What goes into the pile."""

    LETTERS = "letters"
    EMBASSY = "embassy"  # a letter to the embassy in the writer's country as well
    CASE_SHEET = "case sheet"
    ENVELOPES = "envelopes"
    LABELS = "labels"
    CHECKLIST = "checklist"


class Order(StrEnum):
    """The printing order of the letters."""

    GIVEN = "given"
    COUNTRY = "country"
    LANGUAGE = "language"
    NAME = "name"


class ReturnTo(StrEnum):
    """Whose address stands on envelopes, for those that cannot be delivered."""

    WRITER = "writer"
    GROUP = "group"


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    ZIP_OF_DOCX = "docx.zip"
    ZIP_OF_PDF = "pdf.zip"

    @property
    def suffix(self) -> str:
        """How the name of such a file ends."""
        return self.split(".")[-1]


@dataclass(frozen=True, slots=True)
class Plan:
    """The choices for one run. ``targets`` are ids; ``language`` is what letters are written in where a person's own
    languages have no text; sizes and sheets are names from ``documents.paper``; the offset is in mm."""

    targets: tuple[int, ...]
    language: str
    day: date
    parts: frozenset[Part] = frozenset({Part.LETTERS, Part.CHECKLIST})
    format: Format = Format.PDF
    order: Order = Order.GIVEN
    sides: int = 1
    paper: str = "A4"
    window: str = ""
    large_print: bool = False
    fold_marks: bool = False
    envelope: str = "DL"
    korea_post: bool = False
    return_to: ReturnTo = ReturnTo.WRITER
    label_sheet: str = "L7163"
    first_label: int = 1
    offset_x: float = 0.0
    offset_y: float = 0.0

    @property
    def layout(self) -> Layout:
        return Layout(PAPERS[self.paper], WINDOWS.get(self.window), self.large_print, self.fold_marks)

    @property
    def envelope_size(self) -> EnvelopeSize:
        return ENVELOPES[self.envelope]

    @property
    def envelope_layout(self) -> EnvelopeLayout:
        return KOREA_POST if self.korea_post else INTERNATIONAL

    @property
    def labels(self) -> LabelSheet:
        return LABEL_SHEETS[self.label_sheet]

    @property
    def offset(self) -> Offset:
        return Offset(self.offset_x, self.offset_y)

    def to_json(self) -> dict[str, Any]:
        """Plain values, from which ``from_json`` makes an equal plan."""
        return dataclasses.asdict(self) | {
            "targets": list(self.targets), "day": self.day.isoformat(), "parts": sorted(self.parts),
        }  # fmt: skip

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Plan:
        return cls(
            **values
            | {
                "targets": tuple(values["targets"]),
                "day": date.fromisoformat(values["day"]),
                "parts": frozenset(map(Part, values["parts"])),
                "format": Format(values["format"]),
                "order": Order(values["order"]),
                "return_to": ReturnTo(values.get("return_to", ReturnTo.WRITER)),
            }
        )
