"""Preparing a run: who writes, as rows of their own, in place of those that the run had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from flask import current_app
from flask_babel import gettext
from sqlalchemy import Table, Text, bindparam, delete, insert

from campaign_app.db import begin_writing, db, read_only
from campaign_app.groups.models import Group
from campaign_app.people.roster import Roster
from campaign_app.print_runs import checking, sources, words
from campaign_app.print_runs.forms import RunForm
from campaign_app.print_runs.models import PrintRun, RowState, RunRow, Source
from campaign_app.print_runs.pile import batches
from campaign_app.print_runs.setup import setup
from campaign_app.print_runs.sources import Entry
from campaign_app.sealing import SealedJSON
from campaign_app.table_forms import CannotRead
from campaign_app.table_words import explained

SHOWN_ERRORS = 50  # of a roster
Row = tuple[int, int | None, str]  # its number, the person's id, and who writes, sealed
STORE = insert(cast("Table", RunRow.__table__)).values(
    run_id=bindparam("run"), number=bindparam("number"), person_id=bindparam("person"),
    state=RowState.NEW, language="", country="", has_message=False, values=bindparam("sealed", type_=Text),
)  # fmt: skip


class NoWriters(Exception):
    """There is nobody to write, or nobody who could; the message says why."""


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes, as rows that wait to be stored; and the names of a roster's columns that mean nothing."""

    rows: list[Row]
    ignored_columns: tuple[str, ...] = ()


def writers(form: RunForm, group: Group | None) -> Writers:
    """The writers that the form names, other than by a roster. Raises NoWriters."""
    if form.source.data == Source.GUESTS:
        home = group.country if group else current_app.config["COUNTRY"]
        return Writers(_sealed(_fitting_guests(form, home)))
    wanted = [form.people_language.data] if form.people_language.data else []
    people = sources.from_people(group, form.campaign.today, wanted)
    if not people and wanted:
        raise NoWriters(gettext("Nobody who agreed to letters in their name writes this language."))
    if not people:
        raise NoWriters(gettext("Nobody of the group has agreed to letters in their name yet."))
    return Writers(_sealed(people))


def of_roster(form: RunForm) -> Writers | None:
    """The writers of the roster that was chosen, read and sealed while nobody waits to write. Raises CannotRead."""
    if form.source.data != Source.ROSTER:
        return None
    read_only()
    try:
        return _of(form.roster())
    finally:
        begin_writing()


def store(run: PrintRun, writers: Writers) -> int:
    """The rows of the run, in place of those that it had; how many these are. The caller commits."""
    db.session.execute(delete(RunRow).where(RunRow.run_id == run.id))
    for some in batches(writers.rows):
        db.session.execute(STORE, [{"run": run.id, "number": n, "person": p, "sealed": s} for n, p, s in some])
    return len(writers.rows)


def _of(roster: Roster) -> Writers:
    if roster.errors:
        raise CannotRead("\n".join(explained(error) for error in roster.errors[:SHOWN_ERRORS]))
    return Writers(_sealed(sources.from_roster(roster.rows)), roster.ignored_columns)


def _sealed(entries: Iterable[Entry]) -> list[Row]:
    """The rows of writers. To seal 100,000 takes long, to store them once they are sealed does not."""
    seal, dialect = SealedJSON().process_bind_param, db.engine.dialect
    return [(entry.number, entry.person_id, seal(entry.writer.to_json(), dialect) or "") for entry in entries]


def _fitting_guests(form: RunForm, home: str) -> Sequence[Entry]:
    """The guests, if the text can be printed without knowing them: all are alike, so one tells of all."""
    guests = sources.guests(form.guests.data, home, form.language.data)
    common = setup(form.campaign, form.plan, home)
    [problems] = checking.check(common, [guests[0].writer], current_app.extensions["press"])
    if problems:
        raise NoWriters(" ".join(dict.fromkeys(words.told(problem) for problem in problems)))
    return guests
