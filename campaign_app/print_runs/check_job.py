"""Checking the rows of a run in the background, a chunk at a time."""

from __future__ import annotations

from flask import current_app, url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, select, update

from campaign_app.db import db
from campaign_app.jobs import queue
from campaign_app.jobs.handlers import handles
from campaign_app.jobs.models import Job
from campaign_app.jobs.work import Work
from campaign_app.print_runs import checking
from campaign_app.print_runs.models import PrintRun, RowState, RunRow
from campaign_app.print_runs.setup import setup_of

KIND = "check print run"
CHUNK = 400  # rows


def page_of(job: Job) -> str:
    return url_for("print_runs.show", run_id=job.subject)


def enqueue(run: PrintRun, account_id: int | None) -> None:
    """Have the rows checked that were not checked since they changed."""
    queue.enqueue(KIND, run.id, group_id=run.group_id, account_id=account_id, total=_count(run.id))


@handles(KIND, permission="print", title=_("Checking the letters"), page=page_of)
def check(work: Work) -> None:
    run = db.session.get_one(PrintRun, work.subject)
    setup, press = setup_of(run), current_app.extensions["press"]
    done, total = 0, _count(run.id)
    while rows := db.session.scalars(_new(run.id).limit(CHUNK)).all():
        writers = [row.writer for row in rows]
        found = checking.check(setup, writers, press)
        done += len(rows)
        with work.storing(done, total):
            for row, writer, problems in zip(rows, writers, found, strict=True):
                fresh = db.session.get_one(RunRow, row.id)
                if fresh.state is RowState.NEW:
                    fresh.state = RowState.FAULTY if problems else RowState.READY
                    fresh.problems = problems
                    fresh.language = setup.language_for(writer)
                    fresh.country = writer.country or setup.home
                    fresh.has_message = bool(writer.message)


def recheck(run: PrintRun) -> None:
    """Forget what was found, since the plan changed. The caller commits."""
    kept = (RowState.READY, RowState.FAULTY)
    db.session.execute(update(RunRow).where(RunRow.run_id == run.id, RunRow.state.in_(kept)).values(state=RowState.NEW))


def _new(run_id: int) -> Select[RunRow]:
    return select(RunRow).where(RunRow.run_id == run_id, RunRow.state == RowState.NEW).order_by(RunRow.number)


def _count(run_id: int) -> int:
    query = select(func.count()).where(RunRow.run_id == run_id, RunRow.state == RowState.NEW)
    return db.session.scalar(query) or 0
