"""What a press does in its processes. To import this takes half a second, so pages are served without it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from campaign_app.documents import chunk_setting, letter_pdf, preview, run_pdf, sheet_page, sheet_pdf
from campaign_app.documents import pack as pack_pdf
from campaign_app.documents import report as report_pdf
from campaign_app.documents.laid_out import LaidOut
from campaign_app.documents.pack import Pack
from campaign_app.documents.paper import Layout, Paper
from campaign_app.documents.report import Report
from campaign_app.documents.sheet import NumberedSheet, SheetContent
from campaign_app.documents.sheet_look import SheetLook
from campaign_app.letters.letter import Letter, Paragraph, Run

WARMED = ("en", "ko")
SPECIMEN = "https://example.org/" + "0" * 22  # as long as a real link, and nobody's
SHEET_WIDTH = 1000  # pixels: rows and small print can be read


def warm() -> None:
    """Loads what the first letter would have to wait for: fonts, stylesheets, the template."""
    words = Paragraph((Run("A가", strong=True), Run("A가")))
    for language in WARMED:
        pictures(lay_out(Letter(language, ("A",), "A", ("A",), "A", "A", (words,), "A", "A"), Layout()).pdf)


def lay_out(letter: Letter, layout: Layout) -> LaidOut:
    return letter_pdf.lay_out(letter, layout)


def pictures(pdf: bytes) -> tuple[bytes, ...]:
    """The pages of a PDF as PNG."""
    return tuple(preview.png(pdf))


def lay_out_and_show(letter: Letter, layout: Layout) -> tuple[LaidOut, tuple[bytes, ...]]:
    laid_out = lay_out(letter, layout)
    return laid_out, pictures(laid_out.pdf)


def docx(letter: Letter, layout: Layout) -> bytes:
    from campaign_app.documents import letter_docx  # few want one

    return letter_docx.write(letter, layout)


def docx_part(first: int, letters: Sequence[tuple[Letter, Layout]]) -> tuple[bytes, dict[int, str]]:
    from campaign_app.documents import run_docx

    return run_docx.part(first, letters)


def docx_zip_part(first: int, letters: Sequence[tuple[str, Letter, Layout]]) -> tuple[bytes, dict[int, str]]:
    from campaign_app.documents import letter_docx

    return letter_docx.write_part(first, letters)


def set_letters(letters: Sequence[Letter], layout: Layout) -> bytes:
    """The letters as a chunk, in the bytes that it is stored in."""
    return chunk_setting.set_chunk(letters, layout, letter_pdf.galley()).to_bytes()


def pack(content: Pack, paper: Paper) -> bytes:
    return pack_pdf.write(content, paper)


def scan(files: Sequence[bytes]) -> bytes:
    from campaign_app.documents import scan as scans  # few have one

    return scans.redrawn(files)


def report(content: Report, paper: Paper) -> bytes:
    return report_pdf.write(content, paper)


def sheet(content: SheetContent) -> SheetLook:
    """A sheet as it will print, with a serial and a code that are nobody's."""
    page = sheet_page.arrange(content)
    stream = io.BytesIO()
    sheet_pdf.write_to(stream, page, [NumberedSheet(f"{content.code}-0000", SPECIMEN)], 1)
    (png,) = preview.png(stream.getvalue(), SHEET_WIDTH)
    return SheetLook(png, page.grid, page.points)


def sheets_pdf(content: SheetContent, sheets: Sequence[NumberedSheet]) -> bytes:
    return sheet_pdf.write(content, sheets)


def sheets_docx(content: SheetContent, sheets: Sequence[NumberedSheet]) -> bytes:
    from campaign_app.documents import sheet_docx  # few want one

    return sheet_docx.write(content, sheets)


def combined(letters: Sequence[Letter], layout: Layout) -> bytes:
    """All letters in one PDF, to be printed in one go. Raises what is wrong with the first that cannot be printed."""
    made = chunk_setting.set_chunk(letters, layout, letter_pdf.galley())
    for page in made.pages:
        if isinstance(page, Exception):
            raise page
    stream = io.BytesIO()
    run_pdf.assemble((made,), stream, title=letters[0].subject, language=letters[0].language)
    return stream.getvalue()
