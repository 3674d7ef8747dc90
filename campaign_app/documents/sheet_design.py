"""How a signature sheet is to look, as an organizer chooses it. What a sheet must have is no choice."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from campaign_app.documents.paper import PAPERS, Paper

FEWEST_ROWS, MOST_ROWS = 8, 20
MOST_OWN_COLUMNS = 2


class Home(StrEnum):
    """What signers say of where they live: no more than the target needs."""

    EITHER = "either"
    CITY = "city"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class SheetDesign:
    """A sheet in one language, or in two that stand side by side; the first decides where lines begin.

    Number, name, home, signature and date are columns of every sheet. ``own_columns`` come after the home, each with a
    heading for each language. ``consent`` adds a column with a box to tick; ``tear_off`` a strip for e-mail addresses
    that is torn off before the sheet goes to the target.
    """

    languages: tuple[str, ...]
    paper: str = "A4"
    landscape: bool = False
    rows: int = 12
    home: Home = Home.EITHER
    own_columns: tuple[tuple[str, ...], ...] = ()
    consent: bool = False
    tear_off: bool = False
    large_print: bool = False

    @property
    def page(self) -> Paper:
        """The sheet of paper as it lies before the signer."""
        upright = PAPERS[self.paper]
        return replace(upright, width=upright.height, height=upright.width) if self.landscape else upright

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> SheetDesign:
        """The design that ``to_json`` gave."""
        own_columns = tuple(tuple(headings) for headings in values["own_columns"])
        changed = {"languages": tuple(values["languages"]), "home": Home(values["home"]), "own_columns": own_columns}
        return cls(**(values | changed))
