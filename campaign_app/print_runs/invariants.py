"""What must hold of print runs."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from campaign_app.invariants import each, invariant
from campaign_app.letters.models import LetterRecord
from campaign_app.print_runs.models import PrintRun, RowState, RunChunk, RunLetter, RunRow, RunState


@invariant("Each row of a run that was made is done or left out, or failed with a reason")
def ends_of_rows() -> Iterator[str]:
    unended = RunRow.state.in_((RowState.NEW, RowState.READY, RowState.FAULTY))
    rows = select(RunRow.run_id, RunRow.number).join(PrintRun).where(PrintRun.state == RunState.MADE)
    yield from each("run {}, row {} has no end", rows.where(unended))
    unexplained = (RunRow.state == RowState.FAILED) & RunRow.found.is_(None)
    yield from each("run {}, row {} failed without a reason", rows.where(unexplained))


@invariant("Each letter of a run that was made is recorded, and no letter of one that was not")
def letters_of_runs() -> Iterator[str]:
    made = select(RunLetter.id).join(PrintRun, PrintRun.id == RunLetter.run_id).where(PrintRun.state == RunState.MADE)
    same = (LetterRecord.row_id == RunLetter.row_id) & (LetterRecord.target_id == RunLetter.target_id)
    yield from each("letter {} of a run is not recorded", made.where(~select(LetterRecord.id).where(same).exists()))
    early = select(LetterRecord.id).join(PrintRun, PrintRun.id == LetterRecord.run_id)
    yield from each("letter {} is recorded before its run was made", early.where(PrintRun.made_at.is_(None)))


@invariant("The letters of a run that is being made lie in the pile without gaps")
def places() -> Iterator[str]:
    count, last = func.count(), func.max(RunLetter.place)
    letters = select(RunLetter.run_id).join(PrintRun, PrintRun.id == RunLetter.run_id)
    gaps = letters.where(PrintRun.state == RunState.MAKING).group_by(RunLetter.run_id).having(count != last + 1)
    yield from each("run {} lacks a letter", gaps)
    set_ones = select(RunChunk.run_id).group_by(RunChunk.run_id).having(func.count() != func.max(RunChunk.number) + 1)
    yield from each("run {} lacks a chunk", set_ones)
