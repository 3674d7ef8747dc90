"""The group that a page is about, for those who may keep it."""

from __future__ import annotations

from campaign_app.access.permissions import mine
from campaign_app.db import db
from campaign_app.groups.models import Group


def own_group(slug: str, action: str = "keep group") -> Group:
    """The group, where the signed-in person may do ``action`` with it; for all others there is no such page."""
    found: Group = db.first_or_404(mine(Group, action).where(Group.slug == slug))
    return found
