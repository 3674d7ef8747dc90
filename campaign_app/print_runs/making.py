"""Making a run: its letters are set some hundred at a time, then its files, and only then are its letters recorded.

It can be killed at any moment. What was set stays set; letters are recorded in one transaction, once their bytes are
on the disk, so that either all letters of a run count or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, insert, select, update

from campaign_app.db import db, now
from campaign_app.jobs import queue
from campaign_app.jobs.handlers import handles
from campaign_app.jobs.reasons import REASONS, Refused
from campaign_app.jobs.work import Work
from campaign_app.letters.merge import MissingDetail
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.print_runs import check_job, stored_pile
from campaign_app.print_runs.check_job import page_of
from campaign_app.print_runs.models import PrintRun, RowState, RunChunk, RunLetter, RunRow, RunState
from campaign_app.print_runs.pile import TOGETHER, batches
from campaign_app.print_runs.places import Place, in_order
from campaign_app.print_runs.rows import MadeLetter, WriterValues
from campaign_app.print_runs.setting import Batch, set_letters
from campaign_app.print_runs.setup import Setup, form_of, setup_of
from campaign_app.print_runs.stored_pile import NewFile

KIND = "make print run"
KEPT = timedelta(days=14)  # that files and rows stay after a run was made
CLOSED, CHANGED = "campaign closed", "campaign changed"
REASONS[CLOSED] = _("The campaign takes no letters any more. Nothing was recorded.")
REASONS[CHANGED] = _("The campaign or its texts changed. Check the letters again; nothing was recorded.")


def enqueue(run: PrintRun, account_id: int | None) -> None:
    """Have the run made from the rows that are ready. The caller commits."""
    run.state = RunState.MAKING
    queue.enqueue(KIND, run.id, group_id=run.group_id, account_id=account_id)


@handles(KIND, permission="print", title=_("Making the letters"), page=page_of)
def make(work: Work) -> None:
    run = db.session.get(PrintRun, work.subject)
    if run is None or run.state is not RunState.MAKING:  # it was deleted, made, or taken back to its rows
        return
    if not run.campaign.takes_letters:
        raise Refused(CLOSED)
    setup = setup_of(run)
    recorded = False
    while not recorded:
        places = in_order(setup, _writers(run))
        recorded = _set_all(work, run, setup, places) and _finish(work, run, len(places))


def back_to_rows(run: PrintRun, account_id: int | None) -> None:
    """Let the rows of a run that could not be made be mended and checked again. The caller commits."""
    forget_what_is_set(run.id)
    ready = update(RunRow).where(RunRow.run_id == run.id, RunRow.state == RowState.READY)
    db.session.execute(ready.values(state=RowState.NEW))
    run.state = RunState.PREPARED
    check_job.enqueue(run, account_id)


def forget_what_is_set(run_id: int) -> None:
    """Have the run set anew from its first letter on, if it goes on. The caller commits."""
    for table in (RunLetter, RunChunk):
        db.session.execute(delete(table).where(table.run_id == run_id))


def recorded_values(run: PrintRun, number: int, made: MadeLetter, day: date, moment: datetime) -> dict[str, Any]:
    """What is recorded of a letter of the run, by column."""
    return {
        "campaign_id": run.campaign_id,
        "target_id": made.target_id,
        "group_id": run.group_id,
        "text_version_id": made.version_id,
        "language": made.language,
        "country": made.country,
        "reference": made.reference,
        "token_hash": made.token_hash,
        "form": form_of(run, number),
        "status": LetterStatus.MADE,
        "made_on": day,
        "made_at": moment,
        "run_id": run.id,
    }


def _writers(run: PrintRun) -> Any:
    ready = select(RunRow).where(RunRow.run_id == run.id, RunRow.state == RowState.READY).order_by(RunRow.number)
    return ((row.id, row.number, row.writer) for row in db.session.scalars(ready.execution_options(yield_per=TOGETHER)))


def _set_all(work: Work, run: PrintRun, setup: Setup, places: Sequence[Place]) -> bool:
    """Set the letters that are not set yet. False where rows went meanwhile, with a person: then it begins anew."""
    if not places:
        raise Refused(CHANGED)
    done = _done(run.id)
    work.progress(done, len(places))
    while done < len(places):
        some = places[done : done + TOGETHER]
        rows = db.session.scalars(select(RunRow).where(RunRow.id.in_({place.row_id for place in some})))
        writers = {row.id: row.writer for row in rows}
        if any(place.row_id not in writers for place in some):
            return False
        batch = _set(run, setup, some, writers)
        with work.storing(done + len(some), len(places)):
            if is_whole := _done(run.id) == done:
                _store(run.id, done, batch)
        if not is_whole:
            return False
        done += len(some)
    return True


def _set(run: PrintRun, setup: Setup, some: Sequence[Place], writers: dict[int, WriterValues]) -> Batch:
    try:
        batch = set_letters(run, setup, some, writers, current_app.extensions["press"])
    except MissingDetail as missing:
        raise Refused(CHANGED) from missing
    if batch.faults:
        raise _changed(run, batch)
    return batch


def _done(run_id: int) -> int:
    """How many letters of the run are set."""
    return db.session.scalar(select(func.max(RunChunk.after)).where(RunChunk.run_id == run_id)) or 0


def _changed(run: PrintRun, batch: Batch) -> Refused:
    """Every row was checked: where one cannot be printed now, what it is printed with has changed."""
    for place, fault in batch.faults:
        current_app.logger.warning("Print run %s, row %s: %s", run.id, place.number, type(fault).__name__)
    return Refused(CHANGED)


def _store(run_id: int, first: int, batch: Batch) -> None:
    for place, (where, made) in enumerate(batch.made, first):
        letter = RunLetter(run_id=run_id, row_id=where.row_id, target_id=where.target_id, place=place)
        letter.made = made
        db.session.add(letter)
    for number, chunk in enumerate(batch.chunks, _chunks(run_id)):
        after = first + len(chunk.pages)
        db.session.add(RunChunk(run_id=run_id, number=number, first=first, after=after, pages=chunk.to_bytes()))
        first = after


def _chunks(run_id: int) -> int:
    return db.session.scalar(select(func.count()).where(RunChunk.run_id == run_id)) or 0


def _finish(work: Work, run: PrintRun, count: int) -> bool:
    """Write the files and record the letters; False where the run must be set anew first."""
    files = stored_pile.make_files(run, work.check)
    moment, day = now(), run.campaign.today
    values = [
        recorded_values(run, number, letter.made, day, moment) | {"row_id": letter.row_id}
        for letter, number in stored_pile.letters(run.id)
    ]
    with work.storing(count, count):
        return len(values) == count and _record(db.session.get_one(PrintRun, run.id), values, files, day)


def _record(run: PrintRun, values: Sequence[dict[str, Any]], files: Sequence[NewFile], day: date) -> bool:
    """Record every letter of the run and its files, in the caller's transaction; whether that was possible.

    Where another letter took a reference in the meantime, or letters went with a person, the run is set anew, and
    nothing is recorded yet.
    """
    if _done(run.id) != len(values) or _clashes(values):
        forget_what_is_set(run.id)
        return False
    for some in batches(values):
        db.session.execute(insert(LetterRecord).returning(LetterRecord.id), some)  # so in one statement, counted once
    moment = now()
    rows = update(RunRow).where(RunRow.run_id == run.id, RunRow.state == RowState.READY)
    db.session.execute(rows.values(state=RowState.DONE))
    db.session.execute(delete(RunChunk).where(RunChunk.run_id == run.id))
    run.state, run.made_at, run.expires_on = RunState.MADE, moment, day + KEPT
    for file in files:
        stored_pile.keep(run, file)
    return True


def _clashes(values: Sequence[dict[str, Any]]) -> bool:
    """Whether a reference on the run's letters is another letter's by now."""
    for some in batches(values):
        references = [letter["reference"] for letter in some]
        if db.session.scalar(select(LetterRecord.id).where(LetterRecord.reference.in_(references)).limit(1)):
            return True
    return False
