"""Kill workers 500 times on SQLite and on PostgreSQL, and say what was lost or doubled: nothing, it should be.

python -m benchmarks.kills_of_workers [TIMES]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import flask_migrate

from campaign_app import create_app
from campaign_app.db import db
from campaign_app.jobs.models import Job
from campaign_app.stored_files import room
from tests.databases import Server, running
from tests.jobs.kills import Counting

TIMES = 500


def main(times: int) -> int:
    wrongs = []
    with tempfile.TemporaryDirectory() as folder:
        wrongs += killed("SQLite", Path(folder, "sqlite"), "", times)
        with running(Server(Path(tempfile.mkdtemp(prefix="postgresql-")))) as server:
            wrongs += killed("PostgreSQL", Path(folder, "postgresql"), server.url(server.new()), times)
    print(*wrongs, sep="\n", end="")
    return 1 if wrongs else 0


def killed(name: str, instance: Path, url: str, times: int) -> list[str]:
    """What went wrong on one database."""
    app = create_app(instance, DATABASE_URL=url, PRESS_PROCESSES=0)
    with app.app_context():
        flask_migrate.upgrade()
    began, counting = time.monotonic(), Counting.of(app)
    counting.kill(times)
    counting.finish()
    wrongs = counting.wrongs()
    with app.app_context():
        units = db.session.get_one(Job, counting.job_id).done
        strays = len(list(room.folder().iterdir())) - units
        db.session.remove()
        db.engine.dispose()
    print(
        f"{name}: {times} kills during {units} units in {time.monotonic() - began:.0f} s; {len(wrongs)} lost, "
        f"doubled or broken; {strays} files without a record, which the sweep deletes"
    )
    return wrongs


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else TIMES))
