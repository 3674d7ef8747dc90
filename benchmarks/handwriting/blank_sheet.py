"""The blank sheets that are filled: set by the press as any sheet is, in many designs, and printed at 300 dpi."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache

import numpy as np
import pypdfium2

from benchmarks.handwriting.pens import DENSITY, Page
from campaign_app.documents import sheet_pdf, sheet_words
from campaign_app.documents.lines import POINTS
from campaign_app.documents.sheet import NumberedSheet, SheetContent, SheetText
from campaign_app.documents.sheet_design import Home, SheetDesign
from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.documents.sheet_page import SheetPage, arrange

CODE = "G48-P07"
SAID = {
    "en": ("Free the poet Nadia Example", "Nadia Example has been held since 3 March for a poem. Release her at once."),
    "ko": (
        "시인 나디아 이그잼플을 석방하라",
        "나디아 이그잼플 님은 시 한 편 때문에 갇혀 있습니다. 즉시 석방해 주십시오.",
    ),
    "ar": ("أطلقوا سراح الشاعرة نادية", "نادية محتجزة منذ الثالث من مارس بسبب قصيدة. أطلقوا سراحها فورا."),
    "ja": ("詩人ナディアを釈放せよ", "ナディアさんは一編の詩のために拘束されています。直ちに釈放してください。"),
}
DESIGNS = (
    SheetDesign(("en",)),
    SheetDesign(("en", "ko"), rows=10),
    SheetDesign(("ar", "en"), rows=14),
    SheetDesign(("en",), paper="Letter", rows=14, consent=True),
    SheetDesign(("ko",), rows=13, tear_off=True),
    SheetDesign(("en", "ja"), landscape=True, rows=8, own_columns=(("Age", "年齢"),)),
    SheetDesign(("en",), rows=8, large_print=True, home=Home.CITY),
)


@dataclass(frozen=True)
class Blank:
    """A printed sheet: what its code says, its picture, and where things stand on it."""

    link: str
    page: Page
    grid: SheetGrid


def blank(design: int, number: int) -> Blank:
    """Sheet ``number`` in one of the ``DESIGNS``."""
    link = f"https://letters.example.org/s/{number:022}"
    sheet, stream = _arranged(design), io.BytesIO()
    sheet_pdf.write_to(stream, sheet, [NumberedSheet(f"{CODE}-{number:04}", link)], 1)
    return Blank(link, printed(stream.getvalue()), sheet.grid)


def printed(pdf: bytes, number: int = 0) -> Page:
    """A page of a PDF, counted from 0, as a printer of 300 dpi leaves it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return np.array(document[number].render(scale=DENSITY / POINTS).to_pil().convert("RGB"))
    finally:
        document.close()


@cache
def _arranged(design: int) -> SheetPage:
    chosen = DESIGNS[design]
    texts = tuple(
        SheetText(one, SAID[one][0], ("H.E. Sample Holder, President of the Republic",), SAID[one][1],
                  sheet_words.notice(one, "Group 48 Seoul"))
        for one in chosen.languages
    )  # fmt: skip
    return arrange(SheetContent(chosen, CODE, "Group 48 Seoul", ("12 Sample-ro, Jung-gu", "Seoul 04560"), texts))
