"""A picture in a PDF (ISO 32000-1, 8.9.5), on white: paper is."""

from __future__ import annotations

import io

from PIL import Image

from campaign_app.documents.pdf_file import PdfFile


def add(file: PdfFile, png: bytes) -> int:
    """Writes the picture; the number of it."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
        picture = opened.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    flat = Image.alpha_composite(white, picture).convert("RGB")
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8" % flat.size
    return file.add_stream(flat.tobytes(), entries)
