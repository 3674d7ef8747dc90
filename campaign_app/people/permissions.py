"""Who may do what: one table, one question, one way to query the rows of one's groups.

Whatever is not declared is denied: a view without ``@permission`` answers nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_security import current_user
from sqlalchemy import Select, select
from werkzeug.wrappers import Response

from campaign_app.people.models import Account, Role

ANYONE = frozenset[Role]()
ORGANIZERS = frozenset({Role.ORGANIZER, Role.STAFF})

PERMISSIONS: dict[str, frozenset[Role]] = {
    "read": ANYONE,  # public pages
    "write letters": ANYONE,  # the member's way, without an account
    "keep campaigns": ORGANIZERS,  # campaigns and their texts, of one's own groups; staff: all
    "keep targets": ORGANIZERS,  # the directory is shared by the section
}
# Views that come from libraries and cannot carry a declaration of their own.
LIBRARY_VIEWS = {
    "static": "read",
    "security.login": "read",
    "security.logout": "read",
    "security.static": "read",
}

View = TypeVar("View", bound=Callable[..., Any])


class OfGroup(Protocol):
    """A row that belongs to a group, or to the whole section where ``group_id`` is None."""

    group_id: Any


Row = TypeVar("Row", bound=OfGroup)


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

    Organizers act for their own groups, staff for the whole section.
    """
    allowed = PERMISSIONS[action]
    if allowed is ANYONE:
        return True
    if not user.is_authenticated:
        return False
    held = [membership for membership in user.roles if membership.role in allowed]
    if thing is None:
        return bool(held)
    return any(membership.role is Role.STAFF or membership.group_id == thing.group_id for membership in held)


def is_staff(user: Account) -> bool:
    return user.is_authenticated and user.has_role(Role.STAFF)


def mine(model: type[Row]) -> Select[Row]:
    """The rows of ``model`` that belong to the signed-in person's groups; for staff all rows."""
    if is_staff(current_user):
        return select(model)
    groups = [membership.group_id for membership in current_user.roles if membership.role is Role.ORGANIZER]
    return select(model).where(model.group_id.in_(groups))


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
