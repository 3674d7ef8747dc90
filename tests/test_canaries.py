"""Nothing personal leaks: canaries go in through the real pages of a real site, and are looked for everywhere else."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks.site import Site
from tests.canary_visitor import Visitor
from tests.privacy.people import raw_bytes

NAME, EMAIL, OWN_WORDS = "Canary Nightingale", "canary.nightingale@example.org", "The canary sings before dawn."
REPLY = "The minister has heard the canary and lets it fly."
STREET, PASSWORD, PHONE = "Canarystreet 99", "a canary in a coal mine", "010-5555-0199"


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for temporary files alone. Its name is short: those of sockets in it may have 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="c") as folder:
        yield Path(folder)


@pytest.fixture
def site(tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with the demo section, and temporary files in a folder of their own."""
    monkeypatch.setenv("TMPDIR", str(temporary))
    site = Site(tmp_path / "instance", press_processes=1)
    assert site.call("demo").returncode == 0
    return site


def test_safety_rule_1_names_addresses_words_and_tokens_are_in_no_log_no_address_no_temporary_and_no_stored_file(
    site: Site, tmp_path: Path, temporary: Path
) -> None:
    made = site.call("staff", EMAIL, NAME, "--generate-password")
    password = made.stdout.split("Password: ")[1].strip()
    log = tmp_path / "log"
    site.start(log)
    try:
        visitor = Visitor(site.url)
        page = visitor.open("/campaigns/orrin-larksong/write?lang=en&language=en")
        form = {
            "language": "en", "targets": re.findall(r'name="targets" value="(\d+)" checked', page)[0], "name": NAME,
            "street": STREET, "city": "Seoul", "postcode": "04560", "country": "KR", "own_words": OWN_WORDS,
            "paper": "A4", "window": "", "day": re.findall(r'name="day"[^>]*value="([^"]+)"', page)[0],
            "key": "a-canary-of-one-form", "keep": "y",
        }  # fmt: skip
        visitor.send("/campaigns/orrin-larksong/write", {**form, "action": "preview"})
        ready = visitor.send("/campaigns/orrin-larksong/write", {**form, "action": "make"})
        token = re.findall(r'href="/l/([^"]+)"', ready)[0]
        code = re.findall(r"<code>([0-9A-Z-]{20,})</code>", ready)[0]
        reference = re.findall(r"Reference ([0-9A-Z]{4}-[0-9A-Z]{4})", ready)[0]
        sealed = re.findall(r'name="sealed" value="([^"]+)"', ready)[0]
        assert visitor.send("/letters/take", {"sealed": sealed, "take": "0.pdf"}).startswith("%PDF")
        visitor.send(f"/l/{token}/posted", {})
        assert STREET.split()[0] not in visitor.open("/letters/kept")
        visitor.send("/letters/kept", {"reference": reference, "code": code})
        visitor.send("/sign-in", {"email": EMAIL, "password": "wrong " + PASSWORD})
        visitor.send("/sign-in", {"email": EMAIL, "password": password})
        visitor.open("/me/correct")
        visitor.send("/me/correct", {"name": NAME, "email": EMAIL, "phone": PHONE, "letter_street": STREET})
        assert PHONE in visitor.open("/me")
        visitor.open("/me/data.json")
        reply = {
            "key": "a-canary-of-a-reply", "letter": reference, "unknown": "", "kind": "substantive", "language": "en",
            "received_on": form["day"], "sender": NAME, "summary": REPLY, "text": REPLY, "translation": REPLY,
            "forwarded_on": "",
        }  # fmt: skip
        visitor.open("/desk/replies/new")
        assert REPLY in visitor.send("/desk/replies/new", reply)
        visitor.open("/desk/audit")
        visitor.open(f"/l/{token[:-2]}xx")
        visitor.send("/campaigns/orrin-larksong/write", {**form, "name": "\x00" + NAME, "action": "make"})
        canaries = [NAME, EMAIL, OWN_WORDS, STREET, PHONE, PASSWORD, password, token, code, REPLY]
        canaries += ["Nightingale", "Canary"]
        assert not found(canaries, {"log": log.read_bytes()})
        assert not found(canaries, raw_bytes(temporary))
    finally:
        site.stop()
    assert not found(canaries, {"log": log.read_bytes(), **raw_bytes(temporary)})
    assert not found(canaries, raw_bytes(site.instance))
    personal = [REPLY, NAME, EMAIL, OWN_WORDS, STREET, PHONE, PASSWORD, password, code]
    assert not [url for url in visitor.asked if found(personal, {url: said_in(url)})]


def found(canaries: list[str], files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Where which canary was found."""
    return [(name, canary) for name, content in files.items() for canary in canaries if canary.encode() in content]


def said_in(url: str) -> bytes:
    parts = urlsplit(url)
    return " ".join([parts.path, *(value for values in parse_qs(parts.query).values() for value in values)]).encode()
