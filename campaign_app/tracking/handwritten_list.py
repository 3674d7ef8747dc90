"""Which counts of what was written by hand a number stands for, as the address says it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from campaign_app.campaigns.models import Campaign
from campaign_app.groups.models import Group
from campaign_app.tracking.models import HandwrittenCount
from campaign_app.tracking.tally_models import NOBODY


class Unknown(Exception):
    """The address asks for something that there is none of."""


def conditions(asked: Any) -> list[ColumnElement[bool]]:
    """That a count is of the campaign, group, theme, kind and days that are asked for. Raises Unknown."""
    found: list[ColumnElement[bool]] = []
    for name, column in (("campaign", Campaign.slug), ("theme", Campaign.theme), ("kind", Campaign.kind)):
        if value := asked.get(name):
            found.append(HandwrittenCount.campaign_id.in_(select(Campaign.id).where(column == _meant(column, value))))
    if slug := asked.get("group"):
        of_group = HandwrittenCount.group_id.in_(select(Group.id).where(Group.slug == slug))
        found.append(HandwrittenCount.group_id.is_(None) if slug == NOBODY else of_group)
    for name, compare in (("since", HandwrittenCount.written_on.__ge__), ("until", HandwrittenCount.written_on.__le__)):
        if value := asked.get(name):
            found.append(compare(_day(value)))
    return found


def _meant(column: Any, value: str) -> Any:
    kind = getattr(column.type, "enum_class", None)
    try:
        return kind(value) if kind else value
    except ValueError as error:
        raise Unknown(value) from error


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Unknown(value) from error
