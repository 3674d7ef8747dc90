"""What is stacked from blocks is what WeasyPrint makes of the whole page."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
import whole_page
from letters import LETTERS
from PIL import Image, ImageChops, ImageFilter

from campaign_app.documents import letter_pdf
from campaign_app.documents.paper import DIN_5008_A, DIN_5008_B, FRANCE, US_10, US_LETTER, Layout

LAYOUTS = (
    Layout(),
    Layout(window=DIN_5008_A),
    Layout(window=DIN_5008_B, fold_marks=True),
    Layout(window=FRANCE),
    Layout(US_LETTER, US_10),
    Layout(large_print=True),
)
HALF = 128  # of 255


def picture(pdf: bytes) -> Image.Image:
    """The first page at 100 dpi."""
    return pypdfium2.PdfDocument(io.BytesIO(pdf))[0].render(scale=100 / 72, grayscale=True).to_pil()


def ink_apart(one: Image.Image, other: Image.Image) -> int:
    """The dark dots of a page that stand further than a dot from any dark dot of another.

    A dot is the least that a rasteriser moves a letter by when its place falls between two.
    """
    around = other.filter(ImageFilter.MinFilter(3)).point(lambda value: 255 if value < HALF + 32 else 0)
    dark = one.point(lambda value: 255 if value < HALF - 32 else 0)
    return ImageChops.subtract(dark, around).histogram()[255]


@pytest.mark.parametrize("layout", LAYOUTS, ids=["A4", "DIN A", "DIN B", "France", "US", "large"])
@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_is_set_as_weasyprint_sets_it(language: str, layout: Layout) -> None:
    letter = LETTERS[language]
    if layout.large_print:
        letter = replace(letter, body=letter.body[2:4])  # on one page: others break pages at other lines
    laid_out, theirs = letter_pdf.lay_out(letter, layout), whole_page.write(letter, layout)
    assert laid_out.pages == len(pypdfium2.PdfDocument(theirs))
    pictures = picture(laid_out.pdf), picture(theirs)
    most = 0.001 * pictures[0].width * pictures[0].height
    assert ink_apart(*pictures) + ink_apart(*reversed(pictures)) < most
