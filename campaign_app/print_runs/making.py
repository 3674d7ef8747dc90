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
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.print_runs import stored_pile
from campaign_app.print_runs.check_job import page_of
from campaign_app.print_runs.models import PrintRun, RowState, RunChunk, RunLetter, RunRow, RunState
from campaign_app.print_runs.pile import TOGETHER
from campaign_app.print_runs.places import Place, in_order
from campaign_app.print_runs.rows import MadeLetter
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
    run = db.session.get_one(PrintRun, work.subject)
    if run.state is RunState.MADE:
        return
    if not run.campaign.takes_letters:
        raise Refused(CLOSED)
    setup = setup_of(run)
    places = in_order(setup, _writers(run))
    recorded = False
    while not recorded:
        _set_all(work, run, setup, places)
        files = stored_pile.make_files(run, work.check)
        with work.storing(len(places), len(places)):
            recorded = _record(db.session.get_one(PrintRun, run.id), files)


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


def _set_all(work: Work, run: PrintRun, setup: Setup, places: Sequence[Place]) -> None:
    """Set the letters that are not set yet."""
    press = current_app.extensions["press"]
    done = db.session.scalar(select(func.max(RunChunk.after)).where(RunChunk.run_id == run.id)) or 0
    work.progress(done, len(places))
    while done < len(places):
        some = places[done : done + TOGETHER]
        rows = db.session.scalars(select(RunRow).where(RunRow.id.in_({place.row_id for place in some})))
        batch = set_letters(run, setup, some, {row.id: row.writer for row in rows}, press)
        if batch.faults:
            raise _changed(run, batch)
        with work.storing(done + len(some), len(places)):
            _store(run.id, done, batch)
        done += len(some)


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


def _record(run: PrintRun, files: Sequence[NewFile]) -> bool:
    """Record every letter of the run and its files, in the caller's transaction; whether that was possible.

    Where another letter took a reference in the meantime, the run is set anew, and nothing is recorded yet.
    """
    if _clashes(run.id):
        for table in (RunLetter, RunChunk):
            db.session.execute(delete(table).where(table.run_id == run.id))
        return False
    moment, day = now(), run.campaign.today
    for letters in stored_pile.letters(run.id).partitions(TOGETHER):
        values = [
            recorded_values(run, n, letter.made, day, moment) | {"row_id": letter.row_id} for letter, n in letters
        ]
        db.session.execute(insert(LetterRecord), values)
    rows = update(RunRow).where(RunRow.run_id == run.id, RunRow.state == RowState.READY)
    db.session.execute(rows.values(state=RowState.DONE))
    db.session.execute(delete(RunChunk).where(RunChunk.run_id == run.id))
    run.state, run.made_at, run.expires_on = RunState.MADE, moment, day + KEPT
    for file in files:
        stored_pile.keep(run, file)
    return True


def _clashes(run_id: int) -> bool:
    """Whether a reference on the run's letters is another letter's by now."""
    for letters in stored_pile.letters(run_id).partitions(TOGETHER):
        references = [letter.made.reference for letter, _ in letters]
        if db.session.scalar(select(LetterRecord.id).where(LetterRecord.reference.in_(references)).limit(1)):
            return True
    return False
