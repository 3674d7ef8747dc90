"""The pages of the directory in a real browser, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TABLE = "Position;Country;Line 1;Line 2;Telephone\nDirector of the Sample Prison;이집트;1 Sample Road;Cairo;+20\n"


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in as").first.click()
    page.get_by_role("link", name="Targets").click()


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways but tables in their own frames."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_the_form_follows_what_is_chosen_and_keeps_what_was_typed(page: Page, axe: Callable[[Page], None]) -> None:
    sign_in(page)
    axe(page)
    page.get_by_role("link", name="Add a target").click()
    expect(page.get_by_label("The country it speaks for")).to_be_hidden()
    page.get_by_label("Its part in appeals").select_option("embassy")
    page.get_by_label("The country it speaks for").select_option("ER")
    page.get_by_label("Salutation Korean").fill("대사님께")
    page.get_by_label("Kind of office").select_option("ambassador")
    expect(page.get_by_label("Closing English")).to_have_attribute("placeholder", "Respectfully yours,")
    page.get_by_text("Languages read there").first.click()
    page.get_by_role("checkbox", name="French").check()
    expect(page.get_by_label("Salutation French")).to_be_visible()
    expect(page.get_by_label("Salutation Korean")).to_have_value("대사님께")
    page.get_by_label("Country", exact=True).select_option("FR")
    expect(page.locator("#address-format")).to_contain_text("postcode town")
    axe(page)

    page.get_by_label("Position").fill("Ambassador of Sample")
    page.get_by_label("Postal lines").fill("1 rue de l’Exemple\nParis")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("address")).to_have_text("Ambassador of Sample\n1 rue de l’Exemple\nParis\nFRANCE")
    expect(page.get_by_text("No postcode was found.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="I checked this address today").click()
    expect(page.get_by_text("Last checked on")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="I checked this address today")).to_be_visible()
    page.get_by_role("link", name="Delete this target").click()
    axe(page)
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("status")).to_contain_text("was deleted")


def test_a_spreadsheet_is_imported_on_a_phone(phone: Page, axe: Callable[[Page], None]) -> None:
    sign_in(phone)
    assert fits(phone)
    phone.get_by_role("link", name="Import from a spreadsheet").click()
    assert fits(phone)
    axe(phone)
    file = {"name": "targets.csv", "mimeType": "text/csv", "buffer": TABLE.encode("cp949")}
    phone.get_by_label("File").set_input_files(files=[file])  # type: ignore[list-item]
    phone.get_by_role("button", name="Look at it first").click()
    expect(phone.get_by_text("Telephone")).to_be_visible()
    assert fits(phone)
    axe(phone)
    phone.get_by_role("button", name="Add 1 target").click()
    phone.get_by_role("searchbox").fill("sample prison 이집트")
    phone.get_by_role("button", name="Search").click()
    phone.get_by_role("link", name="Director of the Sample Prison").click()
    assert fits(phone)
    axe(phone)
