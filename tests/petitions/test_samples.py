"""A sample is drawn from counted sheets, and says something once each of its sheets is verified."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app import invariants
from campaign_app.db import db
from campaign_app.petitions import counts, samples, totals
from campaign_app.petitions.counting import Count, Standing
from campaign_app.petitions.custody_models import SampledSheet, SheetCount, SheetSample
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetBatch
from tests.petitions.conftest import sheet


@pytest.fixture(autouse=True)
def counted(app: Flask, petition: Petition) -> Iterable[None]:  # noqa: ARG001 - whose sheets they are
    """Forty sheets that one person counted, each with 9 valid of 10 rows. After each test, every invariant."""
    with app.app_context():
        batch = db.session.query(SheetBatch).one()
        db.session.add_all([sheet(batch.petition, batch, number) for number in range(11, 41)])
        batch.last = 40
        db.session.execute(db.text("UPDATE taken_number SET last = 40"))
        db.session.flush()
        for one in db.session.query(Sheet):
            counts.enter(one, Count(10, blank=1), 1, None)
        db.session.commit()
    yield
    with app.app_context():
        assert list(invariants.broken()) == []


def verify_sample() -> None:
    for member in db.session.query(SampledSheet):
        member.sheet.standing = Standing.VERIFIED  # by people whose accounts are gone
        db.session.add(SheetCount(sheet_id=member.sheet_id, turn=2, raw=10, blank=1))
    db.session.commit()


def draw(client: FlaskClient, petition: Petition, count: object, seed: str = "2026") -> int:
    return client.post(f"/desk/petitions/{petition.id}/samples", data={"count": count, "seed": seed}).status_code


def test_a_sample_estimates_once_all_its_sheets_are_verified_and_pairs_are_noted(
    app: Flask, organizer: FlaskClient, petition: Petition
) -> None:
    assert draw(organizer, petition, 20) == 303
    with app.app_context():
        sample = db.session.query(SheetSample).one()
        assert (sample.sheets, sample.raw, len(sample.members)) == (40, 400, 20)
        assert samples.estimate(sample) is None
        verify_sample()
    assert organizer.post(f"/desk/petitions/{petition.id}/samples/1", data={"pairs": 0}).status_code == 303
    with app.app_context():
        found = totals.signatures([petition.campaign_id])[petition.campaign_id]
        assert found.estimate
        assert found.estimated == 360
        assert found.estimate.low < 360 <= found.estimate.high
    page = organizer.get(f"/desk/petitions/{petition.id}/samples/1").text
    assert "Estimate: about 360 valid signatures" in page


def test_the_same_seed_draws_the_same_sheets(app: Flask, organizer: FlaskClient, petition: Petition) -> None:
    draw(organizer, petition, 12)
    draw(organizer, petition, 12)
    draw(organizer, petition, 12, seed="2027")
    with app.app_context():
        first, second, third = (
            [member.sheet_id for member in sample.members]
            for sample in db.session.query(SheetSample).order_by(SheetSample.id)
        )
        assert first == second != third


@pytest.mark.parametrize("count", [9, 41, -1, "many", ""])
def test_a_sample_too_small_or_larger_than_all_is_refused(
    app: Flask, organizer: FlaskClient, petition: Petition, count: object
) -> None:
    assert draw(organizer, petition, count) == 422
    with app.app_context():
        assert db.session.query(SheetSample).count() == 0


@pytest.mark.parametrize("pairs", [-1, 181, "none", ""])
def test_pairs_that_cannot_be_are_refused(organizer: FlaskClient, petition: Petition, pairs: object) -> None:
    draw(organizer, petition, 20)
    assert organizer.post(f"/desk/petitions/{petition.id}/samples/1", data={"pairs": pairs}).status_code == 422


def test_another_groups_sample_is_not_found(organizer: FlaskClient, stranger: FlaskClient, petition: Petition) -> None:
    draw(organizer, petition, 20)
    assert stranger.get(f"/desk/petitions/{petition.id}/samples/1").status_code == 404
