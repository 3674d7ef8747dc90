"""From the form to the bytes of a letter, on a warm server with 20 clients on this machine's cores.

Ours is the real site under waitress; its peer is ``benchmarks.peer``. Each letter is new (another name, other
words), so that no answer comes from a cache. While the clients make letters, one reader opens the home page.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import io
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import docx

# The styles of a letter's DOCX by the part that they stand for; all others are of the body.
PARTS = {
    "Sender": "sender", "Place and Date": "date", "Addressee": "addressee", "Subject": "subject",
    "Salutation": "salutation", "Closing": "closing", "Signature": "name",
}  # fmt: skip
WORDS = "I write because nobody should be held for what they say, and because letters help"


@dataclass
class Measured:
    """Seconds each answer took."""

    letters: list[float] = field(default_factory=list)
    home: list[float] = field(default_factory=list)
    span: float = 0
    processor: float = 0  # seconds of all the server's processes
    size: int = 0

    @property
    def rate(self) -> float:
        return len(self.letters) / self.span

    @property
    def work(self) -> float:
        """Milliseconds of a processor for each letter: what does not depend on who else uses the machine."""
        return self.processor / len(self.letters) * 1000


class Client:
    """A browser with one connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookie = ""

    def send(self, method: str, path: str, fields: dict | list | None = None) -> bytes:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{method} {path}: {answer.status}\n{content[:2000].decode(errors='replace')}")
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return content


def value(page: bytes, name: str) -> str:
    found = re.search(rb'name="%s"[^>]*value="([^"]*)"' % name.encode(), page)
    if not found:
        raise SystemExit(f"The page has no field {name}.")
    return found[1].decode()


class Ours:
    """The member's way: the form is sent, then its letter is taken as PDF."""

    def __init__(self, port: int, slug: str, language: str) -> None:
        self.client, self.path, self.language = Client(port), f"/campaigns/{slug}/write", language
        page = self.client.send("GET", f"{self.path}?language={language}")
        self.csrf = value(page, "csrf_token")
        self.target = value(page, "targets")
        self.day = value(page, "day")

    def fields(self, number: str) -> dict[str, str]:
        return {
            "csrf_token": self.csrf, "key": secrets.token_urlsafe(16), "language": self.language,
            "targets": self.target,
            "name": f"Kim Minji {number}", "country": "KR", "city": "Seoul", "postcode": "04560", "street": "Jongno 1",
            "own_words": f"{WORDS} {number}.", "day": self.day, "paper": "A4", "window": "",
        }  # fmt: skip

    def letter(self, number: str, take: str = "0.pdf") -> bytes:
        page = self.client.send("POST", self.path, self.fields(number) | {"action": "make"})
        return self.client.send("POST", "/letters/take", {"sealed": value(page, "sealed"), "take": take})

    def preview(self, number: str) -> bytes:
        return self.client.send("POST", f"{self.path}/preview", self.fields(number))


class Peer:
    """The plain view: the same letter in one request."""

    def __init__(self, port: int, letter: dict[str, str]) -> None:
        self.client, self.fields = Client(port), letter

    def letter(self, number: str) -> bytes:
        own = f"\n\n{WORDS} {number}."
        fields = self.fields | {"body": self.fields["body"] + own, "name": f"Kim Minji {number}"}
        return self.client.send("POST", "/letter.pdf", fields)


def measure(port: int, server: int, make_client: Callable[[], Ours | Peer], clients: int, seconds: float) -> Measured:
    """Let ``clients`` make letters for ``seconds`` while one reader opens the home page ten times a second."""
    measured, stop, lock = Measured(), time.monotonic() + seconds, threading.Lock()

    def write(worker: Ours | Peer, who: int) -> None:
        count = 0
        while (began := time.monotonic()) < stop:
            pdf = worker.letter(f"{who}-{count}")
            assert pdf.startswith(b"%PDF")
            with lock:
                measured.letters.append(time.monotonic() - began)
                measured.size = len(pdf)
            count += 1

    def read() -> None:
        reader = Client(port)
        while (began := time.monotonic()) < stop:
            reader.send("GET", "/")
            measured.home.append(time.monotonic() - began)
            time.sleep(max(0, 0.1 - (time.monotonic() - began)))

    workers = [make_client() for _ in range(clients)]
    workers[0].letter("warm")
    threads = [threading.Thread(target=write, args=(worker, who)) for who, worker in enumerate(workers)]
    threads.append(threading.Thread(target=read))
    began, worked = time.monotonic(), processor_time(server)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured.span = time.monotonic() - began
    measured.processor = processor_time(server) - worked
    return measured


def processor_time(root: int) -> float:
    """Seconds of a processor that a process and those it started have used, as Linux tells."""
    ticks, family = {}, {root}
    for file in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda file: int(file.parent.name)):
        with contextlib.suppress(OSError):
            told = file.read_text().rpartition(")")[2].split()
            number = int(file.parent.name)
            ticks[number] = int(told[11]) + int(told[12])
            if int(told[1]) in family:
                family.add(number)
    return sum(ticks.get(number, 0) for number in family) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def server(command: list[str], port: int, **environment: str) -> Iterator[int]:
    """A server in a process of its own, whose id is given, until it is no longer needed."""
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {process.returncode}.")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def milliseconds(values: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(values) * 1000, statistics.quantiles(values, n=20)[-1] * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--campaign", default="nasim-el-fanous")
    parser.add_argument("--language", default="en")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(given, folder)


def run(given: argparse.Namespace, folder: str) -> None:
    port = free_port()
    ours = [sys.executable, "-m", "campaign_app", "run", "--demo", "--port", str(port)]
    with server(ours, port, CAMPAIGN_APP_INSTANCE=folder, CAMPAIGN_APP_RATE_LIMITS="no") as process:
        first = Ours(port, given.campaign, given.language)
        first.preview("warm")
        previews = []
        for number in range(30):
            began = time.monotonic()
            first.preview(str(number))
            previews.append(time.monotonic() - began)
        letter = same_letter(first.letter("same", "0.docx"))
        site = measure(port, process, lambda: Ours(port, given.campaign, given.language), given.clients, given.seconds)
    port = free_port()
    letter["language"] = given.language
    with server([sys.executable, "-m", "benchmarks.peer", str(port)], port) as process:
        plain = measure(port, process, lambda: Peer(port, letter), given.clients, given.seconds)
    report(given, site, plain, previews)


def same_letter(file: bytes) -> dict[str, str]:
    """The text of our letter, part by part, so that the peer sets the same words in the same paragraphs."""
    parts: dict[str, list[str]] = defaultdict(list)
    for paragraph in docx.Document(io.BytesIO(file)).paragraphs:
        parts[PARTS.get(paragraph.style.name.removesuffix(" Latin"), "body")].append(paragraph.text)
    body = "\n\n".join(words for words in parts.pop("body") if not words.startswith(WORDS))
    return {name: "\n".join(lines) for name, lines in parts.items()} | {"body": body}


def report(given: argparse.Namespace, site: Measured, plain: Measured, previews: list[float]) -> None:
    print(f"{given.clients} clients, {given.seconds:.0f} s, {os.cpu_count()} cores, language {given.language}\n")
    print(f"{'':28}{'letters/s':>10}{'median ms':>11}{'p95 ms':>9}{'home p95 ms':>13}{'CPU ms':>9}{'bytes':>9}")
    for name, measured in (("ours: form to PDF/UA bytes", site), ("plain Flask + WeasyPrint", plain)):
        median, p95 = milliseconds(measured.letters)
        _, home = milliseconds(measured.home)
        print(
            f"{name:28}{measured.rate:>10.1f}{median:>11.0f}{p95:>9.0f}{home:>13.0f}{measured.work:>9.1f}{measured.size:>9}"
        )
    ours, peer = milliseconds(site.letters), milliseconds(plain.letters)
    print(f"\nours makes {site.rate / plain.rate:.2f} × the letters, at {ours[0] / peer[0]:.2f} × the median time")
    print(f"and {ours[1] / peer[1]:.2f} × the p95 time,")
    print(f"with {site.work / plain.work:.2f} × the work of a processor")
    median, p95 = milliseconds(previews)
    print(f"preview of a changed paragraph, idle: median {median:.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main()
