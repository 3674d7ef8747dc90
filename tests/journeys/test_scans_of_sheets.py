"""Sheets as they are printed are filled, photographed and uploaded; what the photographs say is confirmed by keys."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from benchmarks.handwriting import blank_sheet, filling, wear_for_testing
from benchmarks.handwriting.strokes_for_testing import TestingHand
from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.petitions.models import Petition
from campaign_app.petitions.scanned_sheets import grid_of
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from campaign_app.petitions.shell import sheets as command
from tests.conftest import Site

pytestmark = pytest.mark.browser

COUNT = 3


@pytest.fixture
def photographs(site: Site, tmp_path: Path) -> tuple[list[Path], list[str]]:
    """Sheets that the command prints, filled and photographed, with something that is no sheet; and their serials."""
    with site.app.app_context():
        petition = db.session.scalars(select(Petition).order_by(Petition.id)).first()
        assert petition
        arguments = [petition.campaign.slug, "--petition", petition.code, "--count", str(COUNT)]
    pdf = tmp_path / "sheets.pdf"
    info = ScriptInfo(create_app=lambda: site.app)
    made = CliRunner().invoke(command, ["print", *arguments, "--output", str(pdf)], obj=info)
    assert made.exit_code == 0, made.output
    with site.app.app_context():
        newest = select(Sheet).order_by(Sheet.id.desc()).limit(COUNT)
        printed = sorted(db.session.scalars(newest), key=lambda sheet: sheet.number)
        serials, grid = [sheet.serial for sheet in printed], grid_of(printed[0])
    files = []
    for number in range(COUNT):
        rng = np.random.default_rng(number)
        filled = filling.fill(blank_sheet.printed(pdf.read_bytes(), number), grid, TestingHand, rng)
        files.append(tmp_path / f"photo {number}.jpg")
        files[-1].write_bytes(wear_for_testing.worn(filled.page, rng)[0])
    files.append(tmp_path / "cat.png")
    Image.effect_noise((600, 400), 60).save(files[-1])
    return files, serials


def look(page: Page, axe: Callable[[Page], None], name: str) -> None:
    """Nothing shuts anybody out, and nothing is wider than the page, at both widths."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} at {width}"
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


@pytest.mark.usefixtures("at_work")
def test_photographs_of_sheets_become_counts(
    page: Page, site: Site, axe: Callable[[Page], None], photographs: tuple[list[Path], list[str]]
) -> None:
    files, serials = photographs
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in as").nth(1).click()
    page.get_by_role("link", name="Scans of signature sheets").click()
    look(page, axe, "index")
    page.get_by_label("Photographs or a scanner").set_input_files(files)
    page.get_by_role("button", name="Read these scans").click()
    confirm = page.get_by_role("link", name=f"Confirm {COUNT} sheets")
    expect(confirm).to_be_visible(timeout=90_000)
    expect(page.get_by_text("No QR code is to be seen")).to_be_visible()
    look(page, axe, "show")

    confirm.click()
    for serial in serials:
        expect(page.get_by_role("heading", name=serial)).to_be_visible()
        look(page, axe, f"page-{serial}")
        for _ in range(page.locator("[data-answers]").count()):
            page.keyboard.press("e")
        page.get_by_role("button", name="Confirm this count").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"{serial}:")).to_be_visible()
    expect(page.get_by_text("Confirmed", exact=True)).to_have_count(COUNT)
    look(page, axe, "confirmed")
    with site.app.app_context():
        counted = db.session.scalars(select(Sheet).where(Sheet.serial.in_(serials)))
        assert {sheet.status for sheet in counted} == {SheetStatus.COUNTED}
        assert list(broken()) == []
