"""Reading scans from the command line: what each page says, for scripts and for the laptop beside the scanner."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from campaign_app.db import read_only
from campaign_app.petitions import scanned_sheets


@click.command("read")
@click.argument("scans", metavar="SCAN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="A list with an object for each page.")
@with_appcontext
def read_sheets(scans: Sequence[Path], as_json: bool) -> None:
    """Say which sheets the pages of SCAN are, and which of their rows are filled.

    SCAN is a JPEG, PNG, WebP, TIFF or PDF. Nothing is stored or counted. The exit status is 1 where a file or page
    cannot be read; the others are read all the same.
    """
    try:
        from campaign_app.petitions.reading import pages  # noqa: F401 - is it installed?
    except ImportError as error:
        raise click.ClickException("Reading scans needs more packages: pip install campaign-app[scans]") from error
    read_only()
    said = []
    for number, page in enumerate(_pages(scans), 1):
        said.append({"page": number} | page)
        if not as_json:
            click.echo(_line(said[-1]))
        if page["error"]:
            click.echo(f"{page['file']}, page {number}: {page['error']}", err=True)
    if as_json:
        click.echo(json.dumps(said, indent=1))
    if any(page["error"] for page in said):
        raise SystemExit(1)


def _pages(scans: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The pages of all files, numbered through by whoever asks."""
    from campaign_app.petitions.reading.pages import RefusedFile, pages

    for scan in scans:
        try:
            with scan.open("rb") as stream:
                for picture in pages(stream):
                    yield _said(scan, picture)
        except RefusedFile as refused:
            yield _unread(scan, refused.reason.value)
        except OSError as error:
            yield _unread(scan, str(error.strerror))


def _said(scan: Path, picture: Any) -> dict[str, Any]:
    from campaign_app.petitions.reading.pages import BrokenPage
    from campaign_app.petitions.reading.read import Known, read
    from campaign_app.petitions.reading.rows import Mark

    if isinstance(picture, BrokenPage):
        return _unread(scan, f"broken page: {picture}")

    def lookup(code: str) -> Known | None:
        sheet = scanned_sheets.sheet_of(code)
        return Known(sheet.serial, scanned_sheets.grid_of(sheet)) if sheet else None

    page = read(picture, lookup)
    return {
        "file": str(scan), "serial": page.serial or None, "rows": len(page.rows) or None,
        "filled": page.numbers(Mark.FILLED), "struck": page.numbers(Mark.STRUCK),
        "uncertain": page.numbers(Mark.UNCERTAIN), "error": str(page.error) if page.error else None,
    }  # fmt: skip


def _unread(scan: Path, why: str) -> dict[str, Any]:
    nothing: dict[str, Any] = {"filled": [], "struck": [], "uncertain": []}
    return {"file": str(scan), "serial": None, "rows": None, **nothing, "error": why}


def _line(page: dict[str, Any]) -> str:
    """A page in one line for people."""
    if page["error"]:
        return f"{page['page']:>4}  {page['serial'] or '-':<16}  cannot be read: {page['error']}"
    said = f"{page['page']:>4}  {page['serial']:<16}  {len(page['filled'])} of {page['rows']} rows filled"
    for what, told in (("struck", "struck out"), ("uncertain", "to look at")):
        if page[what]:
            said += f"; {told}: {', '.join(map(str, page[what]))}"
    return said
