"""What SAFETY says of requests: whoever sends them, from wherever, under whatever name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from campaign_app import create_app
from campaign_app.access.permissions import permission
from campaign_app.db import db
from tests.conftest import SETTINGS
from tests.databases import SQLITE_FILE

PAGES = ["/", "/sign-in", "/sign-in/passkey", "/reset", "/reset/x", "/letters/kept", "/invitation/x", "/l/x", "/x"]
AWAY = ["//evil.example", "/\\evil.example", "https://evil.example", "///evil.example", "\\\\evil.example"]
FORMS = ["/sign-in", "/sign-out", "/reset", "/account/sessions/end-others", "/desk/access/invite"]


@pytest.fixture
def behind(tmp_path: Path, migrated_database: Path) -> Iterator[Any]:
    """Make an application with settings of its own, which says from where and under which name it was asked."""
    made: list[Flask] = []

    def application(**settings: Any) -> FlaskClient:
        folder = tmp_path / f"instance{len(made)}"
        folder.mkdir()
        shutil.copy(migrated_database, folder / SQLITE_FILE)
        app = create_app(folder, **SETTINGS, **settings)
        made.append(app)
        said = permission("read")(lambda: f"{request.remote_addr} {request.scheme} {request.host}")
        app.add_url_rule("/asked", "asked", said)
        return app.test_client()

    yield application
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.mark.parametrize("path", PAGES)
def test_safety_requests_every_page_refuses_frames_scripts_and_telling_others(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"  # nothing to anybody else


@pytest.mark.parametrize("path", PAGES)
def test_safety_requests_no_page_has_a_style_or_script_in_it(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


@pytest.mark.parametrize(
    "path", ["/desk", "/account/sign-in", "/desk/access", "/desk/access/invite", "/account/recovery-codes"]
)
def test_safety_requests_personal_pages_are_kept_nowhere(staff: FlaskClient, path: str) -> None:
    assert "no-store" in staff.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/invitation/x", "/reset/x", "/l/x"])
def test_safety_requests_pages_behind_a_token_are_kept_nowhere(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] in ("no-store", "no-cache")


@pytest.mark.parametrize("way", AWAY)
def test_safety_requests_the_way_on_stays_here(staff: FlaskClient, app: Flask, way: str) -> None:
    for answer in (
        app.test_client().get("/sign-in", query_string={"next": way}),
        app.test_client().post("/sign-in/passkey", data={"next": way}),
        staff.get("/sign-in", query_string={"next": way}),
        staff.post("/account/password-again", query_string={"next": way}, data={"password": "the rain in Gyeonggi-do"}),
    ):
        assert not urlsplit(answer.location or "").netloc
        assert not (answer.location or "").startswith(("//", "/\\", "\\"))


def test_safety_requests_a_forged_host_is_refused_where_the_site_knows_its_name(behind: Any) -> None:
    client = behind(SITE_URL="https://letters.example")
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    for host in ("letters.example", "localhost", "127.0.0.1:8000"):
        assert client.get("/", headers={"Host": host}).status_code == 200


def test_safety_requests_a_forged_host_is_in_no_link_to_pass_on(staff: FlaskClient) -> None:
    data = {"email": "kim@example.org", "role": "staff", "group_id": 0}
    cookie = staff.get_cookie("session")
    assert cookie
    staff.set_cookie("session", cookie.value, domain="evil.example")
    page = staff.post("/desk/access/invite", data=data, headers={"Host": "evil.example"}).text
    assert "/invitation/" in page
    assert "evil.example" not in page


@pytest.mark.parametrize(
    ("hops", "forwarded", "seen"),
    [
        (0, "198.51.100.7", "127.0.0.1 http"),
        (1, "198.51.100.7", "198.51.100.7 https"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7 https"),  # what the visitor claims is before what the proxy saw
        (2, "203.0.113.9, 198.51.100.7, 192.0.2.1", "198.51.100.7 https"),
        (2, "198.51.100.7", "127.0.0.1 http"),
    ],
)
def test_safety_requests_as_many_proxies_are_believed_as_there_are(
    behind: Any, hops: int, forwarded: str, seen: str
) -> None:
    protocols = ", ".join(["https"] * (forwarded.count(",") + 1))
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": protocols, "X-Forwarded-Host": "evil.example"}
    assert behind(TRUSTED_PROXIES=hops).get("/asked", headers=headers).text == f"{seen} localhost"


@pytest.mark.parametrize("path", FORMS)
def test_safety_requests_a_form_without_its_token_is_refused(behind: Any, path: str) -> None:
    client = behind()
    client.application.config["WTF_CSRF_CHECK_DEFAULT"] = True
    answer = client.post(path, data={"email": "kim@example.org", "password": "x"})
    assert answer.status_code == 400
    assert "open for too long" in answer.text
