"""How long letters, photos and receipts of deliveries are kept, and who destroyed sheets; what was delivered stays."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, or_

from campaign_app.days import midnight
from campaign_app.db import db
from campaign_app.petitions.delivery_models import Delivery, SheetDestruction
from campaign_app.privacy.forgetting import Due, forgets


def forget_papers(delivery: Delivery) -> None:
    """Delete the letter, which says who signed it, with photos and receipts. The caller commits."""
    delivery.letter = ""
    for receipt in list(delivery.receipts):
        db.session.delete(receipt.file)
        delivery.receipts.remove(receipt)


@forgets("deliveries", delete=forget_papers)
def deliveries(before: date) -> Due:
    kept = or_(Delivery.letter != "", Delivery.receipts.any())
    return Delivery, and_(kept, Delivery.packed_at < midnight(before))


def forget_names(record: SheetDestruction) -> None:
    """Delete who destroyed sheets, and before whom. The caller commits."""
    record.by_whom = record.witness = ""


@forgets("destructions", delete=forget_names)
def destructions(before: date) -> Due:
    named = or_(SheetDestruction.by_whom != "", SheetDestruction.witness != "")
    return SheetDestruction, and_(named, SheetDestruction.destroyed_on < before)
