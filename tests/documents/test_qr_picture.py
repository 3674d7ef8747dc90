"""QR codes as pictures, read back by a scanner."""

from __future__ import annotations

import io

import pytest
import segno
import zxingcpp
from PIL import Image

from campaign_app.documents import qr_picture
from campaign_app.documents.qr_code import LEVEL, MASK

LINKS = ("http://127.0.0.1:8000/l/AAAAAAAAAAAAAAAAAAAAAA", "https://letters.example.org/l/x_-9", "편지", "a" * 400)


@pytest.mark.parametrize("link", LINKS)
def test_a_scanner_reads_what_a_picture_says(link: str) -> None:
    picture = Image.open(io.BytesIO(qr_picture.png(link)))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link]


@pytest.mark.parametrize("link", LINKS)
def test_every_module_is_where_segno_has_it(link: str) -> None:
    picture = Image.open(io.BytesIO(qr_picture.png(link))).convert("L")
    code = segno.make(link.encode(), error=LEVEL, micro=False, boost_error=False, mask=MASK, mode="byte")
    stream = io.BytesIO()
    code.save(stream, "png", scale=qr_picture.MODULE, border=0)
    theirs = Image.open(stream).convert("L")
    assert picture.size == theirs.size
    assert picture.tobytes() == theirs.tobytes()
