"""Giving numbers to petitions and sheets, each of them once and for ever."""

from __future__ import annotations

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.petitions.sheet_models import TakenNumber

SECTION = "S"  # stands for the group's number where the section itself collects


def take(prefix: str, count: int = 1) -> int:
    """Takes ``count`` numbers below ``prefix``; the first of them. They are given back without a commit.

    The caller's transaction must be one that writes, so that nobody else takes numbers meanwhile.
    """
    taken = db.session.get(TakenNumber, prefix)
    if taken is None:
        db.session.add(taken := TakenNumber(prefix=prefix, last=0))
    first = taken.last + 1
    taken.last += count
    return first


def petition_code(group: Group | None) -> str:
    """The code of a new petition of the group, such as ``G48-P07``; of the section, such as ``S-P07``."""
    prefix = f"G{group.number}" if group else SECTION
    return f"{prefix}-P{take(prefix):02}"


def serial(code: str, number: int) -> str:
    """The serial of a petition's sheet, such as ``G48-P07-0123``."""
    return f"{code}-{number:04}"
