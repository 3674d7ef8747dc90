"""A print run of 12,000 people through the job table: rows a second, peak memory, and how long its pages take.

python -m benchmarks.big_run [ROWS]
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password

from benchmarks.kills_of_runs import stored_campaign
from benchmarks.roster import people
from campaign_app import create_app
from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.jobs.worker import work_next
from campaign_app.letters.models import LetterRecord
from campaign_app.texts.models import TextVersion

ROWS = 12_000
PASSWORD = "the rain in Gyeonggi-do"
PARTS = ["letters", "envelopes", "labels", "checklist"]
PAGES = ["", "/posted", "/edit", "/rows/2", "/rows/2/letter.png"]


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Path(folder), WTF_CSRF_ENABLED=False, SECRET_KEY="only for measuring, and long enough")
        with closing(app.extensions["press"]) as press:
            press.start()
            measure(app, rows)
        with app.app_context():
            db.engine.dispose()


def measure(app: Flask, rows: int) -> None:
    client, target = prepared(app)
    form = {
        "group_id": 0, "targets": [target], "language": "en", "day": date.today().isoformat(), "parts": PARTS,
        "format": "pdf", "order": "given", "sides": 1, "paper": "A4", "window": "", "envelope": "DL",
        "label_sheet": "L7163", "first_label": 1, "offset_x": 0, "offset_y": 0, "encoding": "", "separator": "",
        "people_language": "", "source": "roster", "file": (io.BytesIO(roster(rows)), "roster.csv"),
    }  # fmt: skip
    began = time.monotonic()
    with client.post("/desk/runs/new/nadia", data=form) as answer:
        assert answer.status_code == 303, answer.text
        where = answer.location
    say("upload", rows, began)
    work(app, "check", rows)
    pages(client, where, PAGES)
    assert client.post(f"{where}/make").status_code == 303
    work(app, "make", rows)
    pages(client, where, PAGES[:2])
    with app.app_context():
        assert db.session.query(LetterRecord).count() == rows
        assert list(broken()) == []


def prepared(app: Flask) -> tuple[FlaskClient, int]:
    """Somebody of the staff, signed in, and the target to write to."""
    with app.app_context():
        flask_migrate.upgrade()
        campaign_id, account_id = stored_campaign()
        db.session.get_one(Account, account_id).password = hash_password(PASSWORD)
        db.session.query(
            TextVersion
        ).one().body = "I write for {{ person }}.\n\n{{ own_words }}\n\nRelease {{ person }}."
        db.session.commit()
        target = db.session.get_one(Campaign, campaign_id).targets[0].id
    client = app.test_client()
    client.post("/sign-in", data={"email": "staff@example.org", "password": PASSWORD})
    return client, target


def roster(rows: int) -> bytes:
    """A roster of people in 14 scripts, each with words of their own."""
    fields = ("name", "street", "city", "postcode", "country", "language", "message")
    lines = (",".join(f'"{getattr(person, field)}"' for field in fields) for person in people(rows))
    return "\n".join([",".join(fields), *lines]).encode()


def work(app: Flask, what: str, rows: int) -> None:
    began = time.monotonic()
    with app.app_context():
        while work_next():
            pass
    say(what, rows, began)


def pages(client: FlaskClient, where: str, wanted: list[str]) -> None:
    for page in wanted:
        began = time.monotonic()
        with client.get(f"{where}{page}") as answer:
            print(f"  page {page or '/'}: {answer.status_code} in {(time.monotonic() - began) * 1000:.0f} ms")


def say(what: str, rows: int, began: float) -> None:
    seconds = time.monotonic() - began
    print(f"{what}: {rows} rows in {seconds:.1f} s, {rows / seconds:.0f} a second; peak {peak()} MB", flush=True)


def peak() -> int:
    """The most memory that this process ever held, without the processes of the press, in MB."""
    status = Path(f"/proc/{os.getpid()}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
