"""The section's action report: a row for each case, in columns that the section arranges to its own form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from campaign_app import languages
from campaign_app.campaigns.models import Kind
from campaign_app.db import db
from campaign_app.groups.activity_models import Activity, activity_campaign
from campaign_app.i18n import page_language
from campaign_app.labels import label
from campaign_app.outcomes.models import Outcome
from campaign_app.tables.writing import Cell
from campaign_app.tracking import beside
from campaign_app.tracking.case_models import THE_ONE, CaseForm
from campaign_app.tracking.models import HandwrittenCount, HandwrittenKind
from campaign_app.tracking.overview import CampaignLine, campaign_lines
from campaign_app.tracking.totals import Scope


@dataclass(frozen=True, slots=True)
class Case:
    """All that a row can tell of a campaign."""

    line: CampaignLine
    cards: int
    events: int
    people: int
    outcomes: Sequence[Outcome]

    @property
    def letters(self) -> int:
        """On paper from the app or written by hand; cards do not count here."""
        own = 0 if self.line.campaign.kind is Kind.SOLIDARITY else self.line.letters.made
        return own + self.line.handwritten - self.cards

    @property
    def all_cards(self) -> int:
        """Written by hand, and those that the app made for a campaign of solidarity cards."""
        own = self.line.letters.made if self.line.campaign.kind is Kind.SOLIDARITY else 0
        return own + self.cards

    @property
    def outcome(self) -> str:
        return "; ".join(f"{one.happened_on.isoformat()} {label(one.what)}" for one in self.outcomes)


Value = Callable[[Case], Cell]
# Nobody's nationality is stored with a letter, so that column is for the pen of whoever asked.
COLUMNS: dict[str, tuple[Any, Value]] = {
    "reference": (_("Reference"), lambda case: case.line.campaign.reference),
    "index": (_("Index"), lambda case: case.line.campaign.index),
    "title": (_("Case"), lambda case: case.line.campaign.title),
    "country": (_("Country"), lambda case: languages.country_name(case.line.campaign.country, page_language())),
    "kind": (_("Kind"), lambda case: str(label(case.line.campaign.kind))),
    "theme": (_("Theme"), lambda case: str(label(case.line.campaign.theme))),
    "status": (_("Status"), lambda case: str(label(case.line.campaign.status))),
    "letters": (_("Letters"), lambda case: case.letters),
    "cards": (_("Cards"), lambda case: case.all_cards),
    "posted": (_("Posted"), lambda case: case.line.letters.posted),
    "returned": (_("Returned"), lambda case: case.line.letters.returned),
    "replies": (_("Replies"), lambda case: case.line.replies.total),
    "signatures": (_("Signatures"), lambda case: case.line.sheets.valid),
    "events": (_("Events"), lambda case: case.events),
    "people": (_("People reached"), lambda case: case.people),
    "outcomes": (_("Outcomes"), lambda case: case.outcome),
    "nationalities": (_("Nationalities"), lambda _: ""),
}
USUAL = (
    "reference", "title", "country", "letters", "cards", "signatures", "events", "outcomes", "nationalities",
)  # fmt: skip


def cases(scope: Scope) -> list[Case]:
    """Cases of which there is something to tell."""
    cards, events = _cards(scope), _events(scope)
    lines = [line for line in campaign_lines(scope) if not line.is_empty or line.campaign.id in events]
    happened = beside.outcomes([line.campaign.id for line in lines], scope.since, scope.until)
    return [
        Case(
            line, cards.get(line.campaign.id, 0), *events.get(line.campaign.id, (0, 0)),
            [one for one in happened if one.campaign_id == line.campaign.id],
        )
        for line in lines
    ]  # fmt: skip


def arranged() -> list[tuple[str, str]]:
    """The columns of the section's form by key, each with its heading."""
    form = db.session.get(CaseForm, THE_ONE)
    chosen = form.columns if form else [{"key": key, "heading": ""} for key in USUAL]
    return [(one["key"], one["heading"] or str(COLUMNS[one["key"]][0])) for one in chosen if one["key"] in COLUMNS]


def arrange(columns: Sequence[tuple[str, str]]) -> None:
    """Keep the columns in this order, each with the heading that was given to it. The caller commits."""
    form = db.session.get(CaseForm, THE_ONE) or CaseForm(id=THE_ONE)
    form.columns = [{"key": key, "heading": heading} for key, heading in columns]
    db.session.add(form)


def row(case: Case, columns: Sequence[tuple[str, str]]) -> list[Cell]:
    return [COLUMNS[key][1](case) for key, _ in columns]


def _cards(scope: Scope) -> dict[int, int]:
    """Cards written by hand, by the campaign's id."""
    return beside.handwritten(scope, only=HandwrittenCount.kind == HandwrittenKind.CARD)


def _events(scope: Scope) -> Mapping[int, tuple[int, int]]:
    """How many activities there were for a campaign, and how many people they reached, by the campaign's id."""
    conditions = beside.within(replace(scope, theme=None, campaigns=None), Activity, Activity.held_on)
    query = select(activity_campaign.c.campaign_id, func.count(), func.coalesce(func.sum(Activity.people), 0)).join(
        Activity, Activity.id == activity_campaign.c.activity_id
    )
    rows = db.session.execute(query.where(*conditions).group_by(activity_campaign.c.campaign_id))
    return {campaign: (count, int(people)) for campaign, count, people in rows}
