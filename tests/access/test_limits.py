from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from campaign_app import create_app
from campaign_app.access.limits import LIMITS
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from tests.access.conftest import ADDRESS, enter
from tests.conftest import SETTINGS, _take_forms_without_a_token
from tests.databases import SQLITE_FILE

QUARTER = 15 * 60 + 1  # seconds


def statuses(client: FlaskClient, count: int, email: str = ADDRESS) -> list[int]:
    return [enter(client, email, "wrong").status_code for _ in range(count)]


def test_safety_sessions_brute_force_gets_429_by_account_wherever_it_comes_from(app: Flask, account: str) -> None:
    for number in range(10):
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        assert statuses(client, 1) == [200]
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "198.51.100.1"
    assert statuses(client, 1) == [429]
    assert enter(client, account).status_code == 429


def test_safety_sessions_spraying_gets_429_by_address_and_nobody_else_does(app: Flask, account: str) -> None:
    sprayer = app.test_client()
    sprayer.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    answers = [enter(sprayer, f"person{number}@example.org", "wrong").status_code for number in range(51)]
    assert answers == [200] * 50 + [429]
    assert enter(app.test_client(), account).status_code == 302


def test_safety_sessions_nobody_is_locked_out_for_good(app: Flask, account: str) -> None:
    client = app.test_client()
    assert statuses(client, 11)[-1] == 429
    with time_machine.travel(time.time() + QUARTER):
        assert enter(client, account).status_code == 302


def test_safety_sessions_an_unknown_address_is_limited_like_a_known_one(app: Flask, account: str) -> None:
    assert statuses(app.test_client(), 11, "nobody@example.org") == statuses(app.test_client(), 11, account)


def test_signing_in_well_is_not_counted(app: Flask, account: str) -> None:
    assert {enter(app.test_client(), account).status_code for _ in range(15)} == {302}


def test_one_household_of_ipv6_is_one_address(app: Flask) -> None:
    answers = []
    for number in range(51):
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2::{number:x}"
        answers.append(enter(client, f"person{number}@example.org", "wrong").status_code)
    assert answers[-1] == 429


@pytest.mark.parametrize("path", ["/l/guessed", "/invitation/guessed", "/reset/guessed"])
def test_safety_tokens_on_paper_guessing_is_limited_and_gets_a_plain_page(client: FlaskClient, path: str) -> None:
    answers = [client.get(f"{path}{number}") for number in range(61)]
    assert answers[0].status_code in (404, 410)
    assert answers[-1].status_code == 429
    assert "Please wait a minute" in answers[-1].text


def test_safety_tokens_on_paper_codes_of_kept_letters_are_limited(client: FlaskClient) -> None:
    answers = [client.post("/letters/kept", data={"reference": "0000-0000", "code": "x"}) for _ in range(31)]
    assert (answers[0].status_code, answers[-1].status_code) == (422, 429)


def test_no_address_is_in_what_is_counted(app: Flask, client: FlaskClient) -> None:
    client.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    statuses(client, 1)
    storage = app.extensions["limits"].storage
    assert storage.events
    assert "192.0.2.77" not in str(storage.events)
    assert ADDRESS not in str(storage.events)


def test_every_limit_is_on_a_view_that_is_there(app: Flask) -> None:
    assert {limit.endpoint for limit in LIMITS} <= set(app.view_functions)


class TestWriting:
    @pytest.fixture
    def path(self, campaign: Campaign) -> str:
        return f"/campaigns/{campaign.slug}/write"

    def test_safety_requests_a_flood_from_a_program_is_stopped(self, client: FlaskClient, path: str) -> None:
        answers = [client.post(path, data={"action": "make"}).status_code for _ in range(121)]
        assert set(answers[:120]) == {422}
        assert answers[-1] == 429

    def test_safety_requests_people_who_take_their_time_are_not_counted(
        self, app: Flask, client: FlaskClient, path: str
    ) -> None:
        opened = re.search(r'name="opened"[^>]*value="([^"]+)"', client.get(path).text)
        assert opened
        with time_machine.travel(time.time() + 4):
            for _ in range(121):
                assert client.post(path, data={"action": "make", "opened": opened[1]}).status_code == 422
        assert app.extensions["limits"]

    def test_safety_requests_the_field_that_nobody_sees_must_stay_empty(self, client: FlaskClient, path: str) -> None:
        page = client.post(path, data={"action": "make", "website": "https://spam.example", "name": "Kim"})
        assert page.status_code == 422
        assert "leave this field empty" in page.text
        assert 'value="Kim"' in page.text


class TestRedis:
    @pytest.fixture
    def address(self, tmp_path: Path) -> Iterator[str]:
        """A Redis server of Debian's on a free port, and how to reach it."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        program = shutil.which("redis-server")
        assert program
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
        server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        client = redis.Redis(port=port)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.1)
        client.close()
        yield f"redis://127.0.0.1:{port}/0"
        server.kill()
        server.wait()

    def test_safety_requests_limits_are_shared_by_all_processes(
        self, tmp_path: Path, migrated_database: Path, address: str
    ) -> None:
        """Two applications, as two processes have them."""
        answers = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            shutil.copy(migrated_database, tmp_path / name / SQLITE_FILE)
            app = create_app(tmp_path / name, **SETTINGS, RATE_LIMIT_STORAGE=address)
            app.before_request(_take_forms_without_a_token)
            answers += statuses(app.test_client(), 6)
            storage = app.extensions["limits"].storage
            stored = [key.decode() for key in storage.storage.scan_iter()]
            assert stored
            assert not any(ADDRESS in key or "127.0.0.1" in key for key in stored)
            storage.storage.connection_pool.disconnect()
            with app.app_context():
                db.engine.dispose()
        assert answers == [200] * 10 + [429] * 2
