"""The whole way, as a new user goes it: letters in three languages, one posted, then a campaign of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from tests.conftest import Site

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]

CAMPAIGN = "A bookbinder is losing his sight in prison"
LETTERS = [
    ("English", "Kim Minji", "I bind books too, and I think of him every day."),
    ("한국어", "김민지", "저도 책을 만드는 사람이라 매일 그분을 생각합니다."),
    ("العربية", "كيم مينجي", "أنا أيضًا أعمل في تجليد الكتب وأفكر فيه كل يوم."),
]
TEXT = """\
{{ introduction }} I am writing for {{ person }}, who has been held in Asmara since March.

Please release **{{ person }}** at once and without conditions.

{{ own_words }}"""


def test_letters_in_three_languages_then_a_campaign_of_ones_own(page: Page, site: Site, axe: Axe) -> None:
    before = letters(site)
    for language, name, words in LETTERS:
        write_to_two_targets(page, axe, language, name, words)
    made = letters(site)[len(before) :]
    assert sorted(letter.language for letter in made) == ["ar", "ar", "en", "en", "ko", "ko"]

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="I posted it").first.click()
    axe(opened.value)
    opened.value.get_by_role("button", name="I posted it").click()
    expect(opened.value.get_by_role("status")).to_contain_text("counted")
    assert [letter.status for letter in letters(site)].count(LetterStatus.POSTED) == 1 + [
        letter.status for letter in before
    ].count(LetterStatus.POSTED)

    sign_in_as_organizer(page, axe)
    add_a_campaign(page, axe)
    add_a_target_in_eritrea(page, axe)
    add_a_text(page, axe)
    page.get_by_role("link", name="Open…").click()
    axe(page)
    page.get_by_role("button", name="Open the campaign").click()
    page.get_by_role("link", name="See the public page").click()
    axe(page)

    page.get_by_role("link", name="Write a letter").first.click()
    page.get_by_label("Your name").fill("Aster Demo")
    page.get_by_label("In your own words").fill("Nobody should be held for a song.")
    expect(page.locator("#preview .page-image")).to_have_count(1)
    axe(page)
    page.get_by_role("button", name="Make my letter").click()
    paper = text(taken(page, "PDF to print"))
    assert "ERITREA" in paper
    assert "Please release Selam Example at once" in paper
    assert "Nobody should be held for a song." in paper


def write_to_two_targets(page: Page, axe: Axe, language: str, name: str, words: str) -> None:
    page.goto("/")
    axe(page)
    page.get_by_role("link", name=CAMPAIGN).click()
    axe(page)
    page.get_by_role("link", name="Write a letter").first.click()
    page.get_by_role("button", name=language, exact=True).click()
    page.get_by_role("checkbox", name="Embassy").uncheck()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("In your own words").fill(words)
    expect(page.locator("#preview .page-image")).to_have_count(2)
    axe(page)
    page.get_by_role("button", name="Make my letter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your 2 letters are ready")
    axe(page)
    printed = pypdfium2.PdfDocument(taken(page, "All letters as one PDF to print"))
    assert len(printed) == 2


def sign_in_as_organizer(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Sign in").click()
    axe(page)
    page.get_by_role("listitem").filter(has_text="Organizer").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")
    axe(page)


def add_a_campaign(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="New campaign").click()
    axe(page)
    page.get_by_label("Title", exact=True).fill("Free Selam Example")
    page.get_by_label("Country", exact=True).select_option(label="Eritrea")
    page.get_by_label("Person at risk").fill("Selam Example")
    page.get_by_label("Story").fill("Selam Example sang at a wedding.\n\nShe is held without charge.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Free Selam Example")
    axe(page)


def add_a_target_in_eritrea(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Choose whom the letters go to.").first.click()
    page.get_by_role("button", name="Save, and add a new target").click()
    axe(page)
    page.get_by_label("Position").fill("Minister of Justice")
    page.get_by_label("Institution").fill("Ministry of Justice")
    page.get_by_label("Kind of office").select_option(label="Minister")
    page.get_by_label("Country", exact=True).select_option(label="Eritrea")
    page.get_by_label("Postal lines").fill("PO Box 241\nAsmara")
    page.get_by_role("button", name="Save", exact=True).click()
    axe(page)
    tick = page.get_by_role("checkbox", name="Minister of Justice, Ministry of Justice, Eritrea")
    if not tick.is_checked():
        tick.check()
    page.get_by_role("button", name="Save", exact=True).click()


def add_a_text(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Write what the letters say.").first.click()
    axe(page)
    page.get_by_role("link", name="Empty text").click()
    page.get_by_label("Subject").fill("Release {{ person }}")
    page.get_by_label("Salutation").fill("Dear {{ position }},")
    page.get_by_label("Letter", exact=True).fill(TEXT)
    page.get_by_label("Closing").fill("Yours sincerely,")
    expect(page.locator("#preview .page-image")).to_have_count(1)
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Version 1 is saved")
    page.get_by_role("link", name="Free Selam Example").first.click()
    axe(page)


def letters(site: Site) -> list[LetterRecord]:
    """The letters on record, oldest first, but for the demo section's own."""
    with site.app.app_context():
        query = select(LetterRecord).join(LetterRecord.campaign).where(Campaign.title == CAMPAIGN)
        return list(db.session.scalars(query.order_by(LetterRecord.id)))


def taken(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).first.click()
    return Path(download.value.path()).read_bytes()


def text(pdf: bytes) -> str:
    return " ".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split())
