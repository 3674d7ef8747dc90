"""The whole way of a petition on paper: printed, issued, back, counted by two people, delivered, seen by all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
import pypdfium2
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from sqlalchemy import select

from benchmarks.handwriting import filling, wear_for_testing
from benchmarks.handwriting.strokes_for_testing import TestingHand
from campaign_app import invariants
from campaign_app.db import db
from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.petitions.sheet_models import SheetBatch
from tests.conftest import Site, _page

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]

PETITION = "Let the Keretti family leave Gate 14"
ORGANIZER, STAFF = "Meera Dhruvtara", "Haneul Seok"
DENSITY, POINTS = 300, 72  # pixels and points to an inch
SIGNED, SPOILED = 10, 5  # rows that are signed on each sheet, and the place of the sheet that is spoiled
COLLECTORS = ("Sample Collector", "예시 담당자", "مثال المتطوع", "Another Example")


@pytest.fixture
def second(browser: Browser, site: Site) -> Iterator[Page]:
    """Somebody else at a desk."""
    yield from _page(browser, site, viewport={"width": 1280, "height": 900})


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name=name).click()


def print_ten(page: Page) -> tuple[int, list[np.ndarray]]:
    """Ten sheets of a petition in two languages: the number of the first, and how they look."""
    page.get_by_role("link", name="Petitions", exact=True).click()
    page.get_by_role("link", name=re.compile(PETITION)).click()
    page.get_by_role("button", name="Print sheets").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    with pypdfium2.PdfDocument(download.value.path()) as document:
        assert len(document) == 10
        serial = re.search(r"G48-P01-(\d{4})", document[0].get_textpage().get_text_range())
        printed = [np.array(one.render(scale=DENSITY / POINTS).to_pil().convert("RGB")) for one in document]
    assert serial
    return int(serial[1]), printed


def photos(site: Site, first: int, printed: list[np.ndarray]) -> list[FilePayload]:
    """What a telephone or a scanner makes of the sheets, the sixth left out, once ten people signed on each."""
    with site.app.app_context():
        batch = db.session.scalars(select(SheetBatch).where(SheetBatch.first == first)).one()
        grid = SheetGrid.from_json(batch.layout)
    truth = [filling.FILLED] * SIGNED + [filling.EMPTY] * (grid.count - SIGNED)
    taken: list[FilePayload] = []
    for number, page in enumerate(printed):
        if number != SPOILED:
            rng = np.random.default_rng(number)
            filled = filling.fill(page, grid, TestingHand, rng, list(truth)).page
            content, _ = wear_for_testing.worn(filled, rng)
            taken.append({"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": content})
    return taken


def confirm(page: Page, axe: Axe, count: int) -> None:
    """Look at each sheet, answer its uncertain rows by a key each, and confirm its count."""
    page.get_by_role("link", name=f"Confirm {count} sheets").click()
    for left in range(count, 0, -1):
        heading = page.get_by_role("heading", level=1).inner_text()
        if left == count:
            axe(page)
        for row in page.locator("[data-answers]").all():
            answer = row.locator("input").first
            number = int((answer.get_attribute("name") or "").removeprefix("row-"))
            answer.focus()
            page.keyboard.press("f" if number <= SIGNED else "e")
        page.get_by_role("button", name="Confirm this count").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)


def issue(page: Page, axe: Axe, sheets: str, collector: str, place: str) -> None:
    page.get_by_role("link", name="Issue sheets").click()
    axe(page)
    page.get_by_label("Which sheets").fill(sheets)
    page.get_by_label("Or somebody else, by name").fill(collector)
    page.get_by_label("Place").fill(place)
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("heading", name=collector)).to_be_visible()
    axe(page)


def to_sheets(page: Page) -> None:
    page.locator(".crumbs").get_by_role("link", name=re.compile("G48-P")).first.click()


def only(page: Page, sheets: str) -> None:
    page.get_by_label("Only these sheets").fill(sheets)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Only these sheets")).to_have_value(sheets)


def count(page: Page, numbers: list[str]) -> None:
    """Type the filled rows of sheet after sheet, with Enter between them."""
    for number in numbers:
        page.keyboard.type(number)
        page.keyboard.press("Enter")


def totals(phone: Page) -> tuple[int, ...]:
    """The signatures that the public page shows: verified, and counted once."""
    phone.goto("/campaigns/keretti-family")
    shown = (
        phone.locator("dt", has_text=label).locator("xpath=following-sibling::dd[1]").inner_text()
        for label in ("Verified by two people", "Counted once, to be checked")
    )
    return tuple(int(number) for number in shown)


@pytest.mark.usefixtures("at_work")
def test_ten_sheets_go_to_four_collectors_and_nine_come_back_counted_checked_and_delivered(
    page: Page, second: Page, phone: Page, site: Site, axe: Axe
) -> None:
    verified, unchecked = totals(phone)
    sign_in(page, ORGANIZER)
    first, printed = print_ten(page)
    last, back = first + 9, f"{first}-{first + 4}, {first + 6}-{first + 9}"
    page.get_by_role("link", name="Desk").click()
    page.get_by_role("link", name="Signature sheets", exact=True).click()
    axe(page)
    page.get_by_role("region", name="Petitions").get_by_role("link", name="G48-P01").click()
    for (start, end), collector, place in zip(
        ((0, 2), (3, 5), (6, 7), (8, 9)), COLLECTORS, ("Hongdae", "Sinchon", "Fair", "Café"), strict=True
    ):
        issue(page, axe, f"{first + start}-{first + end}", collector, place)
        link = page.get_by_role("link", name="the page for these sheets").get_attribute("href")
        to_sheets(page)
    assert link
    axe(page)

    phone.goto(link)  # the last collector, by the code on the issue list
    expect(phone.get_by_text("2 sheets are out.")).to_be_visible()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.get_by_label("Signatures").fill("20")
    phone.get_by_role("button", name="Hand in the count").click()
    expect(phone.get_by_text("Your count is noted")).to_be_visible()
    page.reload()
    expect(page.get_by_text("20 signatures")).to_be_visible()

    page.get_by_role("link", name="Hand back").click()
    axe(page)
    page.get_by_label("Other sheets").fill(f"{first + 5}")
    page.get_by_label("Reason").fill("Coffee")
    page.get_by_role("button", name="Spoiled").click()
    expect(page.get_by_text("1 sheet moved.")).to_be_visible()
    page.get_by_label("Other sheets").fill(back)
    page.get_by_role("button", name="Handed back").click()
    expect(page.get_by_text("9 sheets moved.")).to_be_visible()
    axe(page)

    page.get_by_role("link", name="Desk").click()
    page.get_by_role("link", name="Scans of signature sheets").click()
    axe(page)
    page.locator("input[type=file]").set_input_files(photos(site, first, printed))
    page.get_by_role("button", name="Read these scans").click()
    expect(page.get_by_role("link", name="Confirm 9 sheets")).to_be_visible(timeout=120_000)
    axe(page)
    confirm(page, axe, 9)

    page.goto("/desk/sheets")
    page.get_by_role("region", name="Petitions").get_by_role("link", name="G48-P01").click()
    page.get_by_role("link", name="Count and check").click()
    axe(page)
    page.get_by_role("link", name=re.compile("^Check")).click()
    sign_in(second, STAFF)
    second.goto(page.url)
    only(second, f"{first}-{first + 1}")
    axe(second)
    count(second, ["10", "9"])
    expect(second.get_by_text("2 sheets are counted.")).to_be_visible()
    expect(second.get_by_text("1 sheet was counted otherwise before.")).to_be_visible()
    second.get_by_role("link", name=re.compile("^Settle")).click()
    axe(second)
    count(second, ["10"])
    expect(second.get_by_text("1 sheet is counted.")).to_be_visible()

    to_sheets(page)
    page.get_by_role("link", name="Deliveries").click()
    axe(page)
    page.get_by_role("link", name="Pack a delivery").click()
    axe(page)
    page.get_by_label("Only these sheets").fill(f"{first}-{last}")
    page.get_by_role("button", name="Go on to the letter").click()
    axe(page)
    page.get_by_role("button", name="Pack").click()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="The pack (PDF)").click()
    with pypdfium2.PdfDocument(download.value.path()) as document:
        texts = [one.get_textpage().get_text_range() for one in document]
    assert "2 sheets with 20 signatures" in " ".join(texts[0].split())
    assert f"G48-P01-{first:04}" in texts[1]
    page.get_by_role("button", name="It was posted or handed over").click()
    expect(page.get_by_text("The delivery is marked as posted")).to_be_visible()
    axe(page)

    assert totals(phone) == (verified + 20, unchecked + 70)
    axe(phone)
    with site.app.app_context():
        assert list(invariants.broken()) == []
