"""The report from the command line, for scripts."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import select

from campaign_app import durable
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now, read_only
from campaign_app.tables.writing import csv_pieces, write_xlsx
from campaign_app.tracking import beside, downloads, report
from campaign_app.tracking.overview import campaign_lines
from campaign_app.tracking.totals import Scope
from campaign_app.upkeep.commands import with_database


@click.command("report")
@click.argument("campaign", required=False)
@click.option("--format", "kind", type=click.Choice(["json", "csv", "xlsx"]), default="json", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the output.")
@with_database
def report_command(campaign: str | None, kind: str, output: Path | None) -> None:
    """Numbers of each campaign, or of CAMPAIGN alone: letters, sheets, signatures, replies, outcomes; no names.

    As JSON, one campaign is an object, all of them a list. "made" are all letters but void ones, "posted" all of them
    that went into a postbox, whatever became of them since.
    """
    read_only()
    query = select(Campaign).where(*([Campaign.slug == campaign] if campaign else []))
    found = db.session.scalars(query.order_by(Campaign.id)).all()
    if campaign and not found:
        raise click.ClickException(f"There is no campaign {campaign}.")
    if kind == "json":
        told = [report.of(one) for one in found]
        content = downloads.as_json(told[0] if campaign else told)
    else:
        content = _table(found, kind)
    if output:
        durable.write(content, output)
    elif kind == "xlsx" and sys.stdout.isatty():
        raise click.ClickException("A workbook is not for the screen. Name a file with --output.")
    else:
        sys.stdout.buffer.write(content)


def _table(found: Sequence[Campaign], kind: str) -> bytes:
    ids = [one.id for one in found]
    rows = report.rows(campaign_lines(Scope(ids)), beside.outcomes(ids))
    if kind == "csv":
        return b"".join(csv_pieces(report.header(), rows))
    write_xlsx(book := io.BytesIO(), report.header(), rows, now())
    return book.getvalue()


COMMANDS = (report_command,)
