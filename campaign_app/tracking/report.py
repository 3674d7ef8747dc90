"""The report: for each campaign what was sent and what came of it, in numbers alone, with nobody's name.

"made" are all letters that are not void, "posted" all of them that went into a postbox, as everywhere (``totals``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.labels import label
from campaign_app.outcomes.models import Outcome
from campaign_app.petitions.sheet_models import SheetStatus
from campaign_app.replies.models import ReplyKind
from campaign_app.tables.writing import Cell
from campaign_app.targets.models import Target
from campaign_app.tracking import beside, totals
from campaign_app.tracking.beside import Replies
from campaign_app.tracking.overview import CampaignLine
from campaign_app.tracking.tally_models import NOBODY
from campaign_app.tracking.totals import EVERYTHING, Scope, Totals

STATES = ("made", "posted", "answered", "returned", "void")


def of(campaign: Campaign, scope: Scope = EVERYTHING) -> dict[str, Any]:
    """All numbers of a campaign, as programs read them."""
    scope = replace(scope, campaigns=[campaign.id])
    letters = totals.total(scope)
    by_hand = beside.handwritten(scope).get(campaign.id, 0)
    sheets = beside.sheets(scope)[campaign.id]
    return {
        "campaign": campaign.slug,
        "letters": {state: getattr(letters, state) for state in STATES} | {"handwritten": by_hand},
        "by_group": _named(totals.by_group(scope), _groups()),
        "by_target": _named(totals.by_target(scope), _targets(campaign)),
        "by_country": {country: count.made for country, count in totals.by_country(scope) if count.made},
        "by_language": {language: count.made for language, count in totals.by_language(scope) if count.made},
        "by_week": {week.isoformat(): count.made for week, count in totals.by_week(scope)},
        "sheets": {status.value: sheets.by_status[status] for status in SheetStatus},
        "signatures": {"counted": sheets.raw, "valid": sheets.valid},
        "replies": _replies(beside.replies(scope)[campaign.id]),
        "outcomes": [_outcome(outcome) for outcome in beside.outcomes([campaign.id], scope.since, scope.until)],
    }


def header() -> list[str]:
    """What stands above the columns of the same as a table, in the language of the page."""
    return [
        gettext("Campaign"), gettext("Title"), gettext("Made"), gettext("Posted"), gettext("Answered"),
        gettext("Returned"), gettext("Void"), gettext("By hand"), gettext("Sheets"), gettext("Signatures counted"),
        gettext("Signatures valid"), gettext("Replies"), gettext("Half of them within days"),
        gettext("Outcomes"),
    ]  # fmt: skip


def rows(lines: Sequence[CampaignLine], outcomes: Sequence[Outcome]) -> Iterator[Sequence[Cell]]:
    """A row for each campaign."""
    for line in lines:
        told = (f"{one.happened_on.isoformat()} {label(one.what)}" for one in outcomes if one.campaign is line.campaign)
        median = line.replies.median_days
        yield (
            line.campaign.slug, line.campaign.title, *(getattr(line.letters, state) for state in STATES),
            line.handwritten, line.sheets.total, line.sheets.raw, line.sheets.valid, line.replies.total,
            "" if median is None else median, "; ".join(told),
        )  # fmt: skip


def _replies(replies: Replies) -> dict[str, int | None]:
    kinds = {kind.value: replies.by_kind[kind] for kind in ReplyKind}
    return {"received": replies.total, "median_days": replies.median_days} | kinds


def _outcome(outcome: Outcome) -> dict[str, str]:
    return {"what": outcome.what.value, "happened_on": outcome.happened_on.isoformat(), "source": outcome.source}


def _named(counts: Mapping[Any, Totals], names: Mapping[Any, str]) -> dict[str, int]:
    """Letters made by the name of each, most first."""
    return {names.get(key, str(key)): count.made for key, count in totals.ranked(dict(counts)) if count.made}


def _groups() -> dict[int | None, str]:
    return {None: NOBODY} | {group.id: group.slug for group in db.session.scalars(select(Group))}


def _targets(campaign: Campaign) -> dict[int, str]:
    """Offices by their titles; two with the same one are told apart by their ids."""
    ids = totals.by_target(Scope([campaign.id])).keys()
    found = {target.id: target.title for target in db.session.scalars(select(Target).where(Target.id.in_(ids)))}
    titles = list(found.values())
    return {id: title if titles.count(title) == 1 else f"{title} ({id})" for id, title in found.items()}
