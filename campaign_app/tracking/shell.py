"""Marking letters posted from the command line, for whoever counts envelopes beside a terminal."""

from __future__ import annotations

from datetime import datetime

import click
from sqlalchemy import select

from campaign_app.days import today
from campaign_app.db import begin_writing, db
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import LetterStatus
from campaign_app.print_runs.shell import letters
from campaign_app.tracking import marking, posting
from campaign_app.tracking.models import How
from campaign_app.tracking.posting import Answer
from campaign_app.tracking.posting_forms import answered
from campaign_app.upkeep.commands import with_database


@letters.command("posted")
@click.argument("references", nargs=-1, required=True)
@click.option("--on", "moment", type=click.DateTime(["%Y-%m-%d"]), help="The day of posting; today without it.")
@with_database
def posted(references: tuple[str, ...], moment: datetime | None) -> None:
    """Mark letters as posted, by their references or the links of their QR codes: all of them, or none."""
    day = moment.date() if moment else today()
    if day > today():
        raise click.ClickException("This day is still to come.")
    typed = marking.typed(" ".join(references))
    if not typed:
        raise click.ClickException("Name at least one letter.")
    begin_writing()
    if unknown := marking.unknown(typed, []):
        raise click.ClickException(f"No letter has the reference {', '.join(unknown)}.")
    found = db.session.scalars(select(LetterRecord).where(marking.named(typed))).all()
    for letter in found:
        answer = posting.judged(letter, day)
        if answer not in (Answer.POSTED, Answer.BEFORE):
            raise click.ClickException(answered(answer, letter.reference))
    which = [LetterRecord.id.in_([letter.id for letter in found])]
    day = max(posting.day_of(letter, day) for letter in found)
    act = marking.mark(which, LetterStatus.MADE, LetterStatus.POSTED, How.SHELL, day)
    db.session.commit()
    click.echo(f"{act.count} of {len(found)} marked as posted.")


COMMANDS = (letters,)  # the group that it belongs to
