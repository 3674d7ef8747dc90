"""Signature sheets from the command line, for the laptop beside the printer."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from campaign_app import days, durable, languages
from campaign_app.campaigns.models import Campaign
from campaign_app.db import begin_writing, db
from campaign_app.documents.sheet_design import SheetDesign as Design
from campaign_app.documents.unfit import Unfit
from campaign_app.petitions import beginning, printing, scan_shell, wording
from campaign_app.petitions.models import Petition, SheetDesign
from campaign_app.petitions.problems import of_sheet
from campaign_app.petitions.wording import NoText

sheets = click.Group("sheets", help="Numbered signature sheets of a campaign's petition.")
FORMATS = ("pdf", "docx")


@sheets.command("print")
@click.argument("campaign_slug", metavar="CAMPAIGN")
@click.option("--count", required=True, type=click.IntRange(1, printing.MOST_SHEETS), help="How many sheets.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .pdf or .docx.")
@click.option("--language", default="", help="Of the sheet; for two side by side as in en,ko.")
@click.option("--petition", "code", default="", help="Its code such as G48-P07, where the campaign has several.")
@with_appcontext
def print_sheets(campaign_slug: str, count: int, output: Path, language: str, code: str) -> None:
    """Print sheets with serials that no other sheet has, and record them as printed.

    A campaign without a petition gets one that says what the campaign demands.
    """
    suffix = output.suffix.removeprefix(".").lower() or "pdf"
    if suffix not in FORMATS:
        raise click.ClickException(f"{output.name} is neither a .pdf nor a .docx.")
    asked = tuple(_tag(part) for part in language.split(",") if part.strip())
    begin_writing()
    petition = _petition(campaign_slug, code, asked)
    design, choices = _design(petition, asked)
    try:
        content = wording.content_of(petition, choices, design.logo.png if design and design.logo else b"")
        grid = current_app.extensions["press"].sheet(content).grid
    except (Unfit, NoText) as problem:
        raise click.ClickException(of_sheet(problem)) from problem
    batch = printing.batch_of(petition, design, content, grid, count, None)
    _write(output, printing.make_file(batch, suffix))
    try:
        printing.record(batch)
        db.session.commit()
    except BaseException:
        output.unlink(missing_ok=True)  # its serials are nobody's
        raise
    first, last = (sheet.serial for sheet in (printing.sheets_of(batch)[0], printing.sheets_of(batch)[-1]))
    click.echo(f"{first} to {last}, {count} in all: {output}", err=True)


def _petition(slug: str, code: str, asked: tuple[str, ...]) -> Petition:
    campaign = db.session.scalar(select(Campaign).where(Campaign.slug == slug))
    if campaign is None:
        raise click.ClickException(f"There is no campaign {slug}.")
    query = select(Petition).where(Petition.campaign_id == campaign.id).order_by(Petition.id)
    petitions = [one for one in db.session.scalars(query) if code in ("", one.code)]
    if code and not petitions:
        raise click.ClickException(f"{slug} has no petition {code}.")
    if len(petitions) > 1:
        raise click.ClickException(f"Choose one by --petition: {', '.join(one.code for one in petitions)}.")
    return petitions[0] if petitions else _begun(campaign, asked)


def _begun(campaign: Campaign, asked: tuple[str, ...]) -> Petition:
    """A petition that says what the campaign demands, in the one language that was asked for."""
    text = beginning.text_of(campaign)
    if not text or not campaign.targets:
        raise click.ClickException(f"{campaign.slug} has no petition, nor demands and targets to make one of.")
    proposed = beginning.proposed(campaign, [campaign.group] if campaign.group else [], days.today())
    petition = beginning.petition(campaign, campaign.group)
    for name in ("opens_on", "closes_on", "return_address", "collect_within"):
        setattr(petition, name, proposed[name])
    petition.organizer = proposed["organizer"] or current_app.config["SECTION_NAME"]
    petition.return_address = petition.return_address or petition.organizer
    petition.addressees = list(campaign.targets)
    language = asked[0] if asked else "en"
    wording.save_text(petition, language, campaign.title, text, "", None)
    beginning.add_design(petition, (language,))
    db.session.flush()
    click.echo(f"{petition.code} is begun with what {campaign.slug} demands.", err=True)
    return petition


def _design(petition: Petition, asked: tuple[str, ...]) -> tuple[SheetDesign | None, Design]:
    """The first design in the languages that were asked for, or else one as sheets mostly are."""
    stored = [(design, Design.from_json(design.choices)) for design in petition.designs]
    found = next(((one, design) for one, design in stored if asked in ((), design.languages)), None)
    found = found or next(((one, design) for one, design in stored if asked == design.languages[:1]), None)
    if found:
        return found
    wanted = asked or tuple(petition.languages[:1])
    return None, Design(wanted, paper=petition.group.paper if petition.group else "A4")


def _tag(written: str) -> str:
    tag = languages.tag(written.strip())
    if tag is None:
        raise click.ClickException(f"{written.strip()} is no language of sheets.")
    return tag


def _write(output: Path, content: bytes) -> None:
    try:
        durable.write(content, output)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error


sheets.add_command(scan_shell.read_sheets)
COMMANDS = (sheets,)
