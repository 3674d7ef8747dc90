"""Scans and photographs of paper: each page is drawn anew, and nothing else of the files is kept.

A PDF may hold scripts, files, forms and layers; what comes out holds pictures alone.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Sequence

import pypdfium2
from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError, PdfPage
from pypdfium2 import raw as pdfium

from campaign_app import redrawing
from campaign_app.documents.pdf_file import PdfFile, number, references
from campaign_app.documents.pdfium import LOCK
from campaign_app.documents.unreadable import Unreadable, Why
from campaign_app.redrawing import LARGEST_FILE, NotAPicture, TooManyPixels

MOST_PAGES = 30
FINEST = 200 / 72  # pixels a point: small print is read well at 200 dpi
LONGEST = 2400  # pixels of a page's longer side, however large the paper
LONGEST_OF_A_PICTURE = 841.89  # points: A4
MOST_PIXELS = 40_000_000  # of a picture in a PDF: A4 at 600 dpi has 35 million
LARGEST_OBJECTS = 16 * 1024 * 1024  # bytes that compressed objects may have to be looked through
QUALITY = 80  # of JPEG, from 0 to 100
PDF = b"%PDF-"
BEGINNING = 1024  # bytes within which some readers take a file for PDF
# What a PDF does by itself or carries along (ISO 32000-1, 12.6.4 and 7.11.4); a name may be written in hex digits.
_ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS = re.compile(rb"/ObjStm.{0,400}?stream\r?\n", re.DOTALL)


def redrawn(files: Sequence[bytes]) -> bytes:
    """The pages of all files in their order, as one PDF of pictures. Raises Unreadable."""
    stream = io.BytesIO()
    book = _Book(stream)
    pages = 0
    for place, content in enumerate(files, 1):
        try:
            for picture, size in _pages(content):
                pages += 1
                if pages > MOST_PAGES:
                    raise _Refused(Why.TOO_MANY)
                book.add(picture, size)
        except _Refused as refused:
            raise Unreadable(refused.why, place) from None
    book.close()
    return stream.getvalue()


class _Refused(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


Size = tuple[float, float]


def _pages(content: bytes) -> Iterator[tuple[Image.Image, Size]]:
    if len(content) > LARGEST_FILE:
        raise _Refused(Why.TOO_LARGE)
    if content.startswith(PDF):
        with LOCK:
            yield from _pdf_pages(content)
    elif PDF in content[:BEGINNING]:  # a picture to some readers, and a PDF to others
        raise _Refused(Why.UNKNOWN)
    else:
        yield _picture(content)


def _picture(content: bytes) -> tuple[Image.Image, Size]:
    try:
        picture = redrawing.redrawn(content)
    except TooManyPixels:
        raise _Refused(Why.TOO_LARGE) from None
    except NotAPicture:
        raise _Refused(Why.UNKNOWN) from None
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    scale = LONGEST_OF_A_PICTURE / max(picture.size)
    return white, (picture.width * scale, picture.height * scale)


def _pdf_pages(content: bytes) -> Iterator[tuple[Image.Image, Size]]:
    if _is_active(content):
        raise _Refused(Why.ACTIVE)
    document = _opened(content)
    try:
        if len(document) > MOST_PAGES:
            raise _Refused(Why.TOO_MANY)
        if pdfium.FPDFDoc_GetJavaScriptActionCount(document) or pdfium.FPDFDoc_GetAttachmentCount(document):
            raise _Refused(Why.ACTIVE)
        for page in document:
            yield _drawn(page)
    except PdfiumError:
        raise _Refused(Why.UNKNOWN) from None
    finally:
        document.close()


def _opened(content: bytes) -> PdfDocument:
    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise _Refused(Why.ENCRYPTED if locked else Why.UNKNOWN) from None
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:  # it opens without a password, and forbids things
        document.close()
        raise _Refused(Why.ENCRYPTED)
    return document


def _drawn(page: PdfPage) -> tuple[Image.Image, Size]:
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        assert isinstance(found, pypdfium2.PdfImage)  # noqa: S101 # nosec B101
        width, height = found.get_px_size()
        if width * height > MOST_PIXELS:
            raise _Refused(Why.TOO_LARGE)
    size = page.get_size()
    bitmap = page.render(scale=min(FINEST, LONGEST / max(size)))
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return picture, size


def _is_active(content: bytes) -> bool:
    """Whether the file names anything that acts, in the open or in its compressed objects."""
    return any(_ACTIVE.search(_HEX.sub(_byte, part)) for part in (content, *_objects(content)))


def _byte(code: re.Match[bytes]) -> bytes:
    return bytes((int(code[1], 16),))


def _objects(content: bytes) -> Iterator[bytes]:
    """The compressed objects (7.5.7), as far as they can be read. Raises _Refused where they swell too far."""
    room = LARGEST_OBJECTS
    for found in _OBJECTS.finditer(content):
        decompressor = zlib.decompressobj()
        try:
            part = decompressor.decompress(content[found.end() :], room)
        except zlib.error:
            continue
        room -= len(part)
        if room <= 0:
            raise _Refused(Why.TOO_LARGE)
        yield part


class _Book:
    """A PDF that grows by pictures, one a page."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._file = PdfFile(stream)
        self._tree = self._file.take_number()
        self._pages: list[int] = []

    def add(self, picture: Image.Image, size: Size) -> None:
        file, (width, height) = self._file, size
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=QUALITY)
        image = file.add_raw(
            jpeg.getvalue(),
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
            % picture.size,
        )
        drawn = file.add_stream(f"{number(width)} 0 0 {number(height)} 0 0 cm /P Do".encode())
        box = f"[0 0 {number(width)} {number(height)}]".encode()
        self._pages.append(
            file.add(
                b"<</Type/Page/Parent %d 0 R/MediaBox%s/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>"
                % (self._tree, box, drawn, image)
            )
        )

    def close(self) -> None:
        kids = references(self._pages)
        self._file.add(b"<</Type/Pages/Count %d/Kids%s>>" % (len(self._pages), kids), self._tree)
        root = self._file.add(b"<</Type/Catalog/Pages %d 0 R>>" % self._tree)
        self._file.close(root, self._file.add(b"<<>>"))
