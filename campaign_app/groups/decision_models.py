"""Questions that a group puts to its members. The ballot is secret: nothing says who voted for what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.db import Base
from campaign_app.groups.models import Group
from campaign_app.sealing import Sealed


class Decision(Base):
    """A question with options, open until the end of ``closes_on`` in the section's time zone, or closed early."""

    __tablename__ = "decision"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(Sealed)
    about: Mapped[str] = mapped_column(Sealed, default="")
    opened_on: Mapped[date]
    closes_on: Mapped[date]
    closed_early_on: Mapped[date | None]
    group: Mapped[Group] = relationship()
    options: Mapped[list[DecisionOption]] = relationship(cascade="all, delete-orphan", order_by="DecisionOption.id")

    def is_open_on(self, day: date) -> bool:
        return self.closed_early_on is None and day <= self.closes_on

    @property
    def ended_on(self) -> date:
        """The last day on which one could vote."""
        return self.closed_early_on or self.closes_on

    @property
    def votes(self) -> int:
        """How many voted. Until the decision is closed it is nobody's to see."""
        return sum(option.votes for option in self.options)

    @property
    def leading(self) -> Sequence[DecisionOption]:
        """The options with the most votes: one, several where they tie, none where nobody voted."""
        most = max(option.votes for option in self.options)
        return [option for option in self.options if most and option.votes == most]


class DecisionOption(Base):
    """What one can vote for, and how many did."""

    __tablename__ = "decision_option"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Sealed)
    votes: Mapped[int] = mapped_column(default=0)


class Voter(Base):
    """That a person voted, so that nobody does twice. There is no time here and, in SQLite, no row number either."""

    __tablename__ = "decision_voter"
    __table_args__ = {"sqlite_with_rowid": False}

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
