"""The columns of a spreadsheet of targets, and how a row of it becomes a target."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NoReturn, TypeVar

from flask_babel import gettext

from campaign_app.characters import LONGEST_TEXT, folded
from campaign_app.labels import label
from campaign_app.tables.cells import Cells
from campaign_app.tables.errors import WrongCell
from campaign_app.tables.sheet import column_key
from campaign_app.targets.form import LONGEST_OFFICE, MOST_LINES, line_problem
from campaign_app.targets.models import Holder, Office, Part, Target

LINE_COLUMNS = tuple(f"line {number}" for number in range(1, MOST_LINES + 1))
COLUMNS = (
    "position", "institution", "office", "part", "represents", *LINE_COLUMNS, "country", "native lines", "honorific",
    "holder", "since", "languages", "verified on", "notes",
)  # fmt: skip
WHOLE_ADDRESS = "lines"  # stands for all of "line 1" and so on: one cell with line breaks or upright strokes
LONGEST = {"position": LONGEST_OFFICE, "institution": LONGEST_OFFICE, "honorific": 60}
LONGEST |= dict.fromkeys(("notes", "native lines", WHOLE_ADDRESS), LONGEST_TEXT)

Choice = TypeVar("Choice", bound=StrEnum)

_NAMES = {column_key(name): name for name in (*COLUMNS, WHOLE_ADDRESS)}


def known_column(header: str) -> str | None:
    """The column that a header means, whatever its case and spaces; None for one that is ignored."""
    return _NAMES.get(column_key(header))


def target_of(row: int, record: Mapping[str, str]) -> Target:
    """The target that a row describes, not yet stored. Raises CellError."""
    cells = _Cells(row, {_NAMES[key]: cell for key, cell in record.items() if key in _NAMES}, LONGEST)
    country = cells.needed_country("country")
    part = cells.one_of(Part, "part", Part.EMBASSY if cells.line("represents") else Part.TO)
    name = cells.needed("holder") if cells.line("honorific") else cells.line("holder")
    holder = Holder(honorific=cells.line("honorific"), name=name, since=cells.day("since"))
    return Target(
        position=cells.needed("position"),
        institution=cells.line("institution"),
        office=cells.one_of(Office, "office", Office.AUTHORITY),
        part=part,
        represents=cells.represents(country) if part is Part.EMBASSY else "",
        lines="\n".join(cells.postal_lines()),
        native_lines="\n".join(cells.several("native lines")),
        country=country,
        languages=cells.languages("languages"),
        verified_on=cells.day("verified on"),
        notes=cells.text("notes"),
        holders=[holder] if name else [],
    )


class _Cells(Cells):
    """The cells of a target's row. What cannot be read raises a CellError."""

    __slots__ = ()

    def represents(self, country: str) -> str:
        code = self.needed_country("represents")
        if code == country:
            self._refuse("represents", gettext("an embassy stands in another country than its own."))
        return code

    def one_of(self, kind: type[Choice], column: str, default: Choice) -> Choice:
        if not (written := self.line(column)):
            return default
        for value in kind:
            if folded(written) in (folded(value), folded(str(label(value)))):
                return value
        known = ", ".join(value.replace("_", " ") for value in kind)
        return self._refuse(column, gettext("“%(name)s” is none of: %(known)s.", name=written, known=known))

    def day(self, column: str) -> date | None:
        """A date with the year first; the other orders can be read in two ways."""
        written = self.line(column)
        try:
            return date(*map(int, re.split(r"\D+", written.strip(".")))) if written else None
        except (ValueError, TypeError):
            self._refuse(column, gettext("“%(name)s” is no date such as 2026-01-31.", name=written))

    def several(self, column: str) -> list[str]:
        lines = self.lines(column)
        if problem := line_problem(lines):
            self._refuse(column, problem)
        return lines

    def postal_lines(self) -> list[str]:
        lines = self.several(WHOLE_ADDRESS) or [line for column in LINE_COLUMNS if (line := self.line(column))]
        if not lines:
            self._refuse(WHOLE_ADDRESS, gettext("the address has no lines."))
        if problem := line_problem(lines):
            self._refuse(WHOLE_ADDRESS, problem)
        return lines

    def _refuse(self, column: str, problem: str) -> NoReturn:
        raise WrongCell(self.row, column, problem)
