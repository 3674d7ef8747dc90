"""Letters, envelopes and labels from the command line, for the laptop beside the printer."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import insert, select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import begin_writing, db, now, read_only
from campaign_app.documents import paper
from campaign_app.documents.chunk import Chunk
from campaign_app.letters.letter import Letter
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.post import addressee_lines
from campaign_app.people import roster
from campaign_app.people.roster import RosterRow
from campaign_app.print_runs import checking, pile, words
from campaign_app.print_runs.imprint import Imprint
from campaign_app.print_runs.making import recorded_values
from campaign_app.print_runs.models import PrintRun, RunState, Source
from campaign_app.print_runs.pile import Piece, Pile
from campaign_app.print_runs.places import in_order
from campaign_app.print_runs.plan import Format, Order, Part, Plan
from campaign_app.print_runs.rows import WriterValues
from campaign_app.print_runs.setting import set_letters
from campaign_app.print_runs.setup import SKETCH, Setup, setup
from campaign_app.print_runs.sources import from_roster
from campaign_app.table_words import explained
from campaign_app.tables.errors import TableError
from campaign_app.targets.models import Part as TargetPart

FORMATS = {"pdf": Format.PDF, "docx": Format.DOCX, "zip": Format.ZIP_OF_DOCX}

letters = click.Group("letters", help="Letters of a campaign for all people of a roster.")
envelopes = click.Group("envelopes", help="Envelopes for a campaign's letters.")
labels = click.Group("labels", help="Address labels for a campaign's letters.")

campaign_argument = click.argument("campaign_slug", metavar="CAMPAIGN")
output_option = click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
language_option = click.option("--language", default="", help="Where a row's own language has no text.")
offset_options = (
    click.option("--offset-x", default=0.0, show_default=True, help="Move to the right, in mm."),
    click.option("--offset-y", default=0.0, show_default=True, help="Move down, in mm."),
)


def roster_option(*, required: bool) -> Callable[..., Callable[..., object]]:
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option("--roster", "roster_file", required=required, type=file, help="CSV or XLSX with a column name.")


@letters.command("print")
@campaign_argument
@roster_option(required=True)
@click.option("--format", "kind", type=click.Choice(list(FORMATS)), default="pdf", show_default=True)
@click.option("--paper", "paper_name", type=click.Choice(list(paper.PAPERS)), default="A4", show_default=True)
@click.option("--window", type=click.Choice(list(paper.WINDOWS)), help="An envelope's window.")
@click.option("--order", type=click.Choice(list(Order)), default=Order.GIVEN, show_default=True)
@click.option("--sides", type=click.IntRange(1, 2), default=1, show_default=True)
@language_option
@output_option
@with_appcontext
def print_letters(
    campaign_slug: str, roster_file: Path, kind: str, paper_name: str, window: str | None, order: str, sides: int,
    language: str, output: Path,
) -> None:  # fmt: skip
    """Make a letter to each target for each row of the roster, and record them as made."""
    campaign = _campaign(campaign_slug, takes_letters=True)
    plan = _plan(
        campaign, language, parts=frozenset({Part.LETTERS}), format=FORMATS[kind], paper=paper_name,
        window=window or "", order=Order(order), sides=sides,
    )  # fmt: skip
    run, pieces, chunks = _made(campaign, plan, _writers(campaign, roster_file, plan))
    heap = Pile(lambda: pieces, lambda: chunks)
    [file] = pile.files(plan, campaign, Imprint(), heap, current_app.extensions["press"])
    _write(output, file.write)
    _record(run, pieces)
    click.echo(f"{len(pieces)} letters: {output}", err=True)


@envelopes.command("print")
@campaign_argument
@roster_option(required=False)
@click.option("--size", type=click.Choice(list(paper.ENVELOPES)), default="DL", show_default=True)
@click.option("--korea-post", is_flag=True, help="Lay them out as the post of Korea asks.")
@offset_options[0]
@offset_options[1]
@language_option
@output_option
@with_appcontext
def print_envelopes(
    campaign_slug: str, roster_file: Path | None, size: str, korea_post: bool, offset_x: float, offset_y: float,
    language: str, output: Path,
) -> None:  # fmt: skip
    """Print an envelope for each letter of the roster; without one, an envelope for each target."""
    campaign = _campaign(campaign_slug)
    plan = _plan(
        campaign, language, parts=frozenset({Part.ENVELOPES}), envelope=size, korea_post=korea_post,
        offset_x=offset_x, offset_y=offset_y,
    )  # fmt: skip
    wanted = _letters(campaign, plan, roster_file)
    _write(output, lambda stream: pile.write_envelopes(plan, wanted, stream, Imprint()))
    click.echo(f"{len(wanted)} envelopes: {output}", err=True)


@labels.command("print")
@campaign_argument
@roster_option(required=False)
@click.option("--sheet", type=click.Choice(list(paper.LABEL_SHEETS)), default="L7163", show_default=True)
@click.option("--start", default=1, show_default=True, help="The first free label of the first sheet.")
@offset_options[0]
@offset_options[1]
@language_option
@output_option
@with_appcontext
def print_labels(
    campaign_slug: str, roster_file: Path | None, sheet: str, start: int, offset_x: float, offset_y: float,
    language: str, output: Path,
) -> None:  # fmt: skip
    """Print a label for each letter of the roster; without one, a label for each target."""
    if not 1 <= start <= paper.LABEL_SHEETS[sheet].labels:
        raise click.ClickException(f"The sheet {sheet} has {paper.LABEL_SHEETS[sheet].labels} labels.")
    campaign = _campaign(campaign_slug)
    plan = _plan(
        campaign, language, parts=frozenset({Part.LABELS}), label_sheet=sheet, first_label=start,
        offset_x=offset_x, offset_y=offset_y,
    )  # fmt: skip
    wanted = _letters(campaign, plan, roster_file)
    _write(output, lambda stream: pile.write_labels(plan, wanted, stream))
    click.echo(f"{len(wanted)} labels: {output}", err=True)


def _campaign(slug: str, *, takes_letters: bool = False) -> Campaign:
    read_only()  # others write while letters are set
    campaign = db.session.scalar(select(Campaign).filter_by(slug=slug))
    if campaign is None:
        raise click.ClickException(f"There is no campaign {slug}.")
    if not campaign.texts or not campaign.targets:
        raise click.ClickException(f"The campaign {slug} has no text or no target yet.")
    if takes_letters and not campaign.takes_letters:
        raise click.ClickException(f"The campaign {slug} takes no letters now.")
    return campaign


def _plan(campaign: Campaign, language: str, **choices: object) -> Plan:
    written = [text.language for text in campaign.texts]
    if language and language not in written:
        raise click.ClickException(f"The campaign has no text in {language}, only in {', '.join(written)}.")
    targets = tuple(target.id for target in campaign.targets if target.part is not TargetPart.EMBASSY)
    return Plan(targets, language or written[0], campaign.today, **choices)  # type: ignore[arg-type]


def _writers(campaign: Campaign, roster_file: Path, plan: Plan) -> list[tuple[int, WriterValues]]:
    """The rows of the roster, each without a fault; else all faults, by row."""
    try:
        reading = roster.opened(roster_file.read_bytes())
        if reading.ignored_columns:
            click.echo(f"Ignored columns: {', '.join(reading.ignored_columns)}", err=True)
        people = list(reading.people())
    except TableError as error:
        raise click.ClickException(str(explained(error))) from error
    faults = [str(explained(one)) for one in people if not isinstance(one, RosterRow)]
    _refuse(faults)
    rows = [one for one in people if isinstance(one, RosterRow)]
    writers = [(entry.number, entry.writer) for entry in from_roster(rows)]
    common, press = _setup(campaign, plan), current_app.extensions["press"]
    for chunk in pile.batches(writers):
        found = checking.check(common, [writer for _, writer in chunk], press)
        for (number, _), problems in zip(chunk, found, strict=True):
            faults += [f"Row {number}: {words.label(problem)}: {words.told(problem)}" for problem in problems]
    _refuse(faults)
    return writers


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise click.ClickException("\n".join([*faults, "Nothing was written."]))


def _setup(campaign: Campaign, plan: Plan) -> Setup:
    return setup(campaign, plan, campaign.group.country if campaign.group else current_app.config["COUNTRY"])


def _made(
    campaign: Campaign, plan: Plan, writers: list[tuple[int, WriterValues]]
) -> tuple[PrintRun, list[Piece], list[Chunk]]:
    """The letters, set on paper and not recorded, with the run that they will be recorded under."""
    run = PrintRun(
        campaign_id=campaign.id, group_id=campaign.group_id, source=Source.SHELL, state=RunState.FORGOTTEN,
        key=secrets.token_urlsafe(16), choices=plan.to_json(), expires_on=campaign.today,
    )  # fmt: skip
    common, press = _setup(campaign, plan), current_app.extensions["press"]
    by_number = dict(writers)
    pieces: list[Piece] = []
    chunks: list[Chunk] = []
    for some in pile.batches(in_order(common, ((number, number, writer) for number, writer in writers))):
        batch = set_letters(run, common, some, by_number, press)
        for place, fault in batch.faults:
            raise click.ClickException(f"Row {place.number}: {words.told(checking.problem_of(fault))}")
        pieces += [Piece(place.number, made) for place, made in batch.made]
        chunks += batch.chunks
    return run, pieces, chunks


def _record(run: PrintRun, pieces: Sequence[Piece]) -> None:
    begin_writing()
    run.made_at = now()
    db.session.add(run)
    db.session.flush()
    day: date = db.session.get_one(Campaign, run.campaign_id).today
    for some in pile.batches(pieces):
        values = [recorded_values(run, p.number, p.made, day, run.made_at) for p in some]
        db.session.execute(insert(LetterRecord).returning(LetterRecord.id), values)
    db.session.commit()


def _letters(campaign: Campaign, plan: Plan, roster_file: Path | None) -> list[Letter]:
    """The letters whose addresses are wanted, neither set nor recorded; without a roster one from the group to each."""
    common = _setup(campaign, plan)
    if roster_file:
        writers = _writers(campaign, roster_file, plan)
        return [draft.letter for _, writer in writers for draft in common.letters(writer, lambda _: SKETCH)]
    sender = tuple(campaign.group.return_address.splitlines()) if campaign.group else ()
    said = common.texts[plan.language]
    return [
        Letter(plan.language, sender, "", addressee_lines(to.addressee, common.home), "", "", (), "", "")
        for to in said.targets
    ]


def _write(output: Path, write: Callable[[BinaryIO], object]) -> None:
    """All of the file or none of it."""
    unfinished = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("xb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(output)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


COMMANDS = (letters, envelopes, labels)
