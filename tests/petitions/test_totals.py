"""What sheets add up to, held against counting them one by one."""

from __future__ import annotations

import pytest
from flask import Flask

from campaign_app.db import db
from campaign_app.petitions import counts, custody, samples, totals
from campaign_app.petitions.counting import Count
from campaign_app.petitions.custody import Move
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sampling import TooFewSheets
from campaign_app.petitions.sheet_models import Sheet
from campaign_app.petitions.totals import SheetTotals
from tests.databases import on_both_databases

pytestmark = on_both_databases


def test_each_sheet_is_where_it_is_and_each_signature_as_far_as_it_is_known(app: Flask, petition: Petition) -> None:
    with app.app_context():
        custody.move([Sheet.number == 1], Move.VOID, None, reason="wet")
        custody.move([Sheet.number == 2], Move.SPOIL, None, reason="torn")
        custody.move([Sheet.number == 3], Move.HAND_BACK, None)
        counts.enter(db.session.query(Sheet).filter_by(number=4).one(), Count(12, blank=2), 1, None)
        found = totals.signatures([petition.campaign_id])[petition.campaign_id]
        assert found == SheetTotals(printed=10, returned=1, spoiled=1, void=1, counted=1, raw=12, unchecked=10)
        assert totals.of_petitions([petition.id])[petition.id] == found
        db.session.rollback()


def test_a_campaign_without_sheets_has_none(app: Flask) -> None:
    with app.app_context():
        assert totals.signatures([77])[77] == SheetTotals()


def test_a_sample_needs_enough_sheets(app: Flask, petition: Petition) -> None:
    with app.app_context(), pytest.raises(TooFewSheets):
        samples.draw(db.session.get_one(Petition, petition.id), 10, "seed", None)
