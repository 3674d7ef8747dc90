"""Queries, ids and choices that nobody offered, from somebody who is signed in: an answer, and never a failure."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign
from tests.databases import on_both_databases

BEYOND = 10**30  # no database has such a row


@pytest.mark.parametrize(
    "path",
    [
        "/targets/?office=zzz",
        "/targets/?country=%00",
        "/targets/?words=%00",
        f"/targets/?page={BEYOND}",
        "/targets/?page=-1",
        "/targets/?page=x",
        f"/targets/{BEYOND}",
        f"/targets/{BEYOND}/edit",
        "/targets/new?next=//evil.example",
        f"/desk/campaigns/nadia-example/targets?tick={BEYOND}",
        "/desk/campaigns/nadia-example/targets?tick=x&words=%00",
        f"/desk/campaigns/nadia-example/texts/en/history?version={BEYOND}",
        "/desk/campaigns/nadia-example/texts/xx",
        "/desk/campaigns/nadia-example/texts/en?start=version.0",
        "/desk/campaigns/%00",
        "/?country=%00&theme=%00",
        "/campaigns/nadia-example/write?language=%00",
    ],
)
@pytest.mark.usefixtures("campaign")
@on_both_databases
def test_a_query_that_nobody_offered_gets_an_answer(organizer: FlaskClient, path: str) -> None:
    assert organizer.get(path, follow_redirects=True).status_code < 500


@pytest.mark.parametrize(
    "values",
    [
        {"targets": [str(BEYOND)], "action": "save"},
        {"targets": ["x"], "action": "save"},
        {"targets": ["-1"], "action": "save"},
        {"targets": ["\ufffe"], "action": "save"},
    ],
)
def test_targets_that_nobody_offered_are_not_stored(
    organizer: FlaskClient, campaign: Campaign, values: dict[str, Any]
) -> None:
    answer = organizer.post(f"/desk/campaigns/{campaign.slug}/targets", data=values)
    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("field", ["name", "street", "city", "own_words"])
def test_safety_08_a_preview_refuses_what_is_too_long_before_it_is_set(
    client: FlaskClient, campaign: Campaign, field: str
) -> None:
    page = client.post(
        f"/campaigns/{campaign.slug}/write/preview",
        data={"key": "k" * 20, "targets": ["1"], "country": "KR", "paper": "A4", "window": "", field: "e\u0301" * 5000},
    )
    assert page.status_code == 200
    assert "data:image" not in page.text
    assert "At most" in page.text or "longer than" in page.text
