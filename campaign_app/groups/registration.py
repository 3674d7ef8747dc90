"""A group's way to registration, and what endangers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext
from sqlalchemy import func, or_, select

from campaign_app.db import db
from campaign_app.groups.models import MEMBERS_TO_REGISTER, Duty, Group, GroupStatus
from campaign_app.people.models import Membership


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a group needs, whether it has it, and the page on which to see to it, if its own people can."""

    text: str
    is_done: bool
    where: str = ""


def members(groups: Iterable[Group], day: date) -> dict[int, int]:
    """How many persons belong to each group on ``day``, whatever their role."""
    ids = [group.id for group in groups]
    holds = Membership.starts_on <= day, or_(Membership.ends_on.is_(None), Membership.ends_on >= day)
    rows = db.session.execute(
        select(Membership.group_id, func.count(Membership.person_id.distinct()))
        .where(Membership.group_id.in_(ids), *holds)
        .group_by(Membership.group_id)
    )
    return dict.fromkeys(ids, 0) | {group_id: count for group_id, count in rows if group_id is not None}


def falls_short(group: Group, count: int) -> bool:
    """Whether a registered group has fewer members than it must have."""
    return group.status is GroupStatus.REGISTERED and count < MEMBERS_TO_REGISTER


def short(groups: Iterable[Group], day: date) -> list[Group]:
    """Those of the groups that have fewer members than they must have."""
    groups = list(groups)
    counts = members(groups, day)
    return [group for group in groups if falls_short(group, counts[group.id])]


def steps(group: Group, count: int, day: date) -> list[Step]:
    """What a provisional group does until it is registered, in order."""
    heads = any(officer.duty is Duty.COORDINATOR and officer.holds_on(day) for officer in group.officers)
    five = gettext("Five members: %(count)s so far.", count=count)
    return [
        Step(five, count >= MEMBERS_TO_REGISTER, url_for("people.create", group=group.id)),
        Step(gettext("A coordinator in office."), heads, url_for("groups.officers.create", slug=group.slug)),
        Step(gettext("The languages that the group speaks."), bool(group.languages), _detail(group, "languages")),
        Step(
            gettext("An address for post that comes back."),
            bool(group.return_address),
            _detail(group, "return_address"),
        ),
        Step(gettext("The section registers the group."), group.status is GroupStatus.REGISTERED),
    ]


def _detail(group: Group, field: str) -> str:
    return url_for("groups.edit", slug=group.slug, _anchor=field)
