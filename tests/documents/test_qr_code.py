from __future__ import annotations

import random

import pytest
import segno
import zxingcpp
from PIL import Image

from campaign_app.documents import qr_code
from campaign_app.documents.qr_code import Code


def picture(code: Code) -> Image.Image:
    """The code with its quiet zone, eight pixels a module."""
    drawn = Image.frombytes("1", (code.modules, code.modules), bytes(byte ^ 255 for byte in code.rows)).convert("L")
    framed = Image.new("L", (code.modules + 8, code.modules + 8), 255)
    framed.paste(drawn, (4, 4))
    return framed.resize((8 * framed.width, 8 * framed.height), Image.Resampling.NEAREST)


@pytest.mark.parametrize("length", [1, 14, 15, 26, 50, 62, 63, 200, 400])
def test_a_code_is_the_one_that_segno_draws(length: int) -> None:
    content = "".join(random.Random(length).choices("abcXYZ019-_/:", k=length))  # noqa: S311
    theirs = segno.make(
        content, error=qr_code.LEVEL, micro=False, boost_error=False, mask=qr_code.MASK, mode="byte"
    ).matrix
    code = qr_code.code(content)
    rows = [int.from_bytes(code.rows[at : at + len(code.rows) // code.modules], "big")
            for at in range(0, len(code.rows), len(code.rows) // code.modules)]  # fmt: skip
    padding = len(code.rows) // code.modules * 8 - code.modules
    assert [[row >> padding >> at & 1 for at in reversed(range(code.modules))] for row in rows] == [
        list(row) for row in theirs
    ]


@pytest.mark.parametrize("token", ["A" * 22, "z" * 22, "-_" * 11, "0123456789abcdefABCDEF"])
def test_a_code_can_be_read(token: str) -> None:
    link = f"https://letters.example.org/l/{token}"
    assert [found.text for found in zxingcpp.read_barcodes(picture(qr_code.code(link)))] == [link]


def test_a_link_longer_than_most_has_a_code_too() -> None:
    link = "https://letters.example.org/" + "x" * 600
    assert [found.text for found in zxingcpp.read_barcodes(picture(qr_code.code(link)))] == [link]
