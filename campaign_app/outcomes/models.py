"""Outcomes of campaigns, as they are told in public."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base, Moment, now


class WhatHappened(StrEnum):
    RELEASED = "released"
    RELEASED_ON_BAIL = "released_on_bail"
    CHARGES_DROPPED = "charges_dropped"
    ACQUITTED = "acquitted"
    SENTENCE_COMMUTED = "sentence_commuted"
    SENTENCE_REDUCED = "sentence_reduced"
    CONDITIONS_IMPROVED = "conditions_improved"
    TRANSFERRED = "transferred"
    LAW_CHANGED = "law_changed"
    OTHER_PROGRESS = "other_progress"
    CONVICTED = "convicted"
    CONDITIONS_WORSENED = "conditions_worsened"
    DIED = "died"
    OTHER = "other"

    @property
    def is_good(self) -> bool:
        """Whether it is good news without doubt."""
        return self in GOOD


GOOD = frozenset(WhatHappened) - {
    WhatHappened.TRANSFERRED,
    WhatHappened.CONVICTED,
    WhatHappened.CONDITIONS_WORSENED,
    WhatHappened.DIED,
    WhatHappened.OTHER,
}


class Outcome(Base):
    """What happened to the person or in the cause of a campaign, on a day, by a source that others can look up."""

    __tablename__ = "outcome"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    what: Mapped[WhatHappened]
    happened_on: Mapped[date] = mapped_column(index=True)
    source: Mapped[str]
    text: Mapped[str] = mapped_column(Text, default="")
    form: Mapped[str] = mapped_column(unique=True)
    recorded_at: Mapped[datetime] = mapped_column(Moment, default=now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    campaign: Mapped[Campaign] = relationship()
    account: Mapped[Account | None] = relationship()
