"""The pages of a PDF as pictures."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

from campaign_app.documents.pdfium import LOCK

SCREEN = 794  # pixels: the width of A4 at 96 dpi

# Sixteen shades of grey are enough for type, halve the picture and take a third of the time.
_SHADES = [round(value / 17) for value in range(256)]
_PALETTE = [shade * 17 for shade in range(16) for _ in "rgb"]
_COMPRESSION = 2


def png(pdf: bytes, width: int = SCREEN) -> list[bytes]:
    """Each page of ``pdf`` as PNG in shades of grey, ``width`` pixels wide."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_png(page, width) for page in document]
        finally:
            document.close()


def _png(page: pypdfium2.PdfPage, width: int) -> bytes:
    bitmap = page.render(scale=width / page.get_width(), grayscale=True)
    grey = bitmap.to_pil()
    picture = Image.frombytes("P", grey.size, grey.point(_SHADES).tobytes())
    bitmap.close()
    page.close()
    picture.putpalette(_PALETTE)
    stream = io.BytesIO()
    picture.save(stream, "PNG", bits=4, compress_level=_COMPRESSION)
    return stream.getvalue()
