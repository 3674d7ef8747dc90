"""A member on a phone, without an account: from the home page to "I posted it"."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CAMPAIGN = "A bookbinder is losing his sight in prison"
LETTERS = [
    ("English", "Kim Minji", "I bind books too, and I think of him every day.", "Public Prosecutor"),
    ("한국어", "김민지", "저도 책을 만드는 사람이라 매일 그분을 생각합니다.", "Public Prosecutor"),
    ("العربية", "كيم مينجي", "أنا أيضًا أعمل في تجليد الكتب وأفكر فيه كل يوم.", "Public Prosecutor"),
]


@pytest.mark.parametrize(("language", "name", "words", "addressee"), LETTERS)
def test_a_member_writes_to_two_targets_takes_the_letters_and_marks_one_posted(
    phone: Page, axe: Callable[[Page], None], language: str, name: str, words: str, addressee: str
) -> None:
    phone.goto("/")
    axe(phone)
    phone.get_by_role("link", name=CAMPAIGN).click()
    axe(phone)
    phone.get_by_role("link", name="Write a letter").first.click()
    phone.get_by_role("button", name=language, exact=True).click()
    for embassy in phone.get_by_role("checkbox", name="embassy").all():
        embassy.uncheck()
    phone.get_by_label("Your name").fill(name)
    phone.get_by_label("In your own words").fill(words)
    phone.get_by_label("City").fill("Seoul")
    preview = phone.locator("#preview .page-image")
    expect(preview).to_have_count(2)
    axe(phone)

    phone.get_by_role("button", name="Make my letter").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your 2 letters are ready")
    axe(phone)
    pdf = pypdfium2.PdfDocument(taken(phone, "All letters as one PDF to print"))
    assert len(pdf) == 2
    paper = pdf[0].get_textpage().get_text_range()
    assert addressee in paper
    assert "EGYPT" in paper
    word = docx.Document(BytesIO(taken(phone, "DOCX to edit")))
    assert words in [paragraph.text for paragraph in word.paragraphs]

    with phone.context.expect_page() as opened:
        phone.get_by_role("link", name="I posted it").first.click()
    posted = opened.value
    axe(posted)
    posted.get_by_role("button", name="I posted it").click()
    expect(posted.get_by_role("status")).to_contain_text("counted")
    posted.get_by_role("button", name="Undo").click()
    posted.get_by_role("button", name="I posted it").click()
    axe(posted)


def taken(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).first.click()
    return Path(download.value.path()).read_bytes()


def test_a_letter_is_written_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/campaigns/nasim-el-fanous/write?language=en")
    page.get_by_label("Your name").focus()
    page.keyboard.type("Kim Minji")
    page.keyboard.press("Tab")
    page.keyboard.type("I bind books too.")
    for _ in range(40):
        if page.evaluate("document.activeElement.value") == "make":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ready")


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/campaigns/nasim-el-fanous/write?language=en")
    page.get_by_label("Your name").fill("Kim 🦄")
    page.get_by_label("In your own words").fill("I care.")
    page.get_by_role("button", name="Make my letter").click()
    expect(page.get_by_role("alert")).to_contain_text("🦄")
    expect(page.get_by_label("In your own words")).to_have_value("I care.")
    axe(page)


def test_without_scripts_the_letter_is_shown_by_a_button(browser: object, site: object) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto("/campaigns/nasim-el-fanous/write?language=ko")
    page.get_by_label("Your name").fill("김민지")
    page.get_by_role("button", name="Show the letter").last.click()
    expect(page.locator(".page-image").first).to_be_visible()
    page.get_by_role("button", name="Make my letter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ready")
    context.close()


def test_the_pages_read_from_right_to_left(page: Page, site: object, axe: Callable[[Page], None]) -> None:
    languages = site.app.config["LANGUAGES"]  # type: ignore[attr-defined]
    languages.append("ar")
    try:
        page.goto("/campaigns/nasim-el-fanous/write?lang=ar")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        axe(page)
    finally:
        languages.remove("ar")
