"""The letters of a stored run in printing order, and its files, sealed as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import Result, select

from campaign_app.db import db
from campaign_app.documents.chunk import Chunk
from campaign_app.print_runs.imprint import imprint_of
from campaign_app.print_runs.models import PrintRun, RunChunk, RunFile, RunLetter, RunRow
from campaign_app.print_runs.pile import TOGETHER, File, Piece, Pile, files
from campaign_app.stored_files import room

if TYPE_CHECKING:
    from campaign_app.stored_files.models import StoredFile

PURPOSE = "print run results"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is on the disk and not recorded yet."""

    part: str
    suffix: str
    file: StoredFile


def make_files(run: PrintRun, check: Callable[[], None]) -> list[NewFile]:
    """Write the files that the plan asks for. ``check`` raises where the work must end."""
    pile = Pile(lambda: pieces(run.id), lambda: chunks(run.id))
    imprint, press = imprint_of(run.group, run.plan), current_app.extensions["press"]
    return [_sealed(run, file, check) for file in files(run.plan, run.campaign, imprint, pile, press)]


def keep(run: PrintRun, new: NewFile) -> None:
    """Record a file of the run; the caller commits."""
    db.session.add(new.file)
    run.files.append(RunFile(part=new.part, suffix=new.suffix, file=new.file))


def letters(run_id: int) -> Result[RunLetter, int]:
    """The letters in printing order, each with the number of its row; read some hundred at a time."""
    query = select(RunLetter, RunRow.number).join(RunRow, RunRow.id == RunLetter.row_id)
    return db.session.execute(
        query.where(RunLetter.run_id == run_id).order_by(RunLetter.place).execution_options(yield_per=TOGETHER)
    )


def pieces(run_id: int) -> Iterator[Piece]:
    """The letters in printing order, as they are said."""
    for letter, number in letters(run_id):
        yield Piece(number, letter.made)
        db.session.expunge(letter)


def chunks(run_id: int) -> Iterator[Chunk]:
    """The letters in printing order, as they are set."""
    query = select(RunChunk).where(RunChunk.run_id == run_id).order_by(RunChunk.number)
    for chunk in db.session.scalars(query.execution_options(yield_per=1)):
        yield Chunk.from_bytes(chunk.pages)
        db.session.expunge(chunk)


def _sealed(run: PrintRun, file: File, check: Callable[[], None]) -> NewFile:
    check()
    with room.adding(PURPOSE, group_id=run.group_id) as new:
        file.write(new)  # type: ignore[arg-type] # all that is done is to write
    db.session.expunge(new.row)  # it is recorded with the letters
    return NewFile(file.part, file.suffix, new.row)
