"""A letter evening in a real browser: tables, a shared laptop, the printer, the number on the wall, and the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from campaign_app.db import db
from campaign_app.evenings.models import WaitingLetters
from campaign_app.invariants import broken
from tests.conftest import PATIENCE, Site

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]
WORDS = "I bind books too, and I think of him every day."


@pytest.fixture
def laptop(page: Page, site: Site) -> Iterator[Page]:
    """The shared laptop: another browser, in which nobody is signed in."""
    browser = page.context.browser
    assert browser
    context = browser.new_context(base_url=site.url, locale="en-GB", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def look(page: Page, axe: Axe) -> None:
    """Nothing shuts anybody out, and nothing is wider than the page, at both widths."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} at {width}"


def open_evening(page: Page, axe: Axe) -> str:
    """Open an evening with two tables; the link of its kiosk."""
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in as Meera Dhruvtara").click()
    page.get_by_role("link", name="Letter evenings").click()
    look(page, axe)
    page.get_by_role("link", name="Open an evening").click()
    look(page, axe)
    page.get_by_role("button", name="Open the evening").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one")
    for language in ("English", "Korean"):
        page.get_by_role("checkbox", name=f"Office of the Public Prosecutor · {language}").first.check()
    page.get_by_role("button", name="Open the evening").click()
    look(page, axe)
    link = page.get_by_role("link", name="/evening/").get_attribute("href")
    assert link
    return link


def write(laptop: Page, link: str, name: str) -> None:
    laptop.goto(link)
    laptop.get_by_role("listitem").first.get_by_role("link").click()
    laptop.get_by_label("Your name").fill(name)
    laptop.get_by_label("In your own words").fill(WORDS)
    laptop.get_by_label("City").fill("Seoul")
    laptop.get_by_role("button", name="Print my letter").click()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Your letter is made")


def test_people_write_on_one_laptop_and_find_nothing_of_each_other(
    page: Page, laptop: Page, axe: Axe, site: Site
) -> None:
    link = open_evening(page, axe)
    laptop.goto(link)
    look(laptop, axe)
    write(laptop, link, "Kim Minji")
    look(laptop, axe)
    laptop.go_back()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Which letter do you write?")
    laptop.go_forward()
    assert "Kim Minji" not in laptop.content()
    laptop.goto(link)
    laptop.get_by_role("listitem").first.get_by_role("link").click()
    expect(laptop.get_by_label("Your name")).to_have_value("")
    look(laptop, axe)

    laptop.get_by_label("Your name").fill("Kim 🦄")
    laptop.get_by_label("City").fill("Seoul")
    laptop.get_by_role("button", name="Print my letter").click()
    expect(laptop.get_by_role("alert")).to_contain_text("🦄")
    expect(laptop.get_by_label("City")).to_have_value("Seoul")
    laptop.get_by_role("link", name="Wipe and go back").click()
    laptop.go_forward()
    assert "🦄" not in laptop.content()
    write(laptop, link, "Zoë Lindqvist")

    with page.expect_download() as download:
        page.get_by_role("button", name="Print what 2 writers made").click()
    assert len(pypdfium2.PdfDocument(Path(download.value.path()).read_bytes())) == 2
    expect(page.get_by_text("Nothing waits to be printed.")).to_be_visible()

    laptop.goto(f"{link}/wall")
    expect(laptop.locator(".wall-number strong")).to_have_text("2")
    look(laptop, axe)
    page.get_by_role("button", name="+1 Cards").first.click()
    expect(laptop.locator(".wall-number strong")).to_have_text("3")

    page.get_by_role("button", name="Mark all 2 that are left").click()
    expect(page.get_by_text("2 letters are marked as posted.")).to_be_visible()
    page.get_by_label("People").fill("7")
    page.get_by_role("button", name="Close the evening").click()
    look(page, axe)
    laptop.goto(link)
    expect(laptop.get_by_role("heading", level=1)).to_have_text("This evening is over")
    look(laptop, axe)
    page.goto("/desk/handwritten")
    look(page, axe)
    page.get_by_role("link", name="Count letters or cards").click()
    look(page, axe)
    with site.app.app_context():
        assert db.session.query(WaitingLetters).count() == 0
        assert list(broken()) == []


def test_the_kiosk_works_without_scripts(page: Page, site: Site, axe: Axe) -> None:
    link = open_evening(page, axe)
    browser = page.context.browser
    assert browser
    plain = browser.new_context(base_url=site.url, locale="en-GB", java_script_enabled=False).new_page()
    write(plain, link, "Kim Minji")
    plain.goto(f"{link}/wall")
    expect(plain.locator(".wall-number strong")).to_have_text("1")
    plain.context.close()
