"""A real site in a process of its own, with the demo section, and people who write letters by the member's way."""

from __future__ import annotations

import multiprocessing
import os
import re
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPException
from http.cookiejar import CookieJar
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

COMMAND = [sys.executable, "-m", "campaign_app"]
PROCESSES = multiprocessing.get_context("forkserver")  # which has imported what a site needs, as that takes seconds
PROCESSES.set_forkserver_preload(["campaign_app.application", "campaign_app.cli", "campaign_app.documents.printing"])
CAMPAIGN = "orrin-larksong"
REFERENCE = re.compile(r"Reference ([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
TARGET = re.compile(r'name="targets" value="(\d+)" checked')
PATIENCE = 60  # s for the site to begin, and for an answer


@dataclass
class Site:
    """An instance that is served, killed and served again on one port."""

    instance: Path
    press_processes: int = 0
    port: int = field(default_factory=lambda: _free_port())
    process: ForkServerProcess | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        values = {"INSTANCE": str(self.instance), "PRESS_PROCESSES": str(self.press_processes), "RATE_LIMITS": "no"}
        return {f"CAMPAIGN_APP_{name}": value for name, value in values.items()}

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command, once."""
        return subprocess.run([*COMMAND, *arguments], env=os.environ | self.settings, capture_output=True, text=True)

    def start(self, log: Path | None = None) -> None:
        """Serve; returns when the site answers. What it says goes into ``log``."""
        arguments = (self.settings, self.port, log or Path(os.devnull))
        self.process = PROCESSES.Process(target=_serve, args=arguments)
        self.process.start()
        self._wait()

    def kill(self) -> None:
        """``kill -9``, at whatever it is doing."""
        assert self.process
        self.process.kill()
        self.process.join()

    def stop(self) -> None:
        assert self.process
        self.process.terminate()
        self.process.join(PATIENCE)

    def references(self) -> list[str]:
        """The references of all letters that are recorded."""
        with closing(sqlite3.connect(self.instance / "campaigns.sqlite")) as connection:
            return [reference for (reference,) in connection.execute("SELECT reference FROM letter")]

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process
            assert self.process.is_alive(), "the site ended by itself"
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError


class Writer:
    """Someone with a browser, who opens the form once and sends it for many letters."""

    def __init__(self, site: Site) -> None:
        self._address = f"{site.url}/campaigns/{CAMPAIGN}/write?lang=en&language=en"
        self._browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        page = self._ask()
        self._token, self._target = TOKEN.findall(page)[0], TARGET.findall(page)[0]

    def write(self, key: str) -> str | None:
        """Make one letter; its reference once the site acknowledged it, None where it did not."""
        values = {
            "csrf_token": self._token, "key": key, "language": "en", "targets": self._target, "name": "Kim Example",
            "street": "1 Sample-ro", "city": "Seoul", "postcode": "04560", "country": "KR", "paper": "A4", "window": "",
            "day": date.today().isoformat(), "own_words": "", "action": "make",
        }  # fmt: skip
        try:
            found = REFERENCE.findall(self._ask(urlencode(values).encode()))
        except (OSError, HTTPException):
            return None
        return found[0] if found else None

    def _ask(self, content: bytes | None = None) -> str:
        with self._browser.open(self._address, content, timeout=PATIENCE) as answer:
            return answer.read().decode()


def new_key() -> str:
    """A form's own key, as the form draws it."""
    return secrets.token_urlsafe(16)


@contextmanager
def prepared(folder: Path, press_processes: int = 0) -> Iterator[Site]:
    """A site with the demo section that is stopped in the end, whatever happens."""
    site = Site(folder / "instance", press_processes)
    loaded = site.call("demo")
    assert loaded.returncode == 0, loaded.stderr
    try:
        yield site
    finally:
        if site.process and site.process.is_alive():
            site.kill()


def _serve(settings: dict[str, str], port: int, log: Path) -> None:
    """What a process of its own runs: the command, as from a shell."""
    from campaign_app.cli import campaign_app

    with log.open("ab") as said:
        os.dup2(said.fileno(), sys.stdout.fileno())
        os.dup2(said.fileno(), sys.stderr.fileno())
    os.environ.update(settings)
    campaign_app(["run", "--port", str(port)])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
