"""A letter text, from the first click to its second version, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from campaign_app.access.sign_in import DEMO_PASSWORD

pytestmark = pytest.mark.browser

DESK = "/desk/campaigns/nasim-el-fanous"
Axe = Callable[[Page], None]


@pytest.fixture
def desk(page: Page) -> Page:
    """A page of a signed-in organizer of the demo section."""
    page.goto("/sign-in")
    form = page.locator("form", has=page.get_by_label("Password"))
    form.get_by_label(re.compile("E-?mail", re.I)).fill("seoul@example.org")
    form.get_by_label("Password").fill(DEMO_PASSWORD)
    form.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/desk$"))
    return page


def test_a_text_is_begun_edited_beside_its_page_and_saved_twice(desk: Page, axe: Axe) -> None:
    desk.goto(DESK)
    desk.get_by_role("link", name="New language").click()
    desk.get_by_label("Language of the letter").select_option("es")
    desk.get_by_role("button", name="Show texts").click()
    axe(desk)
    desk.get_by_role("link", name="Acción urgente").click()
    expect(desk.locator("#preview")).to_contain_text("is still to be filled in")
    body = desk.get_by_label("Letter", exact=True)
    body.fill("Le escribo por .\n\n{{ own_words }}")
    body.evaluate("field => field.setSelectionRange(15, 15)")
    desk.get_by_role("button", name="{{ person }}").click()
    expect(body).to_have_value("Le escribo por {{ person }}.\n\n{{ own_words }}")
    expect(desk.locator("#preview")).not_to_contain_text("is still to be filled in")
    axe(desk)
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("status")).to_contain_text("Version 1 is saved")
    body.fill("Le escribo otra vez por {{ person }}.\n\n{{ own_words }}")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("status")).to_contain_text("Version 2 is saved")
    desk.get_by_role("link", name="Version 2 and earlier ones").click()
    expect(desk.locator("ins")).to_have_text("otra vez ")
    axe(desk)


def test_the_preview_follows_what_is_typed_and_keeps_the_last_good_page(desk: Page) -> None:
    desk.goto(f"{DESK}/texts/en")
    pages = desk.locator("#preview .page-image")
    first = pages.get_attribute("src")
    body = desk.get_by_label("Letter", exact=True)
    body.fill("Short and new.\n\n{{ own_words }}")
    expect(pages).not_to_have_attribute("src", first or "")
    second = pages.get_attribute("src") or ""
    body.fill("Short and {{ newer\n\n{{ own_words }}")
    expect(desk.locator("#preview")).to_contain_text("The page waits until this can be read")
    expect(pages).to_have_attribute("src", second)
    desk.context.set_offline(True)
    body.fill("Short and newest.\n\n{{ own_words }}")
    expect(desk.locator("#preview")).to_contain_text("The preview could not be fetched")
    expect(pages).to_have_attribute("src", second)
    desk.context.set_offline(False)
    body.fill("Short and newest of all.\n\n{{ own_words }}")
    expect(pages).not_to_have_attribute("src", second)
    expect(desk.locator("#preview")).not_to_contain_text("The preview could not be fetched")


def test_a_field_with_a_paragraph_of_its_own_brings_empty_lines(desk: Page) -> None:
    desk.goto(f"{DESK}/texts/en")
    body = desk.get_by_label("Letter", exact=True)
    body.fill("Before.\nAfter.")
    body.evaluate("field => field.setSelectionRange(8, 8)")
    desk.get_by_text("Fields that each letter fills in").click()
    desk.get_by_role("button", name="{{ own_words }}").click()
    expect(body).to_have_value("Before.\n\n{{ own_words }}\n\nAfter.")
    desk.get_by_label("Subject").focus()
    desk.get_by_label("Subject").fill("About ")
    desk.get_by_role("button", name="{{ institution }}").click()
    expect(desk.get_by_label("Subject")).to_have_value("About {% if institution %}{{ institution }}{% endif %}")


def test_without_script_a_button_shows_the_page(desk: Page) -> None:
    context = desk.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=desk.context.storage_state(), base_url=desk.url.removesuffix("/desk")
    )
    plain = context.new_page()
    plain.goto(f"{DESK}/texts/en")
    plain.get_by_label("Letter", exact=True).fill("Plain words.\n\n{{ own_words }}")
    plain.get_by_role("button", name="Preview").click()
    expect(plain.get_by_label("Letter", exact=True)).to_have_value("Plain words.\n\n{{ own_words }}")
    expect(plain.locator("#preview .page-image")).to_have_count(1)
    context.close()
