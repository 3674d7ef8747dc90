"""Many sheets on one page to be counted, each with its own numbers and its own errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from flask_babel import gettext

from campaign_app.petitions import counts
from campaign_app.petitions.counting import AboveRaw, AboveRows, Count, Negative
from campaign_app.petitions.counts import CannotCount, Overtaken, SamePerson
from campaign_app.petitions.custody_models import SheetCount
from campaign_app.petitions.sheet_models import Sheet

FIELDS = tuple(one.name for one in fields(Count))
DIGITS = 4


@dataclass
class SheetRow:
    """A sheet with what was typed for it. ``turn`` says whether it is counted first, checked, or settled."""

    sheet: Sheet
    turn: int
    before: list[SheetCount] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def read(self, form: Mapping[str, str]) -> None:
        """Take what was typed for this sheet."""
        self.typed = {name: form.get(f"{name}-{self.sheet.id}", "").strip() for name in FIELDS}
        self.turn = int(value) if (value := form.get(f"turn-{self.sheet.id}", "")).isdecimal() else self.turn

    @property
    def is_empty(self) -> bool:
        return not any(self.typed.values())

    def enter(self, account_id: int) -> bool:
        """Store what was typed; False, with errors at the fields, where it cannot be."""
        count = self._count()
        if count is None:
            return False
        try:
            counts.enter(self.sheet, count, self.turn, account_id)
        except Negative as wrong:
            self.errors[wrong.field] = gettext("Not below 0.")
        except AboveRows as wrong:
            self.errors[wrong.field] = gettext("The sheet has %(count)s rows.", count=wrong.rows)
        except AboveRaw as wrong:
            self.errors[wrong.field] = gettext("More than the %(count)s rows that are filled.", count=wrong.raw)
        except CannotCount:
            self.errors["raw"] = gettext("This sheet is not there to be counted: it is void, spoiled or away.")
        except Overtaken:
            self.errors["raw"] = gettext("Somebody else counted this sheet meanwhile. Your count was not taken.")
        except SamePerson:
            self.errors["raw"] = gettext("You counted this sheet first; somebody else has to check it.")
        return not self.errors

    def _count(self) -> Count | None:
        numbers = {}
        for name, text in self.typed.items():
            plain = text.removeprefix("-")
            if text and not (plain.isdecimal() and len(plain) <= DIGITS):
                self.errors[name] = gettext("A number, please.")
            else:
                numbers[name] = int(text or 0)
        if not self.typed.get("raw"):
            self.errors["raw"] = gettext("Say how many rows have anything in them.")
        return None if self.errors else Count(**numbers)


def rows(sheets: Iterable[Sheet]) -> list[SheetRow]:
    """A row for each sheet, with the counts it has."""
    return [SheetRow(sheet, len(before) + 1, before) for sheet in sheets for before in [counts.of(sheet)]]
