"""Drawing sheets at random, and what they say of all once every one of them is verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select

from campaign_app.db import db
from campaign_app.petitions import sampling
from campaign_app.petitions.counting import Standing
from campaign_app.petitions.custody_models import SampledSheet, SheetSample
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sampling import Checked, Estimate, TooFewSheets
from campaign_app.petitions.sheet_models import Sheet, SheetStatus

COUNTED = (SheetStatus.COUNTED, SheetStatus.DELIVERED)
MOST_SEED = 60  # characters


def population(petition: Petition) -> tuple[int, int]:
    """From how many sheets a sample would be drawn, and how many rows have anything in them there."""
    counted = Sheet.petition_id == petition.id, Sheet.status.in_(COUNTED)
    sheets, raw = db.session.execute(select(func.count(), func.sum(Sheet.raw)).where(*counted)).one()
    return sheets, raw or 0


def draw(petition: Petition, count: int, seed: str, account_id: int | None) -> SheetSample:
    """Draw a sample from the sheets that are counted now. The caller commits. Raises TooFewSheets."""
    sheets, raw = population(petition)
    if count < sampling.FEWEST or count > sheets:
        raise TooFewSheets
    counted = select(Sheet.serial, Sheet.id).where(Sheet.petition_id == petition.id, Sheet.status.in_(COUNTED))
    ids = dict(db.session.execute(counted).all())
    members = [SampledSheet(sheet_id=ids[serial]) for serial in sampling.draw(list(ids), count, seed)]
    sample = SheetSample(
        petition_id=petition.id, account_id=account_id, seed=seed, sheets=sheets, raw=raw, members=members
    )
    db.session.add(sample)
    return sample


def estimate(sample: SheetSample) -> Estimate | None:
    """What the sample says, or None as long as a sheet is unchecked or nobody looked for pairs."""
    return _estimates([sample]).get(sample.id)


def estimates(by: Any, ids: Sequence[int]) -> dict[int, list[Estimate]]:
    """What the newest finished sample of each petition says, by the value of ``by``, a column of petitions."""
    newest = (
        select(func.max(SheetSample.id))
        .join(Petition, Petition.id == SheetSample.petition_id)
        .where(by.in_(ids), SheetSample.pairs.is_not(None))
        .group_by(SheetSample.petition_id)
    )
    samples = db.session.execute(
        select(SheetSample, by).join(Petition, Petition.id == SheetSample.petition_id).where(SheetSample.id.in_(newest))
    ).all()
    known = _estimates([sample for sample, _ in samples]) if samples else {}
    found: dict[int, list[Estimate]] = defaultdict(list)
    for sample, id in samples:
        if sample.id in known:
            found[id].append(known[sample.id])
    return found


def _estimates(samples: Iterable[SheetSample]) -> dict[int, Estimate]:
    by_id = {sample.id: sample for sample in samples if sample.pairs is not None}
    members = select(SampledSheet.sample_id, Sheet.standing, Sheet.raw, Sheet.valid).join(Sheet)
    rows: dict[int, list[Any]] = defaultdict(list)
    for sample_id, *row in db.session.execute(members.where(SampledSheet.sample_id.in_(by_id))):
        rows[sample_id].append(row)
    found = {}
    for id, sheets in rows.items():
        if all(standing is Standing.VERIFIED for standing, _, _ in sheets):
            checked = [Checked(raw, valid) for _, raw, valid in sheets]
            found[id] = sampling.estimate(by_id[id].sheets, by_id[id].raw, checked, by_id[id].pairs or 0)
    return found
