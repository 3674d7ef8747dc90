"""Public totals for others to show: the feed, the interface for programs, the counter to embed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from campaign_app.campaigns.models import Campaign, CaseUpdate, Status
from campaign_app.letters.status import LetterStatus
from campaign_app.outcomes.models import Outcome, WhatHappened
from campaign_app.tracking import openapi
from tests.conftest import change, store
from tests.tracking.conftest import MONDAY, MakeLetters

ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = ["/feed.atom", "/api/campaigns", "/api/campaigns/nadia-example", "/api/openapi.json",
         "/campaigns/nadia-example/counter", "/campaigns/nadia-example/counter.svg"]  # fmt: skip


@pytest.fixture
def told(app: Flask, campaign: Campaign, make_letters: MakeLetters) -> None:
    """Fifteen letters, of which three went to a country of their own in a week of their own; an update, an outcome."""
    make_letters(12)
    make_letters(3, country="KR", made_on=date(2026, 3, 9), status=LetterStatus.POSTED, posted_on=date(2026, 3, 9))
    store(app, CaseUpdate(campaign_id=campaign.id, day=MONDAY, text="She was **seen** & is <well>."))
    store(app, Outcome(campaign_id=campaign.id, what=WhatHappened.RELEASED, happened_on=date(2026, 3, 20),
                       source="A paper", form="o"))  # fmt: skip


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a value is as the part of JSON Schema says that the description uses."""
    if "$ref" in schema:
        return fits(value, whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]], whole)
    if "oneOf" in schema:
        return sum(fits(value, one, whole) for one in schema["oneOf"]) == 1
    if "enum" in schema and value not in schema["enum"]:
        return False
    if schema["type"] == "array":
        return isinstance(value, list) and all(fits(one, schema["items"], whole) for one in value)
    if schema["type"] == "object":
        named = schema.get("properties", {})
        others = schema.get("additionalProperties", False)
        if set(schema.get("required", [])) - set(value) or (others is False and set(value) - set(named)):
            return False
        return all(fits(one, named.get(name, others), whole) for name, one in value.items())
    if schema["type"] == "integer":
        return type(value) is int and value >= schema.get("minimum", value)
    if schema.get("format") == "date":
        return isinstance(value, str) and str(date.fromisoformat(value)) == value
    return value is None if schema["type"] == "null" else isinstance(value, str)


@pytest.mark.usefixtures("told")
def test_the_interface_answers_as_its_description_says(client: FlaskClient) -> None:
    whole = json.loads(client.get("/api/openapi.json").data)
    assert whole["openapi"].startswith("3.1")
    for path, said in whole["paths"].items():
        answer = client.get(path.replace("{campaign}", "nadia-example"))
        schema = said["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert answer.status_code == 200
        assert fits(answer.json, schema, whole), answer.json
        assert not fits({"unknown": 1}, schema, whole)
    missing = client.get("/api/campaigns/nobody")
    assert (missing.status_code, missing.json) == (404, {"error": "There is no such campaign."})
    assert set(whole["paths"]) == {path.replace("<slug>", "{campaign}") for path in api_paths(client)}


def api_paths(client: FlaskClient) -> set[str]:
    rules = {rule.rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/api/")}
    return rules - {"/api/openapi.json"}


@pytest.mark.usefixtures("told")
def test_numbers_under_ten_are_not_broken_down(client: FlaskClient) -> None:
    told = client.get("/api/campaigns/nadia-example").json
    assert told
    assert told["letters"] == {"made": 15, "posted": 3, "handwritten": 0}
    assert told["by_country"] == {"EG": 12, "KR": None}
    assert told["by_week"] == {"2026-03-02": 12, "2026-03-09": None}
    page = client.get("/campaigns/nadia-example").text
    assert "under 10" in page
    assert ">3</" not in page


def test_a_campaign_of_few_letters_is_not_broken_down_at_all(client: FlaskClient, make_letters: MakeLetters) -> None:
    make_letters(9)
    told = client.get("/api/campaigns/nadia-example").json
    assert told
    assert (told["letters"]["made"], told["by_country"], told["by_week"]) == (9, {}, {})


@pytest.mark.usefixtures("told")
def test_the_feed_tells_of_campaigns_what_happened_and_outcomes(client: FlaskClient, app: Flask) -> None:
    answer = client.get("/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.data)
    entries = {entry.findtext(f"{ATOM}id", "").rpartition("#")[2]: entry for entry in feed.iter(f"{ATOM}entry")}
    assert set(entries) == {"campaign/1", "update/1", "outcome/1"}
    assert entries["update/1"].findtext(f"{ATOM}summary") == "She was seen & is <well>."
    assert entries["outcome/1"].findtext(f"{ATOM}title") == "Released: Free Nadia Example"
    links = {link.get("href") for link in feed.iter(f"{ATOM}link")}
    assert all(link and link.startswith(app.config["SITE_URL"]) for link in links)
    moments = [entry.findtext(f"{ATOM}updated", "") for entry in feed.iter(f"{ATOM}entry")]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.usefixtures("campaign")
@pytest.mark.parametrize("path", PATHS)
def test_nothing_here_sets_a_cookie_and_caches_may_keep_it(client: FlaskClient, path: str) -> None:
    answer = client.get(path, query_string={"lang": "ko"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = client.get(path, query_string={"lang": "ko"}, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("told")
def test_the_counter_alone_may_be_framed_and_loads_nothing(client: FlaskClient) -> None:
    counter = client.get("/campaigns/nadia-example/counter?in=ko")
    assert "frame-ancestors *" in counter.headers["Content-Security-Policy"]
    assert "default-src 'none'" in counter.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in counter.headers
    assert ">15</text>" in counter.text
    assert 'lang="ko"' in counter.text
    for loading in ("src=", "<link", "<script", "style", "url(", "@import", "<img"):
        assert loading not in counter.text
    for path in ("/", "/campaigns/nadia-example", *PATHS[:4], PATHS[5]):
        assert client.get(path).headers["X-Frame-Options"] == "DENY"
    image = client.get("/campaigns/nadia-example/counter.svg")
    assert image.mimetype == "image/svg+xml"
    etree.fromstring(image.data)


@pytest.mark.usefixtures("told")
def test_a_draft_is_nobody_s_to_count_not_even_its_organizer_s(
    app: Flask, campaign: Campaign, client: FlaskClient, organizer: FlaskClient
) -> None:
    change(app, campaign, status=Status.DRAFT)
    for visitor in (client, organizer):
        for path in PATHS[2:3] + PATHS[4:]:
            assert visitor.get(path).status_code == 404
        assert visitor.get("/api/campaigns").json == []
        assert "Nadia" not in visitor.get("/feed.atom").text


def test_the_description_of_the_interface_is_whole() -> None:
    whole = openapi.document("https://example.org", "Example")
    assert set(whole["components"]["schemas"]) == {"Campaign", "Details", "Error"}
