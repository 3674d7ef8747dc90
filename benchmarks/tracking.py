"""What it costs to look at letters, to mark one and to take all along, for ten thousand of them and for millions.

Each size is a database of its own: 60 campaigns of 21 groups, each open for sixty days of three years, to three targets
each. Pages are asked for in this process, one after the other, as staff; the peer is what they would cost with a plain
``COUNT(*) … GROUP BY`` of the letters for each of their tables, without drawing a page.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import text

from campaign_app import create_app, keys
from campaign_app.access.accounts import new_account, with_role
from campaign_app.campaigns.models import Campaign, Kind, Status, Theme
from campaign_app.db import db, now
from campaign_app.groups.models import Group
from campaign_app.letters.models import LetterRecord
from campaign_app.people.models import Person, Role
from campaign_app.targets.models import Office, Target
from campaign_app.texts.models import LetterText, TextVersion
from campaign_app.tracking import counting
from tests.databases import Server, running

CAMPAIGNS, GROUPS, TARGETS, OPEN = 60, 21, 3, 60
BEGAN = date(2024, 1, 1)
BETWEEN = 17  # days from the opening of one campaign to that of the next
COUNTRIES = ("EG", "MM", "IR", "US", "VN", "BY", "HN", "KR", "CN", "RU")
PASSWORD = "a password for nobody"
SECRET = "a key that is long enough, and only for benchmarks"
TIMES = 60  # that each page is asked for
FILTERS = ("", "?since=2025-01&until=2025-12", "?group=group-3", "?theme=torture", "?group=group-5&since=2024-06")
LIST = "/desk/tracking/letters?state=posted"
A_RUN = 12_000  # letters
ROW = "{:>21}{:>17}{:>17}{:>17}{:>17}{:>22}{:>16}"
STATUS = (
    "CASE WHEN i % 10 < 3 THEN 'MADE' WHEN i % 100 = 50 THEN 'VOID' WHEN i % 40 = 4 THEN 'ANSWERED' "
    "WHEN i % 50 = 5 THEN 'RETURNED' ELSE 'POSTED' END"
)
COLUMNS = (
    "campaign_id, target_id, group_id, text_version_id, language, country, reference, token_hash, form, status, "
    "made_on, made_at, posted_on"
)
# The plain way: what each table and chart of the dashboard would have to count.
PLAIN = (
    "SELECT status, count(*) FROM letter GROUP BY status",
    "SELECT campaign_id, status, count(*) FROM letter GROUP BY campaign_id, status",
    "SELECT group_id, status, count(*) FROM letter GROUP BY group_id, status",
    "SELECT country, status, count(*) FROM letter GROUP BY country, status",
    "SELECT language, status, count(*) FROM letter GROUP BY language, status",
    "SELECT made_on, status, count(*) FROM letter GROUP BY made_on, status",
)
OF_A_CAMPAIGN = tuple(
    query.replace(" GROUP", " WHERE campaign_id = 7 GROUP") for query in (PLAIN[0], PLAIN[3], PLAIN[5])
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--postgresql", type=int, nargs="*", default=[1_000_000, 10_000_000])
    parser.add_argument("--export", nargs=3, metavar=("INSTANCE", "DATABASE", "KIND"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.export:
        export(*given.export)
        return
    print(ROW.format("letters", "dashboard", "campaign", "list", "mark posted", "plain counts", "ours is"))
    print(ROW.format("", *["p50 / p95 ms"] * 4, "dashboard / campaign", ""))
    for count in given.sqlite:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), "", count)
    if given.postgresql:
        with running(server := Server(Path(tempfile.mkdtemp(prefix="postgresql-")))):
            for count in given.postgresql:
                name = server.new()
                with tempfile.TemporaryDirectory() as folder:
                    measure(Path(folder), server.url(name), count)
                server.drop(name)


def measure(folder: Path, database: str, count: int) -> None:
    app = opened(folder, database)
    with closing(app):
        tokens = fill(app, count)
        client = app.test_client()
        sign_in(client)
        dashboard = timed(TIMES, lambda n: page(client, f"/desk/tracking{FILTERS[n % len(FILTERS)]}"))
        campaign = timed(TIMES, lambda n: page(client, f"/campaigns/campaign-{n % CAMPAIGNS + 1}"))
        lists = timed(
            TIMES, lambda n: page(client, f"/desk/tracking/letters?campaign=campaign-{n % CAMPAIGNS + 1}&state=posted")
        )
        marks = timed(len(tokens), lambda n: posted(client, tokens[n]))
        plain, plain_campaign = (
            timed(3, lambda _, q=queries: counted(app, q))[0] for queries in (PLAIN, OF_A_CAMPAIGN)
        )
        slower = run_of_letters(app)
        breaches = 0 if count > 1_000_000 else wrong(app)
    name = f"{'PostgreSQL' if database else 'SQLite'} {count:,}"
    ratio = f"{plain / dashboard[0]:.1f} / {plain_campaign / campaign[0]:.1f} ×"
    plainly = f"{plain:,.0f} / {plain_campaign:,.0f}"
    print(ROW.format(name, *map(pair, (dashboard, campaign, lists, marks)), plainly, ratio))
    told = f"recording a run of {A_RUN:,}: {slower[0]:,.0f} ms, without the tally {slower[1]:,.0f} ms"
    print(f"    {told}; counters that are wrong: {breaches}")
    for kind in ("csv", "json") if count > 1_000_000 else ("csv", "json", "xlsx"):
        command = [sys.executable, "-m", "benchmarks.tracking", "--export", str(folder), database, kind]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        print(f"    all as {kind}: {told.strip()}", flush=True)


def opened(folder: Path, database: str) -> Flask:
    settings: dict[str, Any] = {"PRESS_PROCESSES": 0, "RATE_LIMITS": False, "WTF_CSRF_ENABLED": False, "DEMO": True}
    app = create_app(folder, DATABASE_URL=database, SECRET_KEY=SECRET, **settings)
    with app.app_context():
        flask_migrate.upgrade()
    return app


@contextmanager
def closing(app: Flask) -> Iterator[None]:
    try:
        yield
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def fill(app: Flask, count: int) -> list[str]:
    """The section with its letters; the tokens of some that are made and not posted."""
    with app.app_context():
        people = with_role(Person(name="Somebody"), Role.STAFF, None, BEGAN)
        db.session.add(new_account(people, "staff@example.org", PASSWORD, demo=True))
        groups = [Group(number=n, name=f"Group {n}", slug=f"group-{n}") for n in range(1, GROUPS + 1)]
        db.session.add_all(groups)
        db.session.flush()
        for n in range(1, CAMPAIGNS + 1):
            opens_on = BEGAN + timedelta(days=BETWEEN * n)
            targets = [
                Target(
                    office=Office.MINISTER, position=f"Minister {n}.{m}", lines="Palace", languages=["en"],
                    country=COUNTRIES[(n + m) % len(COUNTRIES)],
                )
                for m in range(TARGETS)
            ]  # fmt: skip
            version = TextVersion(
                number=1, subject="s", salutation="Dear Sir,", closing="Yours,", body="{{ own_words }}"
            )
            campaign = Campaign(
                group=groups[n % GROUPS], slug=f"campaign-{n}", title=f"Free somebody {n}", kind=list(Kind)[n % 3],
                theme=list(Theme)[n % len(Theme)], country="EG", opens_on=opens_on, status=Status.OPEN,
                targets=targets, texts=[LetterText(language="en", versions=[version])], goal=count // CAMPAIGNS,
            )  # fmt: skip
            db.session.add(campaign)
            db.session.flush()
        db.session.commit()
        generate(count)
        return some_to_mark()


def generate(count: int) -> None:
    """Letters by the database itself, the triggers aside; then it counts them all."""
    on_postgresql = db.engine.dialect.name == "postgresql"
    for event in counting.EVENTS:
        db.session.execute(text(f"DROP TRIGGER letter_tally_{event}{' ON letter' if on_postgresql else ''}"))
    numbers = (
        f"generate_series(1, {count}) AS n(i)"
        if on_postgresql
        else f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n)"
    )
    days = f"({BETWEEN} * (i % {CAMPAIGNS} + 1) + (i / {CAMPAIGNS} * 7919) % {OPEN})"
    day = f"(DATE '{BEGAN}' + {days})" if on_postgresql else f"date('{BEGAN}', '+' || {days} || ' days')"
    status = f"({STATUS})::letterstatus" if on_postgresql else STATUS
    target = f"(i % {CAMPAIGNS} * {TARGETS} + i / {CAMPAIGNS} % {TARGETS} + 1)"
    home = (
        f"((i % {CAMPAIGNS} + 1) % {GROUPS} + (CASE WHEN i / 7 % 10 < 7 THEN 0 ELSE i / 7 % 10 - 6 END)) % {GROUPS} + 1"
    )
    language = "CASE i / 11 % 3 WHEN 0 THEN 'en' WHEN 1 THEN 'ko' ELSE 'fr' END"
    country = f"(SELECT country FROM target WHERE target.id = {target})"
    posted = f"CASE WHEN {STATUS} IN ('POSTED', 'ANSWERED', 'RETURNED') THEN {day} END"
    named = "'R' || i, 'T' || i, 'F' || i"
    values = (
        f"i % {CAMPAIGNS} + 1, {target}, {home}, i % {CAMPAIGNS} + 1, {language}, {country}, {named}, {status}, {day}"
    )
    moment = "TIMESTAMP '2026-01-01'" if on_postgresql else "'2026-01-01 00:00:00.000000'"
    with without_indexes():
        db.session.execute(text(f"INSERT INTO letter ({COLUMNS}) SELECT {values}, {moment}, {posted} FROM {numbers}"))
    db.session.commit()
    counting.mend(db.session.connection())
    db.session.commit()
    if on_postgresql:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


@contextmanager
def without_indexes() -> Iterator[None]:
    """On PostgreSQL, let rows in without looking at what they refer to, and index them when all are there."""
    if db.engine.dialect.name != "postgresql":
        yield
        return
    query = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'letter' AND indexname LIKE 'ix_%'"
    indexes = db.session.execute(text(query)).all()
    for name, _ in indexes:
        db.session.execute(text(f"DROP INDEX {name}"))
    db.session.execute(text("SET LOCAL session_replication_role = replica"))
    yield
    for _, definition in indexes:
        db.session.execute(text(definition))


def some_to_mark() -> list[str]:
    tokens = [f"token-{n}" for n in range(100)]
    for n, token in enumerate(tokens):
        db.session.add(
            LetterRecord(
                campaign_id=7, target_id=19, group_id=9, text_version_id=7, language="en", country="EG",
                reference=f"M{n}", token_hash=keys.token_hash(token), form=f"M{n}", made_on=date.today(), made_at=now(),
            )
        )  # fmt: skip
    db.session.commit()
    return tokens


def run_of_letters(app: Flask) -> tuple[float, float]:
    """Milliseconds to record the letters of a large run, with and without the triggers; it is taken back."""
    with app.app_context():
        values = [
            {
                "campaign_id": n % 5 + 1, "target_id": n % 15 + 1, "group_id": n % 3 + 1, "text_version_id": n % 5 + 1,
                "language": "en", "country": "EG", "reference": f"N{n}", "token_hash": f"N{n}", "form": f"N{n}",
                "status": "MADE", "made_on": date.today(), "made_at": now(),
            }
            for n in range(A_RUN)
        ]  # fmt: skip
        times = []
        for with_tally in (True, False):
            if not with_tally:
                for event in counting.EVENTS:
                    on = " ON letter" if db.engine.dialect.name == "postgresql" else ""
                    db.session.execute(text(f"DROP TRIGGER letter_tally_{event}{on}"))
            began = time.perf_counter()
            for start in range(0, A_RUN, 500):
                db.session.execute(db.insert(LetterRecord).returning(LetterRecord.id), values[start : start + 500])
            times.append((time.perf_counter() - began) * 1000)
            db.session.rollback()
        return times[0], times[1]


def wrong(app: Flask) -> int:
    with app.app_context():
        return len(list(counting.miscounted(db.session.connection())))


def sign_in(client: Any) -> None:
    answer = client.post("/sign-in", data={"email": "staff@example.org", "password": PASSWORD})
    assert answer.status_code in (302, 303), answer.text


def page(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, address


def posted(client: Any, token: str) -> None:
    assert client.post(f"/l/{token}/posted").status_code == 303


def counted(app: Flask, queries: tuple[str, ...]) -> None:
    with app.app_context():
        for query in queries:
            db.session.execute(text(query)).all()


def timed(times: int, what: Callable[[int], None]) -> tuple[float, float]:
    """Median and 95th percentile in ms; the first time does not count."""
    what(0)
    taken = []
    for number in range(1, times):
        began = time.perf_counter()
        what(number)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1] if len(taken) > 2 else max(taken)


def pair(times: tuple[float, float]) -> str:
    return f"{times[0]:,.1f} / {times[1]:,.1f}"


def export(folder: str, database: str, kind: str) -> None:
    """Take all letters along as staff; in a process of its own, whose memory is told."""
    app = opened(Path(folder), database)
    with closing(app):
        client = app.test_client()
        sign_in(client)
        page(client, LIST)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began, size = time.perf_counter(), 0
        with client.get(f"/desk/tracking/letters.{kind}", buffered=False) as answer:
            for piece in answer.response:
                size += len(piece)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = time.perf_counter() - began
    print(
        f"{size / 1e6:,.0f} MB in {seconds:.1f} s; memory {before / 1024:.0f} MB before, at most {peak / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
