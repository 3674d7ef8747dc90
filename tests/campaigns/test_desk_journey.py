"""A campaign on a phone, from its title to letters and to its suspension."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from campaign_app.access.sign_in import DEMO_PASSWORD

pytestmark = pytest.mark.browser


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    form = page.locator("form", has=page.get_by_label("Password"))
    form.get_by_label(re.compile("E-?mail", re.I)).fill(email)
    form.get_by_label("Password").fill(DEMO_PASSWORD)
    form.get_by_role("button", name="Sign in", exact=True).click()


def test_an_organizer_makes_opens_and_suspends_a_campaign(
    phone: Page, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    sign_in(phone, "seoul@example.org")
    phone.get_by_role("link", name="New campaign").click()
    axe(phone)
    phone.get_by_label("Title", exact=True).fill("우물을 여는 사람")
    phone.get_by_label("Country", exact=True).select_option("ER")
    phone.get_by_label("Opens on").fill("2020-02-29")
    phone.get_by_label("Post by").fill("2020-02-28")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("alert")).to_contain_text("before the campaign opens")
    axe(phone)
    phone.get_by_label("Post by").fill("")
    phone.get_by_role("button", name="Save").click()
    expect(phone).to_have_url(re.compile(r"/desk/campaigns/[^/]+$"))
    desk = phone.url
    axe(phone)

    phone.get_by_role("link", name="Choose whom the letters go to.").first.click()
    phone.get_by_label("Country", exact=True).select_option("")
    phone.get_by_role("button", name="Search").click()
    phone.get_by_role("checkbox").first.check()
    phone.get_by_label("Name, office, street…").fill("no such office anywhere")
    phone.get_by_label("Name, office, street…").press("Enter")
    expect(phone.get_by_role("checkbox")).to_have_count(1)
    expect(phone.get_by_role("checkbox")).to_be_checked()
    axe(phone)
    phone.get_by_role("button", name="Save", exact=True).click()

    phone.get_by_role("link", name="Write what the letters say.").first.click()
    axe(phone)
    phone.get_by_role("link", name="Empty text").click()
    phone.get_by_label("Subject").fill("The wells")
    phone.get_by_label("Salutation").fill("Dear Sir or Madam,")
    phone.get_by_label("Letter", exact=True).fill("Please help {{ person }}.\n\n{{ own_words }}")
    phone.get_by_label("Closing").fill("Yours faithfully,")
    phone.get_by_role("button", name="Save").click()
    axe(phone)
    phone.goto(desk)
    phone.get_by_role("link", name=re.compile("Name of the person at risk")).first.click()
    phone.get_by_label("Person at risk").fill("Sample Person")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Nothing is missing")).to_be_visible()

    picture = tmp_path / "wells.png"
    Image.new("RGB", (300, 200), "teal").save(picture)
    phone.get_by_role("link", name="Add a picture").click()
    phone.get_by_label("Picture", exact=True).set_input_files(picture)
    phone.get_by_label("What the picture shows").fill("A well")
    phone.get_by_role("button", name="Add the picture").click()
    expect(phone.get_by_role("img", name="A well")).to_be_visible()
    axe(phone)

    phone.goto(desk)
    phone.get_by_role("link", name="Open…").click()
    axe(phone)
    phone.get_by_role("button", name="Open the campaign").click()
    axe(phone)
    phone.get_by_label("Why").fill("Her family asks us to wait.")
    phone.get_by_role("button", name="Suspend the campaign").click()
    expect(phone.get_by_role("button", name="Reopen the campaign")).to_be_visible()
    phone.goto(desk)
    axe(phone)
    phone.get_by_role("link", name="See the public page").click()
    expect(phone.get_by_text("Her family asks us to wait.")).to_be_visible()
    expect(phone.get_by_role("link", name="Write a letter")).to_have_count(0)
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
