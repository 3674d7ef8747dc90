"""The cells of one row by the names of their columns, read as what their columns are for. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from campaign_app import languages
from campaign_app.characters import LONGEST_LINE
from campaign_app.tables.errors import (
    CellTooLong,
    EmptyCell,
    FormulaFailed,
    NoEmail,
    UnknownCountry,
    UnknownLanguage,
)
from campaign_app.targets.countries import country_code

LONGEST_EMAIL = 254  # characters (RFC 5321, 4.5.3.1.3)
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row. ``longest`` says how many characters a column takes that takes not ``LONGEST_LINE``.

    What cannot be read raises a CellError.
    """

    row: int
    cells: Mapping[str, str]
    longest: Mapping[str, int]

    def text(self, column: str) -> str:
        value, longest = self.cells.get(column, ""), self.longest.get(column, LONGEST_LINE)
        if len(value) > longest:
            raise CellTooLong(self.row, column, longest)
        if _FAILED.fullmatch(value):
            raise FormulaFailed(self.row, column, value)
        return value

    def line(self, column: str) -> str:
        return " ".join(self.text(column).split())

    def needed(self, column: str) -> str:
        if not (value := self.line(column)):
            raise EmptyCell(self.row, column)
        return value

    def lines(self, column: str) -> list[str]:
        """What line breaks or upright strokes part."""
        return [line for part in re.split(r"[\n|]", self.text(column)) if (line := " ".join(part.split()))]

    def country(self, column: str) -> str:
        """The code of a country, or nothing."""
        written = self.line(column)
        code = country_code(written) if written else ""
        if code is None:
            raise UnknownCountry(self.row, column, written)
        return code

    def needed_country(self, column: str) -> str:
        self.needed(column)
        return self.country(column)

    def language(self, column: str) -> str:
        """The tag of a language, or nothing."""
        written = self.line(column)
        return self._tag(column, written) if written else ""

    def languages(self, column: str) -> list[str]:
        """Tags or names, between commas or strokes; tags may also stand between spaces."""
        names = [name.strip() for name in re.split("[,;/|]", self.line(column)) if name.strip()]
        parts = [part for name in names for part in ([name] if languages.tag(name) else name.split())]
        return list(dict.fromkeys(self._tag(column, part) for part in parts))

    def email(self, column: str) -> str:
        written = self.line(column)
        if written and (len(written) > LONGEST_EMAIL or not _EMAIL.fullmatch(written)):
            raise NoEmail(self.row, column, written)
        return written

    def _tag(self, column: str, written: str) -> str:
        tag = languages.tag(written)
        if tag is None:
            raise UnknownLanguage(self.row, column, written)
        return tag
