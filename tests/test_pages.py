from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from campaign_app.pages import local_address


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil", "", None]
)
def test_a_way_back_never_leads_away_from_the_site(address: str | None) -> None:
    assert local_address(address) is None


@pytest.mark.parametrize("address", ["/", "/desk", "/desk/campaigns/a/targets"])
def test_a_way_back_leads_to_a_page_of_the_site(address: str) -> None:
    assert local_address(address) == address


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere"])
def test_no_page_lets_scripts_or_frames_of_others_in(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_reader_chooses_the_language_and_it_stays(client: FlaskClient) -> None:
    assert '<html lang="ko"' in client.get("/?lang=ko").text
    assert '<html lang="ko"' in client.get("/sign-in").text


def test_a_browser_that_asks_for_korean_gets_it(client: FlaskClient) -> None:
    assert '<html lang="ko"' in client.get("/", headers={"Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5"}).text
