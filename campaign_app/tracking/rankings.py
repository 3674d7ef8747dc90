"""Numbers by group, kind, country and language, with their names in the language of the page, ready to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from campaign_app import languages
from campaign_app.i18n import page_language
from campaign_app.labels import label
from campaign_app.tracking import charts
from campaign_app.tracking.charts import Bar
from campaign_app.tracking.overview import Line, Overview
from campaign_app.tracking.tally_models import NOBODY


@dataclass(frozen=True, slots=True)
class Ranking:
    """Lines with their names, most letters first. ``argument`` is what the address of a list of letters calls them."""

    title: str
    what: str
    argument: str
    lines: Sequence[tuple[str, Line]]
    has_handwritten: bool = False

    @property
    def bars(self) -> list[Bar]:
        return charts.bars([(line.key, name, line.letters.made) for name, line in self.lines])

    @property
    def height(self) -> int:
        """Of the drawing, in its units."""
        return len(self.bars) * (charts.BAR + charts.BETWEEN)


def rankings(shown: Overview) -> list[Ranking]:
    """All four; one that has a single line says nothing that the totals do not, and is still there."""
    reader = page_language()
    return [
        _ranking(gettext("By group"), gettext("Group"), "group", shown.groups, lambda line: _group(line), True),
        _ranking(gettext("By kind"), gettext("Kind"), "kind", shown.kinds, lambda line: str(label(line.name)), True),
        _ranking(
            gettext("Where they go"), gettext("Country"), "country", shown.countries,
            lambda line: languages.country_name(line.key, reader),
        ),
        _ranking(
            gettext("By language"), gettext("Language"), "language", shown.languages,
            lambda line: languages.name(line.key, reader),
        ),
    ]  # fmt: skip


def _ranking(
    title: str, what: str, argument: str, lines: Iterable[Line], name: Callable[[Line], Any], by_hand: bool = False
) -> Ranking:
    return Ranking(title, what, argument, [(str(name(line)), line) for line in lines], by_hand)


def _group(line: Line) -> str:
    return gettext("The section itself") if line.key == NOBODY else str(line.name)
