"""What sheets and signatures add up to, always from the sheets themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from campaign_app.db import db
from campaign_app.petitions import samples
from campaign_app.petitions.counting import Standing
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sampling import Estimate
from campaign_app.petitions.sheet_models import Sheet, SheetStatus


@dataclass(frozen=True, slots=True)
class SheetTotals:
    """Sheets and signatures of a petition or a campaign.

    ``printed`` counts every sheet; the others tell where these are now, delivered ones being counted, too. ``raw`` are
    the rows with anything in them on counted sheets. Signatures that are ``valid`` were counted by two people,
    ``unchecked`` ones by one, or by two who differ. ``estimated`` is what a random sample says of all sheets that had
    been counted when it was drawn, or None without one.
    """

    printed: int = 0
    issued: int = 0
    returned: int = 0
    missing: int = 0
    spoiled: int = 0
    void: int = 0
    counted: int = 0
    delivered: int = 0
    raw: int = 0
    valid: int = 0
    unchecked: int = 0
    estimated: int | None = None
    estimate: Estimate | None = None

    @property
    def signatures(self) -> int:
        """Valid signatures as far as it is known: what was checked and what was not."""
        return self.valid + self.unchecked


def signatures(campaign_ids: Iterable[int]) -> dict[int, SheetTotals]:
    """The totals of campaigns by their ids."""
    return _totals(Petition.campaign_id, list(campaign_ids))


def of_petitions(petition_ids: Iterable[int]) -> dict[int, SheetTotals]:
    """The totals of petitions by their ids."""
    return _totals(Petition.id, list(petition_ids))


def _totals(by: Any, ids: list[int]) -> dict[int, SheetTotals]:
    numbers: dict[int, dict[str, Any]] = defaultdict(lambda: defaultdict(int))
    rows = db.session.execute(
        select(by, Sheet.status, Sheet.standing, func.count(), func.sum(Sheet.raw), func.sum(Sheet.valid))
        .join(Sheet, Sheet.petition_id == Petition.id)
        .where(by.in_(ids))
        .group_by(by, Sheet.status, Sheet.standing)
    )
    for id, status, standing, count, raw, valid in rows:
        _add(numbers[id], status, standing, count, raw or 0, valid or 0)
    found = defaultdict(SheetTotals, {id: replace(SheetTotals(), **known) for id, known in numbers.items()})
    for id, estimates in samples.estimates(by, ids).items():
        added = Estimate(*(sum(getattr(one, name) for one in estimates) for name in ("valid", "low", "high")))
        found[id] = replace(found[id], estimated=added.valid, estimate=added)
    return found


def _add(
    known: dict[str, int], status: SheetStatus, standing: Standing | None, count: int, raw: int, valid: int
) -> None:
    known["printed"] += count
    if status is SheetStatus.DELIVERED:
        known["counted"] += count
    if status is not SheetStatus.PRINTED:
        known[status.value] += count
    known["raw"] += raw
    known["valid" if standing is Standing.VERIFIED else "unchecked"] += valid
