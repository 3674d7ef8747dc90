"""What the groups of the demo section did and decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.activity_models import Activity, ActivityKind
from campaign_app.groups.decision_models import Decision, DecisionOption, Voter
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership

Table = dict[str, Any]


def add_decisions(tables: Iterable[Table], groups: dict[str, Group], today: date) -> None:
    """Add the decisions of groups that have none. Where votes are counted, as many of the group's people gave them."""
    for slug, own in _by_group(tables).items():
        if not _has_any(Decision, groups[slug]):
            for table in own:
                db.session.add(decision := _decision(table, groups[slug], today))
                db.session.flush()
                voters = _people(groups[slug])[: decision.votes]
                db.session.add_all(Voter(decision_id=decision.id, person_id=person) for person in voters)


def add_activities(
    tables: Iterable[Table], groups: dict[str, Group], campaigns: dict[str, Campaign], today: date
) -> None:
    """Add the activities of groups that have none."""
    for slug, own in _by_group(tables).items():
        if not _has_any(Activity, groups[slug]):
            db.session.add_all(_activity(table, groups[slug], campaigns, today) for table in own)


def _by_group(tables: Iterable[Table]) -> dict[str, list[Table]]:
    found: dict[str, list[Table]] = {}
    for table in tables:
        found.setdefault(table["group"], []).append(table)
    return found


def _has_any(model: type[Decision] | type[Activity], group: Group) -> bool:
    db.session.flush()
    return bool(db.session.scalar(select(exists().where(model.group_id == group.id))))


def _people(group: Group) -> Sequence[int]:
    query = select(Membership.person_id).where(Membership.group_id == group.id, Membership.ends_on.is_(None))
    return db.session.scalars(query.distinct().order_by(Membership.person_id)).all()


def _decision(table: Table, group: Group, today: date) -> Decision:
    votes = table.get("votes") or [0] * len(table["options"])
    return Decision(
        group_id=group.id,
        question=table["question"],
        about=table.get("about", ""),
        opened_on=today - timedelta(days=table["opened_days_ago"]),
        closes_on=today + timedelta(days=table["closes_in_days"]),
        options=[
            DecisionOption(text=text, votes=count) for text, count in zip(table["options"], votes, strict=True)
        ],
    )  # fmt: skip


def _activity(table: Table, group: Group, campaigns: dict[str, Campaign], today: date) -> Activity:
    return Activity(
        group_id=group.id,
        kind=ActivityKind(table["kind"]),
        held_on=today - timedelta(days=table["days_ago"]),
        place=table.get("place", ""),
        people=table.get("people"),
        note=table.get("note", ""),
        campaigns=[campaigns[slug] for slug in table.get("campaigns", ())],
    )
