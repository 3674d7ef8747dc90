"""A coordinator's evening: a person added and asked, found, merged, imported; on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.campaigns.test_desk_journey import sign_in
from tests.conftest import Site

pytestmark = pytest.mark.browser
Axe = Callable[[Page], None]


def fits(page: Page) -> None:
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url


def tab_to(page: Page, name: str) -> None:
    """Walk by the keyboard to the control that says ``name``."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.textContent || '').trim()") == name:
            return
    raise AssertionError(name)


def test_an_organizer_adds_asks_and_finds_a_person_on_a_phone(phone: Page, axe: Axe, tmp_path: Path) -> None:
    sign_in(phone, "daejeon@example.org")
    phone.get_by_role("link", name="Groups").click()
    expect(phone.get_by_role("heading", name="The way to registration")).to_be_visible()
    axe(phone)
    fits(phone)
    phone.get_by_role("link", name=re.compile("Five members")).click()
    axe(phone)
    fits(phone)
    phone.get_by_label("Name", exact=True).fill("900101-1234567")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("alert")).to_contain_text("resident registration number")
    axe(phone)
    phone.get_by_label("Name", exact=True).fill("Đỗ Thị Ánh Sao")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Đỗ Thị Ánh Sao")
    assert re.search(r"/desk/people/\d+$", phone.url)
    axe(phone)
    fits(phone)

    phone.get_by_role("link", name="Record a consent").first.click()
    axe(phone)
    fits(phone)
    phone.get_by_label("What they agreed to").select_option("letters")
    phone.get_by_role("button", name="Record it").click()
    phone.get_by_role("button", name=re.compile("They withdrew it today")).click()
    phone.get_by_role("button", name="Undo: it still holds").click()
    expect(phone.get_by_text("holds", exact=True)).to_be_visible()

    phone.get_by_role("link", name="Note a fee").click()
    axe(phone)
    phone.get_by_label("Amount").fill("30000")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("₩30,000")).to_be_visible()
    fits(phone)

    phone.get_by_role("link", name="People").first.click()
    axe(phone)
    fits(phone)
    phone.get_by_label("Name or e-mail").fill("do thi anh")
    phone.get_by_role("button", name="Search").click()
    expect(phone.get_by_text("1 person")).to_be_visible()
    assert "anh" not in phone.url
    with phone.expect_download() as download:
        phone.get_by_role("button", name="as CSV").click()
    assert "Ánh Sao" in Path(download.value.path()).read_text(encoding="utf-8-sig")

    roster = tmp_path / "roster.csv"
    roster.write_text("이름,이메일\n나루,naru@example.org\n", encoding="cp949")
    phone.get_by_role("link", name="People").first.click()
    phone.get_by_role("link", name="Import from a spreadsheet").click()
    axe(phone)
    fits(phone)
    phone.get_by_label("File", exact=True).set_input_files(roster)
    phone.get_by_role("button", name="Look at it first").click()
    expect(phone.get_by_role("rowheader", name="나루")).to_be_visible()
    axe(phone)
    fits(phone)
    phone.get_by_role("button", name="Add 1 person").click()
    expect(phone.get_by_role("link", name="나루")).to_be_visible()


def test_two_records_become_one_by_the_keyboard_alone(page: Page, axe: Axe) -> None:
    sign_in(page, "seoul@example.org")
    page.goto("/desk/people/merge/")
    axe(page)
    tab_to(page, "Compare: Đặng Thị Sương Mai, Dang Thi Suong Mai")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this one person?")
    axe(page)
    page.get_by_role("radio", name=re.compile("Phone")).first.focus()
    page.keyboard.press("ArrowDown")
    tab_to(page, "See what will be")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This cannot be undone")).to_be_visible()
    axe(page)
    tab_to(page, "Make them one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đặng Thị Sương Mai")


def test_staff_see_which_groups_need_help(page: Page, axe: Axe) -> None:
    sign_in(page, "staff@example.org")
    page.get_by_role("link", name="Groups").click()
    expect(page.get_by_role("heading", name="Fewer than five members")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="New group").click()
    axe(page)
    page.goto("/desk/groups/group-48-seoul")
    axe(page)
    page.get_by_role("link", name="Name an officer").click()
    axe(page)
    page.goto("/desk/groups/group-48-seoul/edit")
    axe(page)


@pytest.fixture
def arabic(site: Site) -> Iterator[None]:
    """The pages offered in Arabic too: their words stay English, their direction turns."""
    languages = site.app.config["LANGUAGES"]
    languages.append("ar")
    yield
    languages.remove("ar")


@pytest.mark.usefixtures("arabic")
def test_the_pages_of_people_read_from_right_to_left(phone: Page, axe: Axe) -> None:
    sign_in(phone, "seoul@example.org")
    phone.goto("/desk/people/?lang=ar")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    axe(phone)
    fits(phone)
    phone.locator("tbody th a").first.click()
    axe(phone)
    fits(phone)
    phone.goto("/desk/people/merge/")
    fits(phone)
