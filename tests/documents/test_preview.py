from __future__ import annotations

import io
from dataclasses import replace

import zxingcpp
from letters import LETTERS, LINK
from PIL import Image

from campaign_app.documents import letter_pdf, preview


def picture(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def test_a_preview_is_the_page_in_shades_of_grey() -> None:
    (png,) = preview.png(letter_pdf.write(LETTERS["ko"]))
    image = picture(png)
    assert (image.format, image.width, image.height) == ("PNG", 794, 1123)
    assert set(image.convert("L").tobytes()) <= set(range(0, 256, 17))
    assert [code.text for code in zxingcpp.read_barcodes(image.convert("L").resize((1588, 2246)))] == [LINK]


def test_a_preview_is_as_wide_as_asked() -> None:
    (png,) = preview.png(letter_pdf.write(LETTERS["en"]), width=390)
    assert picture(png).width == 390


def test_a_long_letter_has_a_picture_of_each_page() -> None:
    long = replace(LETTERS["en"], body=LETTERS["en"].body * 3)
    assert len(preview.png(letter_pdf.lay_out(long).pdf)) == 2
