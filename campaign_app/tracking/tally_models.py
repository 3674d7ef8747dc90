"""How many letters there are, kept beside the letters by the database itself."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from campaign_app.db import Base

NO_GROUP = 0  # stands for letters of no group, since a key has no empty part
NOBODY = "section"  # stands in addresses and reports where a group's slug would


class Aspect(StrEnum):
    """By what letters are told apart, beside campaign, group and week.

    ``POSTED`` counts by the week of posting, all others by the week in which a letter was made.
    """

    ALL = "all"
    TARGET = "target"
    COUNTRY = "country"
    LANGUAGE = "language"
    POSTED = "posted"


class LetterTally(Base):
    """Letters that are alike, by their present state; ``counting`` has the database keep it.

    ``begins_on`` is the Monday of a week, or the first of a month within it: so both weeks and months add up.
    ``value`` is the target, country or language; empty where an aspect has none.
    """

    __tablename__ = "letter_tally"
    __table_args__ = {"sqlite_with_rowid": False}

    aspect: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    begins_on: Mapped[date] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(primary_key=True)
    made: Mapped[int]
    posted: Mapped[int]
    answered: Mapped[int]
    returned: Mapped[int]
    void: Mapped[int]
