"""Who may do what: one table, one question, one way to query the rows of one's groups.

Whatever is not declared is denied: a view without ``@permission`` answers nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_security import current_user
from sqlalchemy import ColumnElement, Select, select, true
from werkzeug.wrappers import Response

from campaign_app.access.models import Account
from campaign_app.people.models import Membership, Role

ANYONE = frozenset[Role]()
STAFF = frozenset({Role.STAFF})
ORGANIZERS = frozenset({Role.ORGANIZER, Role.STAFF})
EVERYONE_WITH_A_ROLE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Permission:
    """What a permission lets people do, and which roles have it.

    Members and organizers have it for their own groups, staff for all. ``own_account`` is for whoever is signed in,
    for what is their own, with or without a role.
    """

    what: str
    roles: frozenset[Role] = ANYONE
    own_account: bool = False

    @property
    def is_public(self) -> bool:
        return self.roles is ANYONE and not self.own_account


PERMISSIONS: dict[str, Permission] = {
    "read": Permission("Read public pages: campaigns, totals, sign-in"),
    "write letters": Permission("Write, take and mark one's own letters, without an account"),
    "see own account": Permission("See, correct, download and delete what is held of oneself", own_account=True),
    "take part": Permission("See the group's decisions and vote on them", EVERYONE_WITH_A_ROLE),
    "keep campaigns": Permission("Keep campaigns, their texts, pictures and status", ORGANIZERS),
    "keep targets": Permission("Keep the section's directory of targets", ORGANIZERS),
    "keep group": Permission("Keep a group's details, officers, activities, decisions and handover", ORGANIZERS),
    "keep people": Permission("See and keep people, consents and fees; import, export and merge", ORGANIZERS),
    "invite": Permission("Invite people to a role in one's group", ORGANIZERS),
    "print": Permission("Print runs of letters, envelopes and labels; mark their letters as posted", ORGANIZERS),
    "keep sheets": Permission("Keep petitions and signature sheets: print, issue, count, deliver", ORGANIZERS),
    "track": Permission(
        "Record posting, handwritten letters, replies and outcomes; see totals of one's groups", ORGANIZERS
    ),
    "watch jobs": Permission("Watch, cancel and resume what is being made in the background", ORGANIZERS),
    "keep section": Permission("Create groups, change their status, give roles to staff", STAFF),
    "read audit log": Permission("Read who opened, exported or changed personal data", STAFF),
    "keep retention": Permission("Confirm what is deleted when its time has come", STAFF),
}
# Views that come from libraries and cannot carry a declaration of their own.
LIBRARY_VIEWS = {
    "static": "read",
    "security.login": "read",
    "security.logout": "read",
    "security.static": "read",
    "security.two_factor_token_validation": "read",  # the way in, after the password
    "security.two_factor_rescue": "read",
    "security.tf_select": "read",
    "security.mf_recovery": "read",
    "security.wan_signin": "read",
    "security.wan_signin_response": "read",
    "security.verify": "see own account",
    "security.change_password": "see own account",
    "security.two_factor_setup": "see own account",
    "security.two_factor_setup_validate": "see own account",
    "security.mf_recovery_codes": "see own account",
    "security.wan_register": "see own account",
    "security.wan_register_response": "see own account",
    "security.wan_delete": "see own account",
}

View = TypeVar("View", bound=Callable[..., Any])


class OfGroup(Protocol):
    """A row that belongs to a group, or to the whole section where ``group_id`` is None."""

    group_id: Any


Row = TypeVar("Row")


def permission(name: str) -> Callable[[View], View]:
    """Declare which permission a view needs."""
    if name not in PERMISSIONS:
        raise KeyError(name)

    def declare(view: View) -> View:
        view.permission = name  # type: ignore[attr-defined]
        return view

    return declare


def can(user: Account, action: str, thing: OfGroup | None = None) -> bool:
    """Whether ``user`` may do ``action``, with ``thing`` where one is meant.

    Members and organizers act for their own groups, staff for the whole section.
    """
    permission = PERMISSIONS[action]
    if permission.is_public:
        return True
    if not user.is_authenticated:
        return False
    if permission.own_account:
        return True
    held = [membership for membership in user.roles if membership.role in permission.roles]
    if thing is None:
        return bool(held)
    return any(membership.role is Role.STAFF or membership.group_id == thing.group_id for membership in held)


def first_page(user: Account) -> str:
    """Where somebody begins who signed in: at the desk, where their group asks something, or at their own account."""
    for action, page in (("keep campaigns", "desk.index"), ("take part", "taking_part.index")):
        if can(user, action):
            return url_for(page)
    return url_for("own_account.show")


def is_staff(user: Account) -> bool:
    return user.is_authenticated and user.has_role(Role.STAFF)


def may_give(user: Account, role: Role, group: OfGroup | None) -> bool:
    """Whether ``user`` may invite somebody to ``role`` in ``group``; staff roles have no group."""
    if role is Role.STAFF or group is None:
        return role is Role.STAFF and group is None and can(user, "keep section")
    return can(user, "invite", group)


def may_end(user: Account, membership: Membership) -> bool:
    """Whether ``user`` may end a role of somebody, or could have given it."""
    return can(user, "keep section") if membership.role is Role.STAFF else can(user, "invite", membership)


def may_reset(user: Account, account: Account) -> bool:
    """Whether ``user`` may let somebody else into ``account`` again: only who may give every role that it opens."""
    return user.id != account.id and all(may_end(user, held) for held in account.roles) and is_known(user, account)


def is_known(user: Account, account: Account) -> bool:
    """Whether ``account`` belongs to somebody of the groups to which ``user`` invites."""
    groups = groups_for(user, "invite")
    return groups is None or any(m.group_id in groups for m in account.person.memberships)


def groups_for(user: Account, action: str) -> set[int] | None:
    """The ids of the groups in which ``user`` may do ``action``; None for all of the section."""
    held = [membership for membership in user.roles if membership.role in PERMISSIONS[action].roles]
    if any(membership.role is Role.STAFF for membership in held):
        return None
    return {membership.group_id for membership in held if membership.group_id is not None}


def mine(model: type[Row], action: str = "keep campaigns") -> Select[Row]:
    """The rows of ``model`` with which the signed-in person may do ``action``: those of their groups; for staff all.

    A model belongs to a group by its ``group_id``, or says by ``in_groups(ids)`` which of its rows do.
    """
    return select(model).where(_in_groups(model, groups_for(current_user, action)))


def _in_groups(model: Any, groups: set[int] | None) -> ColumnElement[bool]:
    if groups is None:
        return true()
    if hasattr(model, "in_groups"):
        return model.in_groups(groups)
    return model.group_id.in_(groups)


def declared(app: Flask, endpoint: str) -> str | None:
    """The permission that a route declares, or None where it forgot to."""
    return LIBRARY_VIEWS.get(endpoint) or getattr(app.view_functions[endpoint], "permission", None)


def init_app(app: Flask) -> None:
    app.before_request(_guard)
    app.jinja_env.globals["can"] = lambda action, thing=None: can(current_user, action, thing)


def _guard() -> Response | None:
    if request.endpoint is None:
        return None  # no such page; Flask says so
    name = declared(current_app, request.endpoint)
    if name is not None and can(current_user, name):
        return None
    if name is None or current_user.is_authenticated:
        abort(403)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
