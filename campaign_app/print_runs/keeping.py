"""How long a run is kept, what a person is told of it, and what goes with a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from campaign_app.db import db
from campaign_app.people.models import Person
from campaign_app.print_runs.making import forget_what_is_set
from campaign_app.print_runs.models import PrintRun, RunChunk, RunLetter, RunRow, RunState
from campaign_app.privacy.erasing import parts_with
from campaign_app.privacy.forgetting import Due, forgets
from campaign_app.privacy.holdings import Row, holds


def forget(run: PrintRun) -> None:
    """Delete everything that tells who wrote; a run that was never made goes as a whole. The caller commits."""
    if run.state is not RunState.MADE:
        _delete_files(run)
        db.session.delete(run)
        return
    _delete_files(run)
    for table in (RunChunk, RunLetter, RunRow):
        db.session.execute(delete(table).where(table.run_id == run.id))
    run.state = RunState.FORGOTTEN


@forgets("print-run rows", delete=forget)
def due(before: date) -> Due:
    return PrintRun, (PrintRun.expires_on < before) & (PrintRun.state != RunState.FORGOTTEN)


@holds("print runs", _("Letters of print runs"), kind="print-run rows")
def rows_of(person: Person) -> Iterable[Row]:
    query = select(RunRow).where(RunRow.person_id == person.id).order_by(RunRow.id)
    for row in db.session.scalars(query):
        yield {"campaign": row.run.campaign.title, "made": row.run.created_at, **row.writer.to_json()}


@parts_with
def part_with(person: Person) -> None:
    """Files that hold the person's letters go too, since no letter can be taken out of them."""
    theirs = select(RunRow.run_id).where(RunRow.person_id == person.id)
    for run in db.session.scalars(select(PrintRun).where(PrintRun.id.in_(theirs))):
        _delete_files(run)
        if run.state is RunState.MAKING:  # it begins anew, without the person
            forget_what_is_set(run.id)
    db.session.execute(delete(RunRow).where(RunRow.person_id == person.id))


def _delete_files(run: PrintRun) -> None:
    for file in list(run.files):
        db.session.delete(file.file)
        run.files.remove(file)
