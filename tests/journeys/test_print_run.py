"""An evening's letters in one go: from a roster of sixty people to what lies in the postbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from campaign_app import keys
from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.print_runs.models import PrintRun
from tests.conftest import Site
from tests.print_runs.conftest import pictures, texts

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]

CAMPAIGN = "Stop an execution in Texas"
NAMES = ["김솔빛", "林晓梅", "佐藤葵", "نور القمر", "ים כחול", "Анна Волкова", "नीला सागर", "Zoë Lindqvist"]
LONG = "I must say very much about this. " * 110
LABELS = 14  # on a sheet


@pytest.fixture
def sixty(tmp_path: Path) -> Path:
    """A roster of sixty people in eight scripts, three of them with something wrong."""
    rows = [f"{NAMES[n % 8]} {n},{n + 1} Jongno,Seoul,03{n:03},KR,en,," for n in range(60)]
    rows[10] = "𐎠𐎼𐎫,11 Jongno,Seoul,03010,KR,en,,"
    rows[20] = f"Long Writer,21 Jongno,Seoul,03020,KR,en,,{LONG}"
    rows[30] = "𐤀𐤁𐤂,31 Jongno,Seoul,03030,KR,en,,"
    file = tmp_path / "roster.csv"
    file.write_text("\n".join(["Name,Street,City,Postcode,Country,Language,Shoe size,Message", *rows]))
    return file


def look(page: Page, axe: Axe) -> None:
    """Nothing shuts anybody out, and nothing is wider than the page, at both widths."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} at {width}"


def press(page: Page, role: Any, name: str) -> None:
    """Go to a button or link by the keyboard alone and press it."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def take(page: Page, name: str | re.Pattern[str]) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.usefixtures("at_work")
def test_a_roster_of_sixty_becomes_letters_envelopes_labels_and_a_checklist(
    page: Page, site: Site, axe: Axe, sixty: Path
) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in as").nth(1).click()
    press(page, "link", "Print runs")
    look(page, axe)
    press(page, "link", CAMPAIGN)

    choose(page, sixty)
    look(page, axe)
    press(page, "button", "Check the letters")

    expect(page.get_by_role("heading", name="3 rows cannot be printed yet")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Columns that are not used: Shoe size")).to_be_visible()
    look(page, axe)
    mend_the_long_one(page, axe)
    press(page, "button", "Leave these 2 rows out")
    expect(page.get_by_text("58", exact=False).first).to_be_visible()
    look(page, axe)
    press(page, "button", "Make 58 letters")

    expect(page.get_by_role("heading", name="Take and print")).to_be_visible(timeout=60_000)
    look(page, axe)
    letters, envelopes = take(page, "Letters"), take(page, "Envelopes")
    labels, checklist = take(page, "Labels"), take(page, "Checklist with tick boxes")
    they_are_right(letters, envelopes, labels, checklist)
    run_id = int(page.url.rsplit("/", 1)[1])

    press(page, "link", "Mark what was posted")
    look(page, axe)
    print_one_again(page, letters)
    mark_all_but_two(page, axe)
    with site.app.app_context():
        made = db.session.query(LetterRecord).filter_by(run_id=run_id).all()
        assert [letter.status for letter in made].count(LetterStatus.POSTED) == 56
        assert [letter.status for letter in made].count(LetterStatus.MADE) == 2
        assert db.session.get_one(PrintRun, run_id).group is not None
        assert list(broken()) == []
    codes = {code.text for sheet in pictures(checklist, dpi=300) for code in zxingcpp.read_barcodes(sheet)}
    assert {keys.token_hash(code.rsplit("/", 1)[1]) for code in codes} == {letter.token_hash for letter in made}


def choose(page: Page, roster: Path) -> None:
    """A roster in English to one target, with labels from the fifth on."""
    source = page.get_by_label("A roster")
    source.focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("File", exact=True)).to_be_visible()
    expect(page.get_by_label("How many letters")).to_be_hidden()
    page.get_by_label("File", exact=True).set_input_files(roster)
    page.get_by_label("Members of the Board").focus()
    page.keyboard.press("Space")
    page.get_by_label("Labels", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_text("Paper, envelopes and labels").focus()
    page.keyboard.press("Enter")
    page.get_by_label("First free label").fill("5")


def mend_the_long_one(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name=re.compile("Mend.*Row 22$")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The letter fills 2 pages").first).to_be_visible()
    look(page, axe)
    page.get_by_label("In their own words").fill("I must say very much about this, and keep it short.")
    press(page, "button", "Save and check again")
    expect(page.get_by_role("heading", name="2 rows cannot be printed yet")).to_be_visible(timeout=60_000)


def they_are_right(letters: bytes, envelopes: bytes, labels: bytes, checklist: bytes) -> None:
    """Every page holds what it should, and ink where it should be."""
    pages = texts(letters)
    assert len(pages) == 58
    assert all("Texas" in page and "UNITED STATES OF AMERICA" in page for page in pages)
    assert sum("keep it short" in page for page in pages) == 1
    assert all(_share_of_ink(picture) > 0.01 for picture in pictures(letters, dpi=60))
    assert len(texts(envelopes)) == 58
    assert {picture.size for picture in pictures(envelopes, dpi=25.4)} == {(220, 110)}  # pixels of a millimetre
    assert len(texts(labels)) == -(-(58 + 4) // LABELS)
    first = pictures(labels, dpi=25.4)[0]
    assert _share_of_ink(first.crop((0, 0, 210, 15 + 2 * 38))) == 0  # four labels are used already
    assert _share_of_ink(first.crop((0, 15 + 2 * 38, 104, 15 + 3 * 38))) > 0.005
    assert sum(page.count("UNITED STATES") for page in texts(labels)) == 58
    assert sum(name in "".join(texts(checklist)) for name in NAMES[:3]) == 3


def _share_of_ink(picture: Any) -> float:
    return float(sum(picture.histogram()[:160])) / (picture.width * picture.height)


def print_one_again(page: Page, letters: bytes) -> None:
    again = take(page, re.compile("Print again.*Row 4,"))
    [picture], was = pictures(again), pictures(letters)[2]
    differing = sum(abs(a - b) > 16 for a, b in zip(picture.tobytes(), was.tobytes(), strict=True))
    assert differing <= picture.width * picture.height / 1000
    assert texts(again) == texts(letters)[2:3]


def mark_all_but_two(page: Page, axe: Axe) -> None:
    ticks = page.get_by_role("checkbox")
    for number in range(2, 58):
        ticks.nth(number).check()
    press(page, "button", "Mark those that are ticked")
    expect(page.get_by_text("56 letters are marked as posted.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    look(page, axe)
