"""Petitions, what they say in each language, and the designs of their sheets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, LargeBinary, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base, Moment, now
from campaign_app.groups.models import Group
from campaign_app.sealing import Sealed
from campaign_app.targets.models import Target

petition_target = Table(
    "petition_target",
    Base.metadata,
    Column("petition_id", ForeignKey("petition.id", ondelete="CASCADE"), primary_key=True),
    Column("target_id", ForeignKey("target.id", ondelete="RESTRICT"), primary_key=True, index=True),
)


class Petition(Base):
    """A text for which a campaign collects signatures on paper.

    ``code``, such as ``G48-P07``, is its group's number and its own within the group, ``S-P07`` where the section
    itself collects; it stands on paper, so it stays although a group's number may change. ``collect_within`` is how
    many days after it was issued an unattended sheet is collected. The return address may be somebody's home.
    """

    __tablename__ = "petition"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    goal: Mapped[int | None]
    organizer: Mapped[str]
    return_address: Mapped[str] = mapped_column(Sealed, default="")
    return_by: Mapped[date | None]
    collect_within: Mapped[int] = mapped_column(default=14)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    group: Mapped[Group | None] = relationship()
    campaign: Mapped[Campaign] = relationship()
    addressees: Mapped[list[Target]] = relationship(secondary=petition_target, order_by=Target.id)
    texts: Mapped[list[PetitionText]] = relationship(
        back_populates="petition", cascade="all, delete-orphan", order_by="PetitionText.id"
    )
    notices: Mapped[list[PrivacyNotice]] = relationship(cascade="all, delete-orphan", order_by="PrivacyNotice.id")
    designs: Mapped[list[SheetDesign]] = relationship(
        back_populates="petition", cascade="all, delete-orphan", order_by="SheetDesign.id"
    )

    @property
    def languages(self) -> list[str]:
        """The languages that it is written in, in the order in which they came."""
        return list(dict.fromkeys(text.language for text in self.texts))

    @property
    def title(self) -> str:
        """Its title in the language that it was written in first."""
        text = self.text_in(self.languages[0]) if self.texts else None
        return text.title if text else self.code

    def text_in(self, language: str) -> PetitionText | None:
        """What it says now in ``language``."""
        return next((text for text in reversed(self.texts) if text.language == language), None)

    def notice_in(self, language: str) -> PrivacyNotice | None:
        """The privacy notice that its sheets give now in ``language``, where it has one of its own."""
        return next((notice for notice in reversed(self.notices) if notice.language == language), None)


class OfPetition:
    """What belongs to a petition, and so to its group."""

    @declared_attr
    def petition(cls) -> Mapped[Petition]:  # noqa: N805 - as SQLAlchemy has it
        return relationship()

    @property
    def group_id(self) -> int | None:
        return self.petition.group_id


class PetitionText(Base):
    """One version of what a petition says in one language, never changed once it is stored."""

    __tablename__ = "petition_text"
    __table_args__ = (UniqueConstraint("petition_id", "language", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id", ondelete="CASCADE"))
    language: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    who_may_sign: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    account: Mapped[Account | None] = relationship()
    petition: Mapped[Petition] = relationship(back_populates="texts")


class PrivacyNotice(Base):
    """One version of what signers are told in one language about their data, where a group says it its own way."""

    __tablename__ = "petition_notice"
    __table_args__ = (UniqueConstraint("petition_id", "language", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id", ondelete="CASCADE"))
    language: Mapped[str]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    account: Mapped[Account | None] = relationship()


class SheetLogo(Base):
    """A logo, drawn anew as PNG. It is never changed, since sheets that were printed show it."""

    __tablename__ = "sheet_logo"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id", ondelete="CASCADE"), index=True)
    png: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]


class SheetDesign(Base):
    """How the next sheets look: ``choices`` as ``documents.sheet_design`` reads them.

    It may be changed at any time; a batch keeps the design that it was printed with.
    """

    __tablename__ = "sheet_design"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id", ondelete="CASCADE"), index=True)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_logo.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    petition: Mapped[Petition] = relationship(back_populates="designs")
    logo: Mapped[SheetLogo | None] = relationship()
