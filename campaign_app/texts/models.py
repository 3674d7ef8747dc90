"""What a campaign says in one language; every change is a new version."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base, Moment, now
from campaign_app.letters.merge import Text as PlainText


class TextUse(StrEnum):
    """What a text is for: the appeal itself, or a letter that asks again where no reply came."""

    APPEAL = "appeal"
    FOLLOW_UP = "follow_up"


class LetterText(Base):
    """What a campaign says to its targets in one language; ``Campaign.texts`` are its appeals."""

    __tablename__ = "letter_text"
    __table_args__ = (UniqueConstraint("campaign_id", "language", "use"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    language: Mapped[str]
    use: Mapped[TextUse] = mapped_column(default=TextUse.APPEAL)
    campaign: Mapped[Campaign] = relationship(back_populates="texts")
    versions: Mapped[list[TextVersion]] = relationship(
        back_populates="text", cascade="all, delete-orphan", order_by="TextVersion.number"
    )

    @property
    def current(self) -> TextVersion:
        """The version that new letters are made from."""
        return self.versions[-1]


class TextVersion(Base):
    """One state of a letter text, never changed once it is stored."""

    __tablename__ = "text_version"
    __table_args__ = (UniqueConstraint("text_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("letter_text.id", ondelete="CASCADE"))
    number: Mapped[int]
    subject: Mapped[str]
    salutation: Mapped[str]
    closing: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    account: Mapped[Account | None] = relationship()
    text: Mapped[LetterText] = relationship(back_populates="versions")

    @property
    def plain(self) -> PlainText:
        """The version as plain values, for merging."""
        return PlainText(self.text.language, self.subject, self.salutation, self.closing, self.body)
