"""Checking the rows of a run in the background, a chunk at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, bindparam, func, select, update

from campaign_app.db import db
from campaign_app.jobs import queue
from campaign_app.jobs.handlers import handles
from campaign_app.jobs.models import Job
from campaign_app.jobs.work import Work
from campaign_app.print_runs import checking
from campaign_app.print_runs.models import PrintRun, RowState, RunRow, RunState
from campaign_app.print_runs.rows import Problem, WriterValues
from campaign_app.print_runs.setup import Setup, setup_of

KIND = "check print run"
CHUNK = 400  # rows

Found = Sequence[tuple[Any, WriterValues, list[Problem]]]


def page_of(job: Job) -> str:
    return url_for("print_runs.show", run_id=job.subject)


def enqueue(run: PrintRun, account_id: int | None) -> None:
    """Have the rows checked that were not checked since they changed."""
    queue.enqueue(KIND, run.id, group_id=run.group_id, account_id=account_id, total=_count(run.id))


@handles(KIND, permission="print", title=_("Checking the letters"), page=page_of)
def check(work: Work) -> None:
    run = db.session.get(PrintRun, work.subject)
    if run is None or run.state is not RunState.PREPARED:  # it was deleted meanwhile
        return
    setup, press, run_id = setup_of(run), current_app.extensions["press"], run.id
    done, total = 0, _count(run_id)
    while rows := db.session.execute(_new(run_id).limit(CHUNK)).all():
        writers = [WriterValues.from_json(row.values or {}) for row in rows]
        found = list(zip(rows, writers, checking.check(setup, writers, press), strict=True))
        done += len(rows)
        with work.storing(done, total):
            _store(found, setup)
    _compare(work, run_id, done, total)


def recheck(run: PrintRun) -> None:
    """Forget what was found, since the plan changed. The caller commits."""
    kept = (RowState.READY, RowState.FAULTY)
    db.session.execute(update(RunRow).where(RunRow.run_id == run.id, RunRow.state.in_(kept)).values(state=RowState.NEW))


def _store(found: Found, setup: Setup) -> None:
    """Say what was found of rows, but for those that changed while they were looked at."""
    ids = [row.id for row, _, _ in found]
    query = select(RunRow.id, RunRow.values).where(RunRow.id.in_(ids), RunRow.state == RowState.NEW)
    now = {row.id: row.values for row in db.session.execute(query)}
    _update(
        {
            "row": row.id,
            "state": RowState.READY if all(problem.is_note for problem in problems) else RowState.FAULTY,
            "found": RunRow.said(problems),
            "language": setup.language_for(writer),
            "country": writer.country or setup.home,
            "has_message": bool(writer.message),
        }
        for row, writer, problems in found
        if now.get(row.id) == row.values
    )


def _compare(work: Work, run_id: int, done: int, total: int) -> None:
    """Note which writers say almost the same; what was noted of rows that changed since is taken back."""
    ready = select(RunRow.id, RunRow.number, RunRow.values, RunRow.found).order_by(RunRow.number)
    ready = ready.where(RunRow.run_id == run_id, RunRow.state == RowState.READY, RunRow.has_message)
    known: dict[int, tuple[int, list[Problem]]] = {}
    messages: list[tuple[int, str]] = []
    for row in db.session.execute(ready.execution_options(yield_per=CHUNK)):
        messages.append((row.number, row.values["message"]))
        known[row.number] = row.id, [Problem(**problem) for problem in row.found or ()]
    alike = checking.alike(messages)
    changes = []
    for number, (row_id, before) in known.items():
        after = [problem for problem in before if problem.kind != "alike"]
        after += [alike[number]] if number in alike else []
        if after != before:
            changes.append({"row": row_id, "found": RunRow.said(after)})
    with work.storing(done, total):
        _update(changes, RunRow.state == RowState.READY)


def _update(changes: Any, *conditions: Any) -> None:
    """Change rows by their ids in one go."""
    table, changes = RunRow.__table__, list(changes)
    if changes:
        columns: dict[str, Any] = {name: bindparam(name) for name in changes[0] if name != "row"}
        statement = update(table).where(table.c.id == bindparam("row"), *conditions).values(columns)  # type: ignore[arg-type]
        db.session.connection().execute(statement, changes)


def _new(run_id: int) -> Select[tuple[int, int, Any]]:
    query = select(RunRow.id, RunRow.number, RunRow.values).order_by(RunRow.number)
    return query.where(RunRow.run_id == run_id, RunRow.state == RowState.NEW)


def _count(run_id: int) -> int:
    query = select(func.count()).where(RunRow.run_id == run_id, RunRow.state == RowState.NEW)
    return db.session.scalar(query) or 0
