"""After a letter evening: an organizer holds one letter after the other before a phone's camera."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import BrowserType, Page, expect

from campaign_app.db import db
from campaign_app.invariants import broken
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.tracking import marking
from tests.conftest import PATIENCE, Site

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]

PICTURE = (640, 480)  # px of the camera
SECONDS = 2  # that each letter is held there; the camera makes 30 pictures in each
FOOT = (0.5, 0.85, 1.0, 1.0)  # where the code is on the page: left, top, right, bottom


def written(page: Page) -> bytes:
    """Two letters, as a member makes them."""
    page.goto("/campaigns/nasim-el-fanous/write?language=en")
    page.get_by_label("Your name").fill("Kim Minji")
    page.get_by_label("City").fill("Seoul")
    for embassy in page.get_by_role("checkbox", name="embassy").all():
        embassy.uncheck()
    page.get_by_role("button", name="Make my letter").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="All letters as one PDF to print").click()
    return Path(download.value.path()).read_bytes()


def film(pdf: bytes, file: Path) -> None:
    """What the camera sees: the foot of each letter, and the table between them."""
    table = Image.new("RGB", PICTURE, "#8a7f70")
    shots = []
    for sheet in pypdfium2.PdfDocument(pdf):
        paper = sheet.render(scale=2.5).to_pil()
        left, top, right, bottom = (round(part * size) for part, size in zip(FOOT, paper.size * 2, strict=True))
        held = table.copy()
        held.paste(paper.crop((left, top, right, bottom)).rotate(4, fillcolor="#8a7f70").resize((600, 255)), (20, 110))
        shots += [held, table]
    with file.open("wb") as stream:
        for shot in shots:
            for _ in range(30 * SECONDS):
                shot.save(stream, "JPEG", quality=85)


DETECTOR = """
globalThis.BarcodeDetector = class {
  static getSupportedFormats() { return Promise.resolve(["qr_code"]); }
  detect() { return Promise.resolve([{ rawValue: "%s" }]); }
};
"""


@pytest.fixture
def camera(page: Page, site: Site, tmp_path: Path) -> Iterator[Page]:
    """A phone whose camera looks at two letters that were just printed."""
    film(written(page), tmp_path / "letters.mjpeg")
    launched = _phone(page.context.browser.browser_type, site, tmp_path)  # type: ignore[union-attr]
    yield launched
    launched.context.browser.close()  # type: ignore[union-attr]


def _phone(chromium: BrowserType, site: Site, folder: Path) -> Page:
    seen = [
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--no-first-run",
        f"--use-file-for-fake-video-capture={folder / 'letters.mjpeg'}",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ]  # fmt: skip
    browser = chromium.launch(executable_path=shutil.which("chromium"), args=seen)
    context = browser.new_context(
        base_url=site.url, locale="en-GB", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def test_letters_that_the_camera_sees_are_marked_one_by_one_and_taken_back(camera: Page, site: Site, axe: Axe) -> None:
    camera.goto("/sign-in")
    camera.get_by_role("button", name="Sign in as Meera Dhruvtara").click()
    camera.get_by_role("link", name="Mark what was posted").click()
    axe(camera)
    camera.get_by_role("button", name="Open the camera").click()
    marked = camera.locator("#scanned [data-answer=posted]")
    expect(marked).to_have_count(2)
    expect(camera.locator("#marked")).to_have_text("2")
    axe(camera)
    assert camera.evaluate("document.documentElement.scrollWidth <= innerWidth")

    reference = str(marked.first.locator("span").first.text_content()).split()[0]
    marked.first.get_by_role("button", name="Undo").click()
    expect(camera.get_by_text("1 letter is as it was before.")).to_be_visible()
    camera.get_by_role("button", name="Close the camera").click()
    expect(camera.get_by_role("button", name="Open the camera")).to_be_visible()
    with site.app.app_context():
        letter = db.session.query(LetterRecord).filter_by(reference=reference).one()
        assert [act.how.value for act in marking.history(letter)][:2] == ["scan", "scan"]
        assert list(broken()) == []

    camera.get_by_label("References").fill(reference.lower().replace("-", ""))
    camera.get_by_role("button", name="Mark as posted").click()
    expect(camera.locator("main .notice").first).to_be_visible()
    with site.app.app_context():
        letter = db.session.query(LetterRecord).filter_by(reference=reference).one()
        assert letter.status is LetterStatus.POSTED


def test_where_a_browser_reads_codes_itself_no_picture_leaves_it(camera: Page) -> None:
    """Chromium has its detector on telephones alone; here one stands for it that always reads the same code."""
    sent: list[str] = []
    camera.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    camera.add_init_script(DETECTOR % "https://example.org/l/AAAAAAAAAAAAAAAAAAAAAA")
    camera.goto("/sign-in")
    camera.get_by_role("button", name="Sign in as Meera Dhruvtara").click()
    camera.get_by_role("link", name="Mark what was posted").click()
    sent.clear()
    camera.get_by_role("button", name="Open the camera").click()
    expect(camera.locator("#scanned [data-answer=unknown]")).to_have_count(1)
    camera.wait_for_timeout(1500)
    assert [address.rpartition("/")[2] for address in sent] == ["scan"]
