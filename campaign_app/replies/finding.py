"""Finding the letter that a reply answers, and replies that were recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from campaign_app.access.permissions import mine
from campaign_app.campaigns.models import Campaign, Status, Theme
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.letters.models import LetterRecord
from campaign_app.replies.models import Reply, ReplyKind
from campaign_app.tracking import marking
from campaign_app.tracking.tally_models import NOBODY


def letter(typed: str) -> LetterRecord | None:
    """The one letter of one's own groups that is meant by a reference or by the address of its QR code."""
    found = db.session.scalars(mine(LetterRecord, "track").where(marking.named(marking.typed(typed))).limit(2)).all()
    return found[0] if len(found) == 1 else None


def campaigns() -> Sequence[Campaign]:
    """The campaigns of one's own groups that may be answered, the newest first."""
    query = mine(Campaign, "track").where(Campaign.status != Status.DRAFT).options(selectinload(Campaign.targets))
    return db.session.scalars(query.order_by(Campaign.id.desc())).all()


def replies_to(letter: LetterRecord) -> Sequence[Reply]:
    """What came back for the letter, the first reply first."""
    return db.session.scalars(select(Reply).where(Reply.letter_id == letter.id).order_by(Reply.received_on)).all()


def own_reply(reply_id: int) -> Reply:
    """The reply, if it is one's own groups'; else 404."""
    return db.session.scalar(mine(Reply, "track").where(Reply.id == reply_id)) or abort(404)


ANSWERS = "answers"  # every kind but our own letters that came back


@dataclass(frozen=True, slots=True)
class Search:
    """What replies are looked for; whatever an address asks for that there is none of is not asked."""

    campaign: str = ""
    kind: str = ""
    group: str = ""
    theme: Theme | None = None
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, asked: Any) -> Search:
        """What the arguments of an address ask for."""
        kind, theme = asked.get("kind", ""), asked.get("theme")
        return cls(
            asked.get("campaign", ""),
            kind if kind in (ANSWERS, *ReplyKind) else "",
            asked.get("group", ""),
            Theme(theme) if theme in list(Theme) else None,
            asked.get("since", type=date.fromisoformat),
            asked.get("until", type=date.fromisoformat),
        )

    @property
    def found(self) -> Select[Reply]:
        query = mine(Reply, "track").options(joinedload(Reply.campaign), joinedload(Reply.letter))
        query = query.options(joinedload(Reply.target))
        if self.campaign:
            query = query.where(Reply.campaign_id.in_(select(Campaign.id).where(Campaign.slug == self.campaign)))
        if self.kind == ANSWERS:
            query = query.where(Reply.kind != ReplyKind.RETURNED_MAIL)
        elif self.kind:
            query = query.where(Reply.kind == ReplyKind(self.kind))
        if self.group == NOBODY:
            query = query.where(Reply.group_id.is_(None))
        elif self.group:
            query = query.where(Reply.group_id.in_(select(Group.id).where(Group.slug == self.group)))
        if self.theme:
            query = query.where(Reply.campaign_id.in_(select(Campaign.id).where(Campaign.theme == self.theme)))
        if self.since:
            query = query.where(Reply.received_on >= self.since)
        if self.until:
            query = query.where(Reply.received_on <= self.until)
        return query.order_by(Reply.received_on.desc(), Reply.id.desc())

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for, as it stands in an address."""
        return {name: value for name, value in asdict(self).items() if value}

    def __bool__(self) -> bool:
        return bool(self.asked)
