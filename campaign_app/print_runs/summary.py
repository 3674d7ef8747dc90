"""What a run will be, before it is made: how many letters, sheets, envelopes and stamps, and what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from campaign_app.db import db
from campaign_app.documents import checklist, labels
from campaign_app.print_runs import postage
from campaign_app.print_runs.models import GroupTariff, PrintRun, RowState, RunRow
from campaign_app.print_runs.plan import Part, Plan
from campaign_app.print_runs.postage import NoZone, Postage, Stamps, TooHeavy, Zone
from campaign_app.print_runs.setup import Setup, setup_of

PRINTED = (RowState.READY, RowState.DONE)
SHOWN = 200  # rows with problems, and groups of rows that are alike


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts by the rows that are ready. ``stamps`` are empty without a tariff, ``unpaid`` countries have no zone.

    ``notable`` rows can be printed, and there is something to say of them.
    """

    states: dict[RowState, int]
    letters: int
    sheets: int
    envelopes: int
    label_sheets: int
    grams: int
    stamps: list[Stamps]
    currency: str
    unpaid: list[str]
    post_by: date | None
    latest: list[tuple[Zone, date]]
    notable: int

    @property
    def rows(self) -> int:
        return sum(self.states.values())

    @property
    def ready(self) -> int:
        return sum(self.states.get(state, 0) for state in PRINTED)

    @property
    def postage(self) -> int:
        """In the currency's smallest unit."""
        return postage.total(self.stamps)

    def count(self, state: str) -> int:
        return self.states.get(RowState(state), 0)


def summary_of(run: PrintRun) -> Summary:
    plan, setup = run.plan, setup_of(run)
    destinations = Counter(dict(_destinations(run, setup)))
    letters = destinations.total()
    grams = postage.weight(1, plan.envelope_size, plan.layout.paper)
    tariff = db.session.get(GroupTariff, run.group_id) if run.group_id else None
    paid, unpaid = _postages(destinations, tariff, grams)
    return Summary(
        states=states_of(run),
        letters=letters,
        sheets=_sheets(plan, letters),
        envelopes=letters,
        label_sheets=labels.sheets(letters, plan.labels, plan.first_label) if Part.LABELS in plan.parts else 0,
        grams=grams,
        stamps=postage.stamps(paid),
        currency=tariff.currency if tariff else "",
        unpaid=unpaid,
        post_by=run.campaign.post_by,
        latest=_latest(paid, run.campaign.post_by),
        notable=db.session.scalar(select(func.count()).where(*_notable(run))) or 0,
    )


def states_of(run: PrintRun) -> dict[RowState, int]:
    """How many rows are in each state."""
    counts = select(RunRow.state, func.count().label("rows")).where(RunRow.run_id == run.id).group_by(RunRow.state)
    return {row.state: row.rows for row in db.session.execute(counts)}


def notable_rows(run: PrintRun) -> list[RunRow]:
    """The first rows that can be printed but of which there is something to say."""
    return list(db.session.scalars(select(RunRow).where(*_notable(run)).order_by(RunRow.number).limit(SHOWN)))


def first_ready(run: PrintRun) -> int | None:
    """The number of the first row that can be printed."""
    return db.session.scalar(select(func.min(RunRow.number)).filter_by(run_id=run.id, state=RowState.READY))


def faulty_rows(run: PrintRun) -> list[RunRow]:
    """The first rows that cannot be printed."""
    wrong = (RowState.FAULTY, RowState.FAILED)
    query = select(RunRow).where(RunRow.run_id == run.id, RunRow.state.in_(wrong)).order_by(RunRow.number)
    return list(db.session.scalars(query.limit(SHOWN)))


def _notable(run: PrintRun) -> tuple[ColumnElement[bool], ...]:
    return RunRow.run_id == run.id, RunRow.state.in_(PRINTED), RunRow.found.is_not(None)


def _latest(paid: list[Postage], post_by: date | None) -> list[tuple[Zone, date]]:
    """The last day to post to each zone so that letters arrive by the campaign's day, if the post's days are known."""
    zones = dict.fromkeys(postage.zone for postage in paid if postage.zone.days)
    return [(zone, zone.latest_posting(post_by)) for zone in zones] if post_by else []


def _destinations(run: PrintRun, setup: Setup) -> Iterator[tuple[str, int]]:
    """The letters by the country they go to."""
    groups = (
        select(RunRow.language, RunRow.country, func.count())
        .where(RunRow.run_id == run.id, RunRow.state.in_(PRINTED))
        .group_by(RunRow.language, RunRow.country)
    )
    counts: Counter[str] = Counter()
    for language, country, rows in db.session.execute(groups):
        said = setup.texts.get(language)
        for to in said.targets if said else ():
            counts[to.addressee.country] += rows
        counts[country] += sum(to.addressee.country == country for to in said.embassies) * rows if said else 0
    yield from counts.items()


def _postages(destinations: Counter[str], tariff: GroupTariff | None, grams: int) -> tuple[list[Postage], list[str]]:
    paid: list[Postage] = []
    unpaid = []
    for country, number in sorted(destinations.items()):
        if tariff is None or not number:
            continue
        try:
            paid += [tariff.tariff.postage(country, grams)] * number
        except (NoZone, TooHeavy):
            unpaid.append(country)
    return paid, unpaid


def _sheets(plan: Plan, letters: int) -> int:
    """Sheets of paper, without labels and envelopes."""
    sheets = letters if Part.LETTERS in plan.parts else 0
    sheets += checklist.page_count(letters, plan.layout.paper) if Part.CHECKLIST in plan.parts else 0
    return sheets + (Part.CASE_SHEET in plan.parts)
