"""Kill the worker that makes a print run 500 times on each database, and say what was lost or doubled: nothing.

python -m benchmarks.kills_of_runs [TIMES]
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import insert

from campaign_app import create_app
from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign, Kind, Status, Theme
from campaign_app.db import db
from campaign_app.people.models import Membership, Person, Role
from campaign_app.print_runs import making
from campaign_app.print_runs.models import PrintRun, RowState, RunRow, Source
from campaign_app.print_runs.plan import Part, Plan
from campaign_app.targets.models import Holder, Office, Target
from campaign_app.texts.models import LetterText, TextVersion
from tests.databases import Server, running
from tests.print_runs.killing import Killed

TIMES = 500
ROWS = 60  # in a run
PARTS = frozenset({Part.LETTERS, Part.ENVELOPES, Part.CHECKLIST})


def main(times: int) -> int:
    wrongs = []
    with tempfile.TemporaryDirectory() as folder:
        wrongs += killed("SQLite", Path(folder, "sqlite"), "", times)
        with running(Server(Path(tempfile.mkdtemp(prefix="postgresql-")))) as server:
            wrongs += killed("PostgreSQL", Path(folder, "postgresql"), server.url(server.new()), times)
    print(*wrongs, sep="\n", end="")
    return 1 if wrongs else 0


def killed(name: str, instance: Path, url: str, times: int) -> list[str]:
    """What went wrong on one database: run after run, until so many workers were killed."""
    app = create_app(instance, DATABASE_URL=url, PRESS_PROCESSES=0)
    with app.app_context():
        flask_migrate.upgrade()
        campaign_id, account_id = stored_campaign()
    began, deaths, made, wrongs = time.monotonic(), 0, 0, []
    while deaths < times:
        victim = Killed(app, waiting_run(app, campaign_id, account_id))
        deaths += victim.kill(times - deaths)
        victim.finish()
        wrongs += victim.wrongs()
        made += ROWS
    print(
        f"{name}: {deaths} kills during {made // ROWS} runs with {made} letters in {time.monotonic() - began:.0f} s; "
        f"{len(wrongs)} lost, doubled or broken"
    )
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return wrongs


def waiting_run(app: Flask, campaign_id: int, account_id: int) -> int:
    """A run that is to be made, of rows that were checked; its id."""
    with app.app_context():
        campaign = db.session.get_one(Campaign, campaign_id)
        plan = Plan(tuple(target.id for target in campaign.targets), "en", campaign.today, PARTS)
        run = PrintRun(
            campaign=campaign, source=Source.ROSTER, key=str(time.monotonic_ns()), choices=plan.to_json(),
            ignored_columns=[], expires_on=campaign.today + timedelta(days=7),
        )  # fmt: skip
        db.session.add(run)
        db.session.flush()
        rows = [
            {
                "run_id": run.id,
                "number": n,
                "state": RowState.READY,
                "language": "en",
                "values": {"name": f"Person {n}"},
            }
            for n in range(1, ROWS + 1)
        ]
        db.session.execute(insert(RunRow), rows)
        making.enqueue(run, account_id)
        db.session.commit()
        return run.id


def stored_campaign() -> tuple[int, int]:
    """A campaign to print letters for, and the account of who asks for them."""
    version = TextVersion(
        number=1, subject="Appeal", salutation="Dear Sir,", closing="Yours,", body="Release {{ person }}."
    )
    target = Target(
        office=Office.MINISTER, position="Minister", lines="Palace", country="EG", languages=["en"],
        holders=[Holder(name="A Holder")],
    )  # fmt: skip
    campaign = Campaign(
        slug="nadia", title="Free Nadia", kind=Kind.CASE, theme=Theme.OTHER, country="EG", reference="UA 1", index="",
        person="Nadia", story="s", demands="d", opens_on=date.today(), status=Status.OPEN, targets=[target],
        texts=[LetterText(language="en", versions=[version])],
    )  # fmt: skip
    staff = Person(name="Staff", memberships=[Membership(role=Role.STAFF, starts_on=date(2020, 1, 1))])
    account = Account(email="staff@example.org", password="", fs_uniquifier="staff", person=staff)
    db.session.add_all([campaign, account])
    db.session.commit()
    return campaign.id, account.id


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else TIMES))
