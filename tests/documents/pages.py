"""What a reader, human or machine, finds on the pages of a PDF."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from campaign_app.documents import line_breaks

DPI = 200
DARK = 160  # of 255; paler is the edge of a letter


@dataclass(frozen=True)
class Ink:
    """Where ink stands, in mm from the top left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def lies_within(self, left: float, top: float, right: float, bottom: float, tolerance: float = 0.5) -> bool:
        """Whether nothing stands outside these edges by more than ``tolerance`` mm."""
        over = (left - self.left, top - self.top, self.right - right, self.bottom - bottom)
        return max(over) <= tolerance


class Page:
    """One page of a PDF as it is printed at 200 dpi."""

    def __init__(self, pdf: bytes, number: int = 0) -> None:
        self.pdf = pdf
        self.number = number
        with pypdfium2.PdfDocument(pdf) as document:
            self.picture: Image.Image = document[number].render(scale=DPI / 72, grayscale=True).to_pil().copy()

    @property
    def width(self) -> float:
        return self.picture.width / DPI * 25.4

    @property
    def height(self) -> float:
        return self.picture.height / DPI * 25.4

    def ink(self, left: float = 0, top: float = 0, right: float = 1000, bottom: float = 1000) -> Ink | None:
        """Where ink stands in a part of the page; nothing where there is none. All in mm."""
        dots = DPI / 25.4
        x, y = round(left * dots), round(top * dots)
        part = self.picture.crop(
            (x, y, min(round(right * dots), self.picture.width), min(round(bottom * dots), self.picture.height))
        )
        box = part.point(lambda value: 255 if value < DARK else 0).getbbox()
        if not box:
            return None
        return Ink(*((edge + start) / dots for edge, start in zip(box, (x, y, x, y), strict=True)))

    @cached_property
    def text(self) -> str:
        """The text of the page as PDFium gives it to whoever copies it."""
        with pypdfium2.PdfDocument(self.pdf) as document:
            text: str = document[self.number].get_textpage().get_text_bounded()
        return text.replace("\r\n", "\n")

    def read_aloud(self) -> Iterator[str]:
        """The pieces of text in the order of the page's tags, as a screen reader goes through them."""
        with pypdfium2.PdfDocument(self.pdf) as document:
            page = document[self.number]
            spoken = _text_by_mark(page)
            tree = pdfium.FPDF_StructTree_GetForPage(page)
            for child in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                for mark in _marks(pdfium.FPDF_StructTree_GetChildAtIndex(tree, child)):
                    if text := spoken.get(mark, "").strip():
                        yield text
            pdfium.FPDF_StructTree_Close(tree)


def spaceless(text: str) -> str:
    """``text`` without what a copy of laid-out text cannot keep: white space, and the PDF's invisible joiners."""
    return "".join(character for character in line_breaks.plain(text) if not character.isspace())


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def glyphs(pdf: bytes) -> Iterator[int]:
    """The number of every glyph that is shown on any page."""
    with opened(pdf) as document:
        for page in document.pages:
            for operands, operator in pikepdf.parse_content_stream(page, "TJ"):
                if str(operator) == "TJ":
                    shown = b"".join(bytes(piece) for piece in operands[0] if isinstance(piece, pikepdf.String))
                    yield from (int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2))


def actual_texts(pdf: bytes) -> list[str]:
    """The characters that lines say beside their glyphs."""
    with opened(pdf) as document:
        marks = [
            o[1] for p in document.pages for o, name in pikepdf.parse_content_stream(p, "BDC") if str(name) == "BDC"
        ]
        return [str(mark["/ActualText"]) for mark in marks if "/ActualText" in mark]


def _text_by_mark(page: Any) -> dict[int, str]:
    """What is shown under each marked-content number of a page."""
    found: dict[int, str] = {}
    textpage = page.get_textpage()
    for piece in page.get_objects():
        if piece.type == pdfium.FPDF_PAGEOBJ_TEXT:
            number = pdfium.FPDFPageObj_GetMarkedContentID(piece)
            length = pdfium.FPDFTextObj_GetText(piece, textpage, None, 0)
            buffer = ctypes.create_string_buffer(length)
            pdfium.FPDFTextObj_GetText(piece, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
            found[number] = found.get(number, "") + buffer.raw.decode("utf-16-le").rstrip("\0")
    return found


def _marks(element: Any) -> Iterator[int]:
    for child in range(pdfium.FPDF_StructElement_CountChildren(element)):
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, child)
        if number >= 0:
            yield number
        elif inner := pdfium.FPDF_StructElement_GetChildAtIndex(element, child):
            yield from _marks(inner)
