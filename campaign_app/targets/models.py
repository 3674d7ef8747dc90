"""Offices that letters go to, who holds them, and how to greet them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from campaign_app.characters import folded
from campaign_app.db import Base
from campaign_app.targets.countries import country_names


class Office(StrEnum):
    """The kind of office: it decides which salutation and closing are proposed."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    MINISTER = "minister"
    AMBASSADOR = "ambassador"
    ATTORNEY_GENERAL = "attorney_general"
    JUDGE = "judge"
    PRISON_DIRECTOR = "prison_director"
    POLICE_CHIEF = "police_chief"
    GOVERNOR = "governor"
    MAYOR = "mayor"
    MEMBER_OF_PARLIAMENT = "member_of_parliament"
    COMMANDER = "commander"
    AUTHORITY = "authority"
    PERSON = "person"


class Part(StrEnum):
    """The part a target plays in a campaign's appeals."""

    TO = "to"
    COPY = "copy"
    EMBASSY = "embassy"


class Target(Base):
    """An office with its postal address; the office outlives its holders.

    ``lines`` are the postal lines in Latin script without the country, ``native_lines`` the same in the
    destination's own script. ``represents`` is the country an embassy speaks for; ``country`` is where it stands.
    ``returned_on`` is when the post brought a letter back from there, until somebody verifies the address.
    ``search`` is what the directory is searched in; it is written anew whenever the target or a holder is stored.
    """

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(unique=True)
    office: Mapped[Office]
    position: Mapped[str]
    institution: Mapped[str] = mapped_column(default="")
    lines: Mapped[str] = mapped_column(Text)
    native_lines: Mapped[str] = mapped_column(Text, default="")
    country: Mapped[str] = mapped_column(index=True)
    represents: Mapped[str] = mapped_column(default="", index=True)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    part: Mapped[Part] = mapped_column(default=Part.TO)
    verified_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(Text, default="")
    search: Mapped[str] = mapped_column(Text, default="")
    holders: Mapped[list[Holder]] = relationship(
        back_populates="target", cascade="all, delete-orphan", order_by="Holder.id"
    )
    greetings: Mapped[list[Greeting]] = relationship(
        back_populates="target", cascade="all, delete-orphan", order_by="Greeting.language"
    )

    @property
    def holder(self) -> Holder | None:
        """Who holds the office at present, where that is known."""
        return next((holder for holder in reversed(self.holders) if holder.until is None), None)

    @property
    def is_doubtful(self) -> bool:
        """Whether mail came back from the address since somebody verified it."""
        return self.returned_on is not None and (self.verified_on is None or self.verified_on < self.returned_on)

    @property
    def title(self) -> str:
        """The office in one line."""
        return ", ".join(filter(None, (self.position, self.institution)))

    @property
    def former_holders(self) -> list[Holder]:
        """Who held the office before, the last one first."""
        return [holder for holder in reversed(self.holders) if holder.until is not None]

    @property
    def search_text(self) -> str:
        """All names, postal lines and names of the countries, in English and Korean too, without case and accents."""
        countries = [name for code in (self.country, self.represents) if code for name in country_names(code)]
        holders = [holder.full_name for holder in self.holders or ()]
        named = (self.position, self.institution, *holders, self.lines, self.native_lines, *countries)
        return folded(" ".join(filter(None, named)))

    def greeting(self, language: str) -> Greeting | None:
        """The salutation and closing agreed for ``language``, if any."""
        return next((greeting for greeting in self.greetings if greeting.language == language), None)


class Holder(Base):
    """A person in an office, from one day to another."""

    __tablename__ = "holder"

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id", ondelete="CASCADE"), index=True)
    honorific: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]
    target: Mapped[Target] = relationship(back_populates="holders")

    @property
    def full_name(self) -> str:
        """The name with its honorific, as it stands on an envelope."""
        return " ".join(filter(None, (self.honorific, self.name)))


class Greeting(Base):
    """How letters to a target begin and close in one language."""

    __tablename__ = "greeting"
    __table_args__ = (UniqueConstraint("target_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id", ondelete="CASCADE"))
    language: Mapped[str]
    salutation: Mapped[str] = mapped_column(default="")
    closing: Mapped[str] = mapped_column(default="")
    target: Mapped[Target] = relationship(back_populates="greetings")


@event.listens_for(Session, "before_flush")
def _keep_search_text(session: Session, *_: Any) -> None:
    """Not an event of the mapper: a new holder leaves the target's own row as it was."""
    changed = [*session.new, *session.dirty]
    targets = {row for row in changed if isinstance(row, Target)}
    targets |= {row.target for row in changed if isinstance(row, Holder) and row.target is not None}
    for target in targets:
        if target.search != (text := target.search_text):
            target.search = text
