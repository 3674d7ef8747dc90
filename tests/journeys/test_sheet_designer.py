"""A petition's sheet is designed on a live page, printed, and taken: at a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]

PETITION = "Let the Keretti family leave Gate 14"


def open_petition(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="Meera Dhruvtara").click()
    page.get_by_role("link", name="Petitions", exact=True).click()
    page.get_by_role("link", name=re.compile(PETITION)).click()
    expect(page.get_by_role("heading", name=PETITION)).to_be_visible()


def open_designer(page: Page) -> None:
    designs = page.locator("section", has=page.get_by_role("heading", name="Designs of the sheet"))
    designs.get_by_role("link").first.click()


@pytest.mark.usefixtures("at_work")
def test_the_page_follows_what_is_chosen_and_ten_sheets_are_printed(page: Page, axe: Axe) -> None:
    open_petition(page)
    axe(page)
    open_designer(page)
    expect(page.locator("#preview")).to_contain_text("12 rows of ")
    axe(page)
    page.get_by_label("Rows").fill("10")
    expect(page.locator("#preview")).to_contain_text("10 rows of ")
    page.get_by_label("Rows").fill("20")
    page.get_by_label("Large print").check()
    expect(page.locator("#preview")).to_contain_text("mm are missing for rows to sign in")
    axe(page)
    page.get_by_label("Large print").uncheck()
    page.get_by_label("Rows").fill("10")
    expect(page.locator("#preview")).to_contain_text("10 rows of ")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The design is stored.")).to_be_visible()
    page.get_by_role("button", name="Print sheets").click()
    link = page.get_by_role("link", name="PDF", exact=True)
    expect(link).to_be_visible()
    axe(page)
    with page.expect_download() as download:
        link.click()
    with pypdfium2.PdfDocument(download.value.path()) as document:
        assert len(document) == 10
        assert re.search(r"G48-P01-\d{4}", document[0].get_textpage().get_text_range())


def test_the_designer_fits_a_phone(phone: Page, axe: Axe) -> None:
    open_petition(phone)
    axe(phone)
    open_designer(phone)
    expect(phone.locator("#preview img")).to_be_visible()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.get_by_label("Orientation").select_option("landscape")
    phone.get_by_label("Rows").fill("8")
    expect(phone.locator("#preview")).to_contain_text(re.compile(r"8 rows of|mm are missing"))
