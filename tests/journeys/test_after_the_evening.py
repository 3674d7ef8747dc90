"""After a letter evening: what was posted, what came back, what it did, and who is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from campaign_app import keys
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.invariants import broken
from campaign_app.jobs.worker import work_next
from campaign_app.letters.models import LetterRecord
from tests.conftest import PATIENCE, Site, serve
from tests.post_box import PostBox, post_box

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]
SLUG = "orrin-larksong"
EMAIL = "amina@example.org"
TODAY = datetime.now(ZoneInfo("Asia/Seoul")).date()
EVENING = TODAY - timedelta(days=3)
LETTERS, POSTED, RETURNED, ANSWERED = 40, 36, 2, 3


@pytest.fixture
def sending(tmp_path: Path, migrated_database: Path) -> Iterator[Site]:
    """A site of its own, which sends e-mail, and whose campaign begins without letters."""
    yield from serve(tmp_path, migrated_database)


@pytest.fixture
def box(sending: Site) -> Iterator[PostBox]:
    with post_box(sending.app) as box:
        yield box


@pytest.fixture
def desk(browser: Browser, sending: Site) -> Iterator[Page]:
    """Staff at their desk."""
    context = browser.new_context(base_url=sending.url, locale="en-GB", accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in as Haneul Seok").click()
    yield page
    context.close()


def made_at_the_evening(site: Site, count: int) -> list[str]:
    """Letters as an evening leaves them: made, and not posted yet; their references."""
    with site.app.app_context():
        campaign = db.session.query(Campaign).filter_by(slug=SLUG).one()
        text, target = campaign.texts[0].current, campaign.targets[0]
        letters = [
            LetterRecord(
                campaign=campaign, target=target, group_id=campaign.group_id, text_version=text,
                language=text.text.language, country=target.country, reference=f"ABCD-{number:04}",
                token_hash=keys.token_hash(f"evening {number}"), form=f"evening {number}", made_on=EVENING,
                made_at=now(),
            )
            for number in range(count)
        ]  # fmt: skip
        db.session.add_all(letters)
        db.session.commit()
        return [letter.reference for letter in letters]


def before(site: Site) -> dict[str, int]:
    """The campaign's letters that the demo section has."""
    with site.app.app_context():
        campaign = db.session.query(Campaign).filter_by(slug=SLUG).one()
        letters = db.session.query(LetterRecord).filter_by(campaign_id=campaign.id).all()
        return {"made": len(letters), "posted": sum(letter.posted_on is not None for letter in letters)}


def write(browser: Browser, site: Site, axe: Axe) -> str:
    """A writer makes the fortieth letter, and asks to be told; its reference."""
    context = browser.new_context(base_url=site.url, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"/campaigns/{SLUG}/write?language=en")
    boxes = page.locator("#targets input:visible")
    for number in range(1, boxes.count()):
        boxes.nth(number).uncheck()
    page.get_by_label("Your name").fill("Amina Castellan")
    page.get_by_label("City").fill("Seoul")
    page.get_by_label("Tell me by e-mail what becomes of it").check()
    page.get_by_label("Your e-mail address").fill(EMAIL)
    axe(page)
    page.get_by_role("button", name="Make my letter").click()
    expect(page.get_by_text("You will be told by e-mail what becomes of it")).to_be_visible()
    found = re.search(r"Reference ([0-9A-Z]{4}-[0-9A-Z]{4})", page.content())
    assert found
    context.close()
    return found[1]


def look(page: Page, axe: Axe) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} at {width}"


def came_back(page: Page, reference: str, kind: str, scan: Path | None = None) -> None:
    page.goto("/desk/replies/new")
    page.get_by_label("Reference of the letter").fill(reference)
    page.get_by_label("What came").select_option(label=kind)
    page.get_by_label("Summary").fill("What the office says, in short.")
    if scan:
        page.get_by_label("Scan").set_input_files(scan)
    page.get_by_role("button", name="Record the reply").click()
    expect(page.get_by_text("Was that a slip?")).to_be_visible()


def test_staff_reads_off_what_became_of_an_evening_and_ends_the_campaign(
    browser: Browser, sending: Site, desk: Page, axe: Axe, box: PostBox, tmp_path: Path
) -> None:
    had = before(sending)
    references = [*made_at_the_evening(sending, LETTERS - 1), write(browser, sending, axe)]

    desk.goto("/desk/posting")
    desk.get_by_label("References").fill("\n".join(references[-POSTED:]))
    desk.get_by_role("button", name="Mark as posted").click()
    expect(desk.get_by_text(f"{POSTED} letters are marked as posted.")).to_be_visible()

    photograph = tmp_path / "reply.jpg"
    Image.new("RGB", (900, 1200), "white").save(photograph)
    for reference in references[-5:-3]:
        came_back(desk, reference, "Our letter came back undelivered")
    expect(desk.get_by_text("Letters to this address may come back too.")).to_be_visible()
    look(desk, axe)
    for reference in references[-3:]:
        came_back(desk, reference, "Answer to what was asked", photograph)
    look(desk, axe)
    with desk.expect_download() as scan:
        desk.get_by_role("link", name="Save the scan (PDF)").click()
    assert len(pypdfium2.PdfDocument(Path(scan.value.path()).read_bytes())) == 1

    desk.goto("/desk/tracking")
    row = desk.locator("#campaigns ~ .scroll tr").filter(has=desk.locator(f"a[href='/campaigns/{SLUG}']"))
    made, posted = had["made"] + LETTERS, had["posted"] + POSTED
    counted = [int(cell) for cell in row.locator("td.number").all_inner_texts()[:5]]
    assert counted == [made, made - posted, posted, ANSWERED, RETURNED]
    for state, count in (("answered", ANSWERED), ("returned", RETURNED)):
        link = row.locator(f"a[href*='state={state}']")
        expect(link).to_have_text(str(count))
        link.click()
        expect(desk.locator("tbody tr")).to_have_count(count)
        desk.go_back()
    answers = row.locator("a[href*='/desk/replies']")
    expect(answers).to_have_text(str(ANSWERED))
    answers.click()
    expect(desk.locator("tbody tr")).to_have_count(ANSWERED)
    desk.goto(f"/desk/replies?campaign={SLUG}")
    expect(desk.locator("tbody tr")).to_have_count(RETURNED + ANSWERED)
    look(desk, axe)
    desk.goto("/desk/tracking")
    with desk.expect_download() as report:
        desk.get_by_role("link", name="Print the report").click()
    assert Path(report.value.path()).read_bytes().startswith(b"%PDF")

    desk.goto(f"/desk/campaigns/{SLUG}/status")
    look(desk, axe)
    desk.get_by_label("Reason").select_option(label="Released")
    desk.get_by_role("button", name="Close the campaign").click()
    expect(desk.get_by_text("1 writer is told.")).to_be_visible()
    expect(desk.get_by_text("were made and are not marked as posted.")).to_be_visible()
    look(desk, axe)
    desk.get_by_role("link", name="Look through them").click()
    look(desk, axe)
    desk.get_by_role("button", name="Release all").click()
    expect(desk.get_by_text("Nothing is left")).to_be_visible()
    desk.goto(f"/desk/campaigns/{SLUG}/status")
    desk.get_by_role("link", name="Record the outcome").click()
    desk.get_by_label("Source").fill("His lawyer")
    desk.get_by_role("button", name="Record and publish").click()
    look(desk, axe)
    desk.goto(f"/campaigns/{SLUG}")
    expect(desk.get_by_role("heading", name="What came of it")).to_be_visible()
    look(desk, axe)
    with desk.expect_download() as good_news:
        desk.get_by_role("link", name="The good news on a page").click()
    assert len(pypdfium2.PdfDocument(Path(good_news.value.path()).read_bytes())) == 1
    desk.goto(f"/campaigns/{SLUG}/write")
    expect(desk.get_by_role("button", name="Make my letter")).to_have_count(0)

    with sending.app.app_context():
        while work_next():
            pass
        assert list(broken()) == []
    told = [(letter["To"], str(letter["Subject"])) for letter in box.letters]
    assert [address for address, _ in told] == [EMAIL] * 3
    assert told[0][1] == "A reply came to your letter"
    assert "is over" in told[1][1]
    assert told[2][1].startswith("News of")
