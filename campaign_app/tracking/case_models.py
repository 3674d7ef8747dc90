"""The section's own form of the report by case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from campaign_app.db import Base

THE_ONE = 1  # a section has one form


class CaseForm(Base):
    """Which columns the report by case has, in their order: each its key and the heading that the section gives it.

    An empty heading is the usual one.
    """

    __tablename__ = "case_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    columns: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
