"""Preparing a run: who writes, as rows of their own, in place of those that the run had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext
from sqlalchemy import delete, insert

from campaign_app.db import begin_writing, db, read_only
from campaign_app.groups.models import Group
from campaign_app.people.roster import Roster
from campaign_app.print_runs import checking, sources, words
from campaign_app.print_runs.forms import RunForm
from campaign_app.print_runs.models import PrintRun, RunRow, Source
from campaign_app.print_runs.pile import batches
from campaign_app.print_runs.setup import setup
from campaign_app.print_runs.sources import Entry
from campaign_app.table_forms import CannotRead
from campaign_app.table_words import explained

SHOWN_ERRORS = 50  # of a roster


class NoWriters(Exception):
    """There is nobody to write, or nobody who could; the message says why."""


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes, once; and the names of a roster's columns that mean nothing."""

    entries: Iterable[Entry]
    ignored_columns: tuple[str, ...] = ()


def writers(form: RunForm, group: Group | None, roster: Roster | None) -> Writers:
    """The writers that the form names. Raises CannotRead for a roster with faults, and NoWriters."""
    if roster is not None:
        if roster.errors:
            raise CannotRead("\n".join(explained(error) for error in roster.errors[:SHOWN_ERRORS]))
        return Writers(sources.from_roster(roster.rows), roster.ignored_columns)
    if form.source.data == Source.GUESTS:
        home = group.country if group else current_app.config["COUNTRY"]
        return Writers(_fitting_guests(form, home))
    wanted = [form.people_language.data] if form.people_language.data else []
    people = sources.from_people(group, form.campaign.today, wanted)
    if not people and wanted:
        raise NoWriters(gettext("Nobody who agreed to letters in their name writes this language."))
    if not people:
        raise NoWriters(gettext("Nobody of the group has agreed to letters in their name yet."))
    return Writers(people)


def roster_of(form: RunForm) -> Roster | None:
    """The roster that was chosen, read while nobody waits to write. Raises CannotRead."""
    if form.source.data != Source.ROSTER:
        return None
    read_only()
    try:
        return form.roster()
    finally:
        begin_writing()


def store(run: PrintRun, entries: Iterable[Entry]) -> int:
    """The rows of the run, in place of those that it had; how many these are. The caller commits."""
    db.session.execute(delete(RunRow).where(RunRow.run_id == run.id))
    count = 0
    for some in batches(entries):
        db.session.execute(insert(RunRow), [_values(run, entry) for entry in some])
        count += len(some)
    return count


def _values(run: PrintRun, entry: Entry) -> dict[str, object]:
    return {
        "run_id": run.id, "number": entry.number, "person_id": entry.person_id, "values": entry.writer.to_json(),
    }  # fmt: skip


def _fitting_guests(form: RunForm, home: str) -> Sequence[Entry]:
    """The guests, if the text can be printed without knowing them: all are alike, so one tells of all."""
    guests = sources.guests(form.guests.data, home, form.language.data)
    common = setup(form.campaign, form.plan, home)
    [problems] = checking.check(common, [guests[0].writer], current_app.extensions["press"])
    if problems:
        raise NoWriters(" ".join(dict.fromkeys(words.told(problem) for problem in problems)))
    return guests
