"""The page that says who may do what, written from the table of permissions and the routes themselves."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from campaign_app.access.permissions import PERMISSIONS, Permission, declared
from campaign_app.people.models import Role

COLUMNS = ("visitor", "member", "organizer", "staff")
BEGINNING = """\
# Who may do what

Written by `make roles` from `campaign_app/access/permissions.py`; a test compares. A member and an organizer have
what is theirs in their own groups, and another group's rows are not there for them (404). Staff have it in all groups.
Whoever has no role, or one that ended, is as good as a visitor, but for their own account.

"""


def page(app: Flask) -> str:
    """The page in Markdown: a table of roles and permissions, then the addresses under each permission."""
    return BEGINNING + "\n".join([*_table(), *_addresses(app)]) + "\n"


def _table() -> Iterator[str]:
    yield f"| permission | {' | '.join(COLUMNS)} |"
    yield "|---|" + "---|" * len(COLUMNS)
    for name, permission in PERMISSIONS.items():
        yield f"| **{name}**: {permission.what} | {' | '.join(_cells(permission))} |"


def _cells(permission: Permission) -> Iterator[str]:
    yield "yes" if permission.is_public else ""
    for role in (Role.MEMBER, Role.ORGANIZER, Role.STAFF):
        if permission.is_public:
            yield "yes"
        elif permission.own_account:
            yield "their own"
        elif role not in permission.roles:
            yield ""
        else:
            yield "all groups" if role is Role.STAFF else "own groups"


def _addresses(app: Flask) -> Iterator[str]:
    routes: dict[str, list[str]] = {name: [] for name in PERMISSIONS}
    for rule in app.url_map.iter_rules():
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        routes[declared(app, rule.endpoint) or ""].append(f"- `{rule.rule}` ({methods})")
    for name, found in routes.items():
        if found:
            yield f"\n## {name}\n"
            yield from sorted(found)
