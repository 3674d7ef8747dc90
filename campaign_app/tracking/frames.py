"""Reading the QR codes in a picture from a camera, which is looked at in memory and not kept. Pure."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image, UnidentifiedImageError

LARGEST = 400_000  # bytes of a frame as it is sent
MOST_PIXELS = 1920 * 1080
QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
UNREADABLE = (
    Image.DecompressionBombError, Image.DecompressionBombWarning, UnidentifiedImageError,
    OSError, SyntaxError, ValueError,
)  # fmt: skip


class NotAFrame(Exception):
    """What was sent is no JPEG of a size that a camera's frame has."""


def codes(frame: bytes) -> list[str]:
    """What the QR codes in a JPEG say. Raises NotAFrame."""
    try:
        with Image.open(BytesIO(frame), formats=["JPEG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAFrame
            grey = picture.convert("L")
    except UNREADABLE as error:
        raise NotAFrame from error
    return [code.text for code in zxingcpp.read_barcodes(grey, formats=QR_CODE)]
