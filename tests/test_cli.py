"""The campaign-app command, as operators and scripts call it."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from campaign_app import create_app
from campaign_app.cli import campaign_app

COMMAND = [sys.executable, "-m", "campaign_app"]
DAILY = "SELECT state FROM job WHERE kind = 'sweep stored files'"


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder that is not there yet, named in the environment."""
    monkeypatch.setenv("CAMPAIGN_APP_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("CAMPAIGN_APP_PRESS_PROCESSES", "0")
    return tmp_path / "instance"


def call(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(campaign_app, arguments, input=typed)


def client_of(instance: Path) -> FlaskClient:
    return create_app(instance, WTF_CSRF_ENABLED=False, PRESS_PROCESSES=0).test_client()


def rows(instance: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(instance / "campaigns.sqlite")) as connection:
        return connection.execute(query).fetchall()


def wait_for(holds: Callable[[], bool]) -> None:
    """Wait until something holds that another process does; its tables may not be there yet."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(sqlite3.OperationalError):
            if holds():
                return
        time.sleep(0.05)
    raise AssertionError


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The served site as a process of its own, and what it says first."""
    process = subprocess.Popen([*COMMAND, "run", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


class TestRun:
    def test_serves_the_demo_section_from_nothing_and_stops_when_told(
        self, instance: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CAMPAIGN_APP_PRESS_PROCESSES", "1")
        with running("--demo", "--port", "0") as (process, said):
            url = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert url, said
            with urlopen(f"{url[0]}/sign-in") as answer:
                page = answer.read().decode()
            assert "staff@example.org" in page
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0
            assert process.stderr
            assert process.stderr.read() == ""
        assert rows(instance, "SELECT count(*) FROM campaign")[0] != (0,)

    @pytest.mark.usefixtures("instance")
    def test_says_how_to_make_the_first_account(self) -> None:
        with running("--port", "0") as (_, said):
            assert "campaign-app staff" in said

    def test_does_jobs_beside_the_pages(self, instance: Path) -> None:
        with running("--port", "0") as (process, _):
            wait_for(lambda: rows(instance, DAILY) == [("DONE",)])
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0

    def test_a_port_that_is_taken_is_said_to_be(self, instance: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            result = call("run", "--port", port)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"Port {port} is taken" in result.stderr
        assert not instance.exists()

    def test_a_demonstration_is_served_to_this_machine_alone(self, instance: Path) -> None:
        result = call("run", "--demo", "--host", "0.0.0.0", "--port", "0")
        assert result.exit_code == 1
        assert "127.0.0.1" in result.stderr
        assert not instance.exists()

    def test_a_wrong_setting_is_named(self, instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAMPAIGN_APP_THREADS", "many")
        result = call("run", "--port", "0")
        assert result.exit_code == 1
        assert "THREADS" in result.stderr
        assert not (instance / "campaigns.sqlite").exists()


class TestWorker:
    def test_makes_the_database_and_does_what_waits(self, instance: Path) -> None:
        result = call("worker", "--once")
        assert (result.exit_code, result.output) == (0, "")
        assert rows(instance, DAILY) == [("DONE",)]

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_goes_on_until_it_is_told_to_stop(self, instance: Path, number: signal.Signals) -> None:
        with subprocess.Popen([*COMMAND, "worker"], stderr=subprocess.PIPE, text=True) as process:
            try:
                wait_for(lambda: (instance / "campaigns.sqlite").exists() and rows(instance, DAILY) == [("DONE",)])
                assert process.poll() is None
                process.send_signal(number)
                assert process.wait(timeout=60) == 0
                assert process.stderr
                assert process.stderr.read() == ""
            finally:
                process.kill()


class TestDemo:
    def test_fills_the_named_instance(self, instance: Path) -> None:
        result = call("demo")
        assert result.exit_code == 0, result.output
        assert rows(instance, "SELECT count(*) FROM campaign") == [(8,)]

    def test_called_again_changes_nothing(self, instance: Path) -> None:
        call("demo")
        tables = [name for (name,) in rows(instance, "SELECT name FROM sqlite_master WHERE type = 'table'")]
        before = {table: rows(instance, f'SELECT * FROM "{table}"') for table in tables}
        assert call("demo").exit_code == 0
        assert before == {table: rows(instance, f'SELECT * FROM "{table}"') for table in tables}


class TestStaff:
    PASSWORD = "a rather long sentence"

    def test_makes_an_account_that_signs_in(self, instance: Path) -> None:
        result = call("staff", "Kim@Example.org", "Kim Example", typed=f"{self.PASSWORD}\n{self.PASSWORD}\n")
        assert result.exit_code == 0, result.output
        assert self.PASSWORD not in result.output
        client = client_of(instance)
        answer = client.post("/sign-in", data={"email": "kim@example.org", "password": self.PASSWORD})
        assert answer.location == "/desk"
        assert client.get("/desk").status_code == 200

    def test_prints_a_generated_password_once(self, instance: Path) -> None:
        result = call("staff", "kim@example.org", "Kim Example", "--generate-password")
        password = result.stdout.split("Password: ")[1].strip()
        assert len(password) >= 16
        answer = client_of(instance).post("/sign-in", data={"email": "kim@example.org", "password": password})
        assert answer.location == "/desk"

    def test_a_short_password_is_refused(self, instance: Path) -> None:
        result = call("staff", "kim@example.org", "Kim Example", typed="short\nshort\n")
        assert result.exit_code == 1
        assert "12" in result.stderr
        assert rows(instance, "SELECT * FROM account") == []

    def test_an_address_has_one_account(self, instance: Path) -> None:
        call("staff", "kim@example.org", "Kim Example", "--generate-password")
        result = call("staff", "KIM@example.org", "Kim Again", "--generate-password")
        assert result.exit_code == 1
        assert "already" in result.stderr
        assert len(rows(instance, "SELECT * FROM account")) == 1

    def test_what_is_no_address_is_refused(self, instance: Path) -> None:
        result = call("staff", "kim", "Kim Example", "--generate-password")
        assert (result.exit_code, rows(instance, "SELECT * FROM account")) == (1, [])


def test_files_that_the_command_makes_are_for_their_owner_alone(instance: Path) -> None:
    before = os.umask(0o022)
    try:
        call("demo")
    finally:
        os.umask(before)
    open_to_others = [path.name for path in instance.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []
