"""The groups of whoever is signed in: the one that a page is about, and all of them."""

from __future__ import annotations

from collections.abc import Sequence

from campaign_app.access.permissions import mine
from campaign_app.db import db
from campaign_app.groups.models import Group


def own_group(slug: str, action: str = "keep group") -> Group:
    """The group, where the signed-in person may do ``action`` with it; for all others there is no such page."""
    found: Group = db.first_or_404(mine(Group, action).where(Group.slug == slug))
    return found


def own_groups(action: str) -> Sequence[Group]:
    """The groups with which the signed-in person may do ``action``, by their numbers."""
    return db.session.scalars(mine(Group, action).order_by(Group.number)).all()
