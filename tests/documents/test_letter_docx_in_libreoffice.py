"""The page that LibreOffice makes of a letter's DOCX, beside that of the PDF."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import pypdfium2
import pytest
from letters import LETTERS
from pages import Ink, Page, opened, spaceless
from PIL import Image, ImageChops

from campaign_app.documents import letter_docx, letter_pdf, run_docx
from campaign_app.documents.paper import DIN_5008_A, DIN_5008_B, FRANCE, US_10, US_LETTER, Layout
from campaign_app.letters.letter import Letter, Paragraph

MM = 25.4 / 72  # in a pt
OFF = 1.0  # mm that blocks may stand elsewhere than in the PDF
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
# Scripts whose text a PDF keeps in the order of its characters, so that it can be compared line by line.
PLAIN = ("en", "fr", "es", "vi", "ru", "ko", "ja", "zh-Hans", "zh-Hant", "am")

SHORT = replace(LETTERS["en"], body=LETTERS["en"].body[:2])
ENDLESS = replace(SHORT, body=(Paragraph((replace(SHORT.body[0].runs[0], text="W" * 300),)),))
CLASSIC: dict[str, tuple[Letter, Layout]] = {language: (letter, Layout()) for language, letter in LETTERS.items()}
IN_WINDOWS: dict[str, tuple[Letter, Layout]] = {
    f"{language} {name}": (LETTERS[language], Layout(window=window, fold_marks=True))
    for language in ("en", "ko", "ar", "my")
    for name, window in (("A", DIN_5008_A), ("B", DIN_5008_B), ("F", FRANCE))
}
AMERICAN: dict[str, tuple[Letter, Layout]] = {
    f"{language} U": (LETTERS[language], Layout(US_LETTER, US_10, fold_marks=True)) for language in ("en", "ar")
}
OTHERS: dict[str, tuple[Letter, Layout]] = {
    "large": (SHORT, Layout(large_print=True)),
    "endless": (ENDLESS, Layout()),
    "domestic": (replace(LETTERS["ar"], addressee=("معالي وزير العدل", "القاهرة")), Layout()),
}
SAMPLES = CLASSIC | IN_WINDOWS | AMERICAN | OTHERS
RUN = "all of them"  # in one document
ALIKE = 0.01  # of a page's pixels at 100 dpi; LibreOffice does not draw all glyphs alike where it takes part of a font

Converted = Callable[[str], bytes]


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    """The PDF that LibreOffice makes of a sample; all of them in one go, for it is slow to start."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # one for all workers
    with (folder / "libreoffice.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pdfs = folder / "libreoffice"
        if not pdfs.exists():
            _convert(pdfs, tmp_path_factory.mktemp("profile"))
    return lambda name: (pdfs / f"{name}.pdf").read_bytes()


def _convert(folder: Path, profile: Path) -> None:
    folder.mkdir()
    for name, (letter, layout) in SAMPLES.items():
        (folder / f"{name}.docx").write_bytes(letter_docx.write(letter, layout))
    part, _ = run_docx.part(1, SAMPLES.values())
    with (folder / f"{RUN}.docx").open("wb") as stream:
        run_docx.assemble([part], stream)
    command = ("soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf", "--outdir")
    subprocess.run([*command, folder, *folder.glob("*.docx")], check=True, capture_output=True, timeout=300)


class Placed:
    """Where every character of the first page stands."""

    def __init__(self, pdf: bytes) -> None:
        with pypdfium2.PdfDocument(pdf) as document:
            page, text = document[0], document[0].get_textpage()
            characters = [(text.get_text_range(place, 1), place) for place in range(text.count_chars())]
            kept = [(character, place) for character, place in characters if spaceless(character)]
            self.text = "".join(character for character, _ in kept)
            self._boxes = [text.get_charbox(place) for _, place in kept]
            self._height = page.get_height()

    def find(self, line: str) -> list[Ink]:
        """Where a line stands, from the top down."""
        wanted = spaceless(line)
        starts = (match.start() for match in re.finditer(re.escape(wanted), self.text))
        return sorted((self._ink(start, start + len(wanted)) for start in starts), key=attrgetter("top"))

    def _ink(self, start: int, end: int) -> Ink:
        left, bottom, right, top = zip(*self._boxes[start:end], strict=True)
        return Ink(min(left) * MM, (self._height - max(top)) * MM, max(right) * MM, (self._height - min(bottom)) * MM)


def seen(pdf: bytes, place: int) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[place].render(scale=100 / 72, grayscale=True).to_pil()


def apart(ours: Placed, theirs: Placed, line: str) -> float:
    """How far apart in mm a line stands on two pages, at the side where it begins."""
    return max(
        max(min(abs(one.left - other.left), abs(one.right - other.right)), abs(one.top - other.top))
        for one, other in zip(ours.find(line), theirs.find(line), strict=True)
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_is_one_page(converted: Converted, name: str) -> None:
    with opened(converted(name)) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_of_a_run_looks_like_the_letter_alone(converted: Converted, name: str) -> None:
    alone, of_run = seen(converted(name), 0), seen(converted(RUN), list(SAMPLES).index(name))
    assert alone.size == of_run.size
    unlike = ImageChops.difference(alone, of_run).point(lambda value: 255 if value > 64 else 0).histogram()[255]
    assert unlike <= ALIKE * alone.width * alone.height


def test_a_run_has_a_page_a_letter(converted: Converted) -> None:
    with opened(converted(RUN)) as pdf:
        assert len(pdf.pages) == len(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_line_leaves_the_page(converted: Converted, name: str) -> None:
    page = Page(converted(name))
    ink = page.ink(left=20)  # marks for folding stand further left
    assert ink is not None
    assert ink.lies_within(20, 20, page.width - 20, page.height - 20)


@pytest.mark.parametrize("name", PLAIN)
def test_it_says_what_the_pdf_says(converted: Converted, name: str) -> None:
    letter, layout = SAMPLES[name]
    written = {
        "".join(sorted(spaceless(Page(pdf).text))) for pdf in (converted(name), letter_pdf.write(letter, layout))
    }
    assert len({text.replace("•", "") for text in written}) == 1


@pytest.mark.parametrize("name", CLASSIC)
def test_every_glyph_comes_from_our_fonts(converted: Converted, name: str) -> None:
    with opened(converted(name)) as pdf:
        fonts = {str(font["/BaseFont"]) for font in pdf.pages[0]["/Resources"]["/Font"].values()}
    assert all(re.fullmatch(r"/[A-Z]{6}\+Noto(Serif|Naskh|Nastaliq)\S*", font) for font in fonts)


@pytest.mark.parametrize("name", [*CLASSIC, *IN_WINDOWS, *AMERICAN])
def test_the_address_stands_where_the_pdf_has_it(converted: Converted, name: str) -> None:
    letter, layout = SAMPLES[name]
    ours, theirs = Placed(letter_pdf.write(letter, layout)), Placed(converted(name))
    assert all(apart(ours, theirs, line) <= OFF for line in letter.addressee)


@pytest.mark.parametrize("name", [*IN_WINDOWS, *AMERICAN])
def test_the_address_stands_in_the_window_and_nothing_else_does(converted: Converted, name: str) -> None:
    letter, layout = SAMPLES[name]
    window, found = layout.window, Placed(converted(name))
    assert window is not None
    address = [found.find(line)[0] for line in letter.addressee]
    assert all(line.lies_within(window.x, window.y, window.right, window.bottom, OFF) for line in address)
    ink = Page(converted(name)).ink(window.x, address[-1].bottom + 0.5, window.right, window.bottom + 5)
    assert ink is None


@pytest.mark.parametrize("name", PLAIN)
def test_blocks_stand_where_the_pdf_has_them(converted: Converted, name: str) -> None:
    letter, layout = SAMPLES[name]
    ours, theirs = Placed(letter_pdf.write(letter, layout)), Placed(converted(name))
    blocks = (*letter.sender, letter.subject, letter.salutation, letter.closing, letter.reference)
    assert all(apart(ours, theirs, block) <= OFF for block in blocks)


@pytest.mark.parametrize("name", [*RIGHT_TO_LEFT, "domestic"])
def test_a_page_from_right_to_left_is_mirrored(converted: Converted, name: str) -> None:
    page = Page(converted(name))
    date, code, address = page.ink(20, 20, 60, 28), page.ink(20, 255, 60, 280), page.ink(100, 40, 200, 70)
    assert date is not None
    assert code is not None
    assert address is not None
    assert abs(date.left - 25) < OFF
    assert abs(code.left - 25) < OFF
    assert abs(address.right - 185) < OFF
    assert page.ink(60, 20, 105, 28) is None


def test_korean_words_are_not_broken(converted: Converted) -> None:
    with pypdfium2.PdfDocument(converted("ko")) as document:
        laid_out = document[0].get_textpage().get_text_bounded()
    words = set(re.findall("[가-힣]{2,}", " ".join(block.text for block in LETTERS["ko"].body)))
    ends = re.findall("([가-힣]+)\\s*\n\\s*([가-힣]+)", laid_out)
    assert ends
    assert not any(left + right in words for left, right in ends)


@pytest.mark.parametrize("name", [*IN_WINDOWS, *AMERICAN])
def test_marks_say_where_to_fold(converted: Converted, name: str) -> None:
    layout, page = SAMPLES[name][1], Page(converted(name))
    assert layout.window is not None
    for y in layout.window.folds_on(layout.paper):
        mark = page.ink(0, y - 2, 19, y + 2)
        assert mark is not None
        assert abs((mark.top + mark.bottom) / 2 - y) < 0.5
    assert page.ink(0, 0, 4) is None  # where printers do not reach
