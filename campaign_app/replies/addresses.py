"""Addresses from which mail came back: doubted in every campaign, until somebody verifies them."""

from __future__ import annotations

from sqlalchemy import func, select

from campaign_app.db import db
from campaign_app.replies.models import Reply, ReplyKind
from campaign_app.targets.models import Target


def reconsider(target: Target | None) -> None:
    """Note on the target when mail came back from it last, if it did. The caller commits."""
    if target is not None:
        returned = select(func.max(Reply.received_on)).where(Reply.kind == ReplyKind.RETURNED_MAIL)
        target.returned_on = db.session.scalar(returned.where(Reply.target_id == target.id))
