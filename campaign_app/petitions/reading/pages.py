"""Taking the pages out of files as pictures in grey, one after the other, however many there are.

A file that is refused says why before any page comes; a page that is broken says so in its place. A stream is anything
that can be read and sought in: of a PDF no more is in memory than what a page needs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdfium2 import PdfDocument, PdfImage, PdfiumError
from pypdfium2 import raw as pdfium

from campaign_app.documents.pdfium import LOCK
from campaign_app.petitions.reading.codes import Picture

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
MOST_PIXELS = 25_000_000
MOST_PAGES = 2000
LONGER_SIDE = 2400  # pixels of a page of a PDF: about 205 dpi of A4
LARGEST = 3600  # pixels of the longer side of a picture, above which it is made smaller
PDF = b"%PDF-"
PIECE, OVERLAP = 1024 * 1024, 1024  # bytes of a PDF that are looked through at once
MOST_OBJECTS = 32 * 1024 * 1024  # bytes that its packed objects may have
# Every action that runs JavaScript names its kind (ISO 32000-1, 12.6.4.16); a name may be written in hex digits.
_SCRIPT = re.compile(b"/" + b"".join(b"(?:%c|#%02x|#%02X)" % (c, c, c) for c in b"JavaScript"))
_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_BROKEN = (
    PdfiumError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    KeyError,
    IndexError,
    MemoryError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class Refused(StrEnum):
    """Why a file is not read."""

    NOT_A_SCAN = "neither a picture nor a PDF"
    ENCRYPTED = "an encrypted PDF"
    SCRIPTED = "a PDF with a script"
    TOO_LARGE = "too large"


class RefusedFile(Exception):
    """The file is not read."""

    def __init__(self, reason: Refused) -> None:
        super().__init__(reason.value)
        self.reason = reason


class BrokenPage(Exception):
    """This page cannot be shown; others of the file may be."""


def count(stream: BinaryIO) -> int:
    """How many pages the file has. Raises RefusedFile."""
    with _opened(stream) as book:
        return len(book)


def pages(stream: BinaryIO, after: int = 0) -> Iterator[Picture | BrokenPage]:
    """The pages ``after`` the first so many, or in the place of each what is wrong. Raises RefusedFile."""
    with _opened(stream) as book:
        for number in range(after, len(book)):
            try:
                yield book.page(number)
            except BrokenPage as broken:
                yield broken
            except _BROKEN as error:
                yield BrokenPage(type(error).__name__)


class _Pdf:
    """The pages of a PDF, drawn; whatever it would do is not done."""

    def __init__(self, stream: BinaryIO) -> None:
        _refuse_scripts(stream)
        stream.seek(0)
        with LOCK:
            self._document = _document(stream)
        if len(self) > MOST_PAGES:
            self.close()
            raise RefusedFile(Refused.TOO_LARGE)

    def __len__(self) -> int:
        with LOCK:
            return len(self._document)

    def page(self, number: int) -> Picture:
        with LOCK:
            page = self._document[number]
            try:
                for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
                    if isinstance(found, PdfImage):
                        _refuse_pixels(*found.get_px_size())
                bitmap = page.render(scale=LONGER_SIDE / max(page.get_size()), grayscale=True)
                drawn = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
                bitmap.close()
                return drawn
            finally:
                page.close()

    def close(self) -> None:
        with LOCK:
            self._document.close()


class _Pictures:
    """One picture, or several of a TIFF."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._image = Image.open(stream, formats=FORMATS)
            self._count = int(getattr(self._image, "n_frames", 1))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise RefusedFile(Refused.TOO_LARGE) from None
        except (UnidentifiedImageError, *_BROKEN):
            raise RefusedFile(Refused.NOT_A_SCAN) from None
        if self._count > MOST_PAGES:
            raise RefusedFile(Refused.TOO_LARGE)

    def __len__(self) -> int:
        return self._count

    def page(self, number: int) -> Picture:
        if self._count > 1:
            self._image.seek(number)
        _refuse_pixels(*self._image.size)
        self._image.draft("L", (LONGER_SIDE, LONGER_SIDE))
        upright = ImageOps.exif_transpose(self._image)
        if upright.has_transparency_data:
            white = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(white, upright.convert("RGBA"))
        grey = upright.convert("L")
        grey.thumbnail((LARGEST, LARGEST))
        return np.array(grey)

    def close(self) -> None:
        self._image.close()


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[_Pdf | _Pictures]:
    stream.seek(0)
    beginning = stream.read(len(PDF))
    stream.seek(0)
    book = _Pdf(stream) if beginning == PDF else _Pictures(stream)
    try:
        yield book
    finally:
        book.close()


def _document(stream: BinaryIO) -> PdfDocument:
    try:
        document = PdfDocument(stream)
    except PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise RefusedFile(Refused.ENCRYPTED if locked else Refused.NOT_A_SCAN) from None
    reason = None
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:  # it opens without a password, and forbids things
        reason = Refused.ENCRYPTED
    elif pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        reason = Refused.SCRIPTED
    if reason:
        document.close()
        raise RefusedFile(reason)
    return document


def _refuse_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise BrokenPage("too many pixels")


def _refuse_scripts(stream: BinaryIO) -> None:
    """Raises RefusedFile where the file names a script, in the open or in its packed objects, or they are too large."""
    room, kept, place = MOST_OBJECTS, b"", 0
    while piece := stream.read(PIECE):
        part = kept + piece
        if _SCRIPT.search(part):
            raise RefusedFile(Refused.SCRIPTED)
        for found in _OBJECTS.finditer(part):
            unpacked = _unpacked(stream, place - len(kept) + found.end(), room)
            room -= len(unpacked)
            if room <= 0:
                raise RefusedFile(Refused.TOO_LARGE)
            if _SCRIPT.search(unpacked):
                raise RefusedFile(Refused.SCRIPTED)
        place += len(piece)
        kept = part[-OVERLAP:]
        stream.seek(place)


def _unpacked(stream: BinaryIO, place: int, room: int) -> bytes:
    """The objects that are packed from there on, as far as they can be read and there is room."""
    stream.seek(place)
    decompressor, unpacked = zlib.decompressobj(), b""
    try:
        while not decompressor.eof and len(unpacked) < room and (packed := stream.read(PIECE)):
            unpacked += decompressor.decompress(packed, room - len(unpacked))
            if decompressor.unconsumed_tail:
                break
    except zlib.error:
        pass
    return unpacked
