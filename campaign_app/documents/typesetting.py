"""WeasyPrint as we drive it: strict, repeatable, readable by machines, and no slower than it need be.

Strict: nothing is fetched, and whatever WeasyPrint would only log (a glyph or a picture that is missing) is an error.
Readable: lines of scripts whose glyphs do not follow the order of their characters carry these characters along.
Each departure from plain ``HTML(...).write_pdf()`` says what it is for; ``tests/documents/test_typesetting.py`` fails
where a new release of WeasyPrint no longer takes it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pydyf
import segno
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, Document, Page
from weasyprint.pdf.fonts import Font, ffi, get_hb_object_data, harfbuzz, harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from campaign_app.documents import fonts, line_breaks

PIXEL = 25.4 / 96  # mm; WeasyPrint measures in CSS pixels
VARIANT = "pdf/ua-1"

# Scripts that draw vowels before or around their consonant, or several characters as one glyph.
_REORDERED = re.compile("[\u0900-\u109f\u1780-\u17ff]")
_NO_STEP = re.compile(rb">0\s*<(?!>)")
_ARABIC = re.compile("[\u0600-\u06ff]")


class ForeignResource(Exception):
    """A page refers to something outside itself. Ours never do."""


class Fault(Exception):
    """WeasyPrint could not do something of what it was asked for."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where an element stands on its page, in mm from the page's top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Typeset:
    """Pages that are laid out but not yet written."""

    document: Document
    boxes: Mapping[str, Box]

    @property
    def pages(self) -> int:
        return len(self.document.pages)

    def pdf(self, identifier: bytes) -> bytes:
        """The pages as PDF/UA-1 with ``identifier`` in place of a random one, and without dates."""
        with _faults_raised():
            written: bytes = self.document.write_pdf(
                finisher=_label_bare_fonts, pdf_variant=VARIANT, pdf_identifier=identifier
            )  # fmt: skip
        return written


class QRCode:
    """A picture for WeasyPrint that draws the QR code of ``content`` as one path; its SVG takes 40 times as long.

    The code has 15 % of error correction (level M) and no quiet zone: the page has to leave four modules free.
    """

    # Any of the eight masks makes a valid code; to choose the best looking one takes five times as long as the code.
    MASK = 3

    def __init__(self, content: str) -> None:
        self.matrix = segno.make(content, error="m", micro=False, boost_error=False, mask=self.MASK).matrix

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, float]:
        size = float(len(self.matrix))
        return size, size, 1.0

    def draw(self, stream: pydyf.Stream, width: float, height: float, _style: object) -> None:
        stream.transform(a=width / len(self.matrix), d=height / len(self.matrix))
        stream.set_color_rgb(0, 0, 0)
        for y, row in enumerate(self.matrix):
            for x, length in _dark_stretches(row):
                stream.rectangle(x, y, length, 1)
        stream.fill()


def css(source: str) -> CSS:
    """A stylesheet, parsed."""
    return CSS(string=source, url_fetcher=_FETCHER, font_config=_font_configuration())


def font_family(families: Iterable[str]) -> str:
    """The value of the CSS property for a list of fonts."""
    return ", ".join(f'"{_name(family)}"' for family in dict.fromkeys(families))


def typeset(source: str, stylesheets: Sequence[CSS], pictures: Mapping[str, QRCode]) -> Typeset:
    """``source``, which is XML with the element names of HTML, laid out in pages.

    ``pictures`` are what its ``img`` elements show, by the URL in ``src``. Raises ``ForeignResource`` for any other
    URL and ``Fault`` for whatever else WeasyPrint would leave out.
    """
    with _faults_raised():
        document = _XML(source).render(
            font_config=_font_configuration(), stylesheets=stylesheets, cache=dict(pictures), pdf_variant=VARIANT
        )
    boxes = {name: box for number, page in enumerate(document.pages, 1) for name, box in _boxes(number, page)}
    for page in document.pages:
        page.anchors.clear()  # or else they were written as destinations of links that do not exist
        page.paint = partial(_paint, document, page.paint)
    return Typeset(document, boxes)


class _XML(HTML):  # type: ignore[misc]
    """A document that is read as XML by expat, which takes a thirtieth of the time of an HTML5 parser."""

    def __init__(self, source: str) -> None:
        self.base_url = None
        self.url_fetcher = _FETCHER
        self.media_type = "print"
        root = ElementTree.fromstring(source)  # noqa: S314 (our own template, with every value escaped)
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class _OnlyFonts(URLFetcher):  # type: ignore[misc]
    """Gives out the fonts of ``_faces``; raises what WeasyPrint does not catch for anything else."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        if not (file := _face_files().get(url)):
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/ttf"})


_FETCHER = _OnlyFonts()


class _CIDKeyedFont(Font):  # type: ignore[misc]
    """A font of the CJK kind, embedded with nothing but the glyphs that are used.

    WeasyPrint keeps the numbers of glyphs and therefore an entry for each of 65,535. CFF that is keyed by CID needs
    none of that: it names each glyph's CID itself, and in our fonts it is the glyph's old number. A Korean letter
    shrinks from 330 to 50 kB and is written in a third of the time.
    """

    type = "otf"

    def clean(self, to_unicode: Mapping[int, str], _hinting: bool) -> None:
        self.file_content = _cff_of(self.hb_face, sorted(to_unicode))


@cache
def _font_configuration() -> FontConfiguration:
    """The fonts of the system, and those whose weight it does not know. To gather them takes longer than a letter."""
    configuration = FontConfiguration()
    CSS(string="\n".join(_faces()), font_config=configuration, url_fetcher=_FETCHER)
    return configuration


def _faces() -> Iterator[str]:
    for family in fonts.MISLABELLED:
        for style in fonts.files(family):
            weight = "bold" if style == "Bold" else "normal"
            source = f'url("{_face_url(family, style)}")'
            yield f'@font-face {{ font-family: "{_name(family)}"; font-weight: {weight}; src: {source} }}'


def _face_files() -> dict[str, Path]:
    return {
        _face_url(family, style): file for family in fonts.MISLABELLED for style, file in fonts.files(family).items()
    }


def _face_url(family: str, style: str) -> str:
    return f"font:{family}/{style}".replace(" ", "-")


def _name(family: str) -> str:
    return f"{family} Weighed" if family in fonts.MISLABELLED else family


def _boxes(number: int, page: Page) -> Iterator[tuple[str, Box]]:
    for name, corners in page.anchors.items():
        yield name, Box(number, *(corner * PIXEL for corner in corners))


def _paint(document: Document, paint: Any, stream: pydyf.Stream, scale: float = 1) -> None:
    """Paints a page, then adds the characters of its lines and has its fonts embedded in our way."""
    paint(stream, scale)
    _join_strings(stream)
    _add_characters(stream)
    for font in document.fonts.values():
        if "CFF " in font.tables:
            font.__class__ = _CIDKeyedFont
        # A glyph that draws no character of its own, such as the dots of a letter, must still say so.
        font.to_unicode.update({glyph: "\u2060" for glyph, text in font.to_unicode.items() if not text})


def _join_strings(stream: pydyf.Stream) -> None:
    """Takes out empty strings and steps of no width between glyphs; PDFium misplaces what follows an empty string."""
    for place, operation in enumerate(stream.stream):
        if isinstance(operation, bytes) and operation.endswith(b"] TJ"):
            stream.stream[place] = _NO_STEP.sub(b"", operation).replace(b"<>", b" ")


def _add_characters(stream: pydyf.Stream) -> None:
    """Adds ``ActualText`` (ISO 32000-1, 14.9.4) to the lines whose glyphs do not say their characters."""
    lines = {mark["mcid"]: box for box, mark in stream._tags.items() if getattr(box, "text", "")}
    for operand in stream.stream:
        if isinstance(operand, pydyf.Dictionary) and (box := lines.get(operand.get("MCID"))) and _glyphs_differ(box):
            operand["ActualText"] = pydyf.String(line_breaks.plain(box.text))


def _glyphs_differ(line: Any) -> bool:
    if _REORDERED.search(line.text):
        return True
    return line.style["font_family"][0] == _name(fonts.NASTALIQ) and bool(_ARABIC.search(line.text))


def _label_bare_fonts(_document: Document, pdf: pydyf.PDF) -> None:
    """Names the format of fonts that are embedded as CFF alone (ISO 32000-1, table 126)."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream) and part.extra.get("Subtype") == "/OpenType":
            part.extra["Subtype"] = "/CIDFontType0C"


def _cff_of(face: Any, glyphs: Sequence[int]) -> bytes:
    """The CFF table of a font, with the given glyphs only."""
    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    _fill(harfbuzz_subset.hb_subset_input_glyph_set(wanted), glyphs)
    dropped = harfbuzz_subset.hb_subset_input_set(wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    _fill(dropped, sorted(map(_tag, (b"GSUB", b"GPOS", b"GDEF", b"BASE", b"VORG", b"vhea", b"vmtx", b"cmap", b"name"))))
    harfbuzz_subset.hb_subset_input_set_flags(
        wanted,
        harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
        | harfbuzz_subset.HB_SUBSET_FLAGS_NO_LAYOUT_CLOSURE
        | harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE,
    )
    subset = ffi.gc(harfbuzz_subset.hb_subset_or_fail(face, wanted), harfbuzz.hb_face_destroy)
    font = bytes(get_hb_object_data(subset) or b"")
    return _table(font, b"CFF ")


def _fill(numbers: Any, values: Sequence[int]) -> None:
    harfbuzz.hb_set_add_sorted_array(numbers, ffi.new("hb_codepoint_t[]", list(values)), len(values))


def _tag(name: bytes) -> int:
    return int.from_bytes(name, "big")


def _table(font: bytes, name: bytes) -> bytes:
    """One table of an OpenType font, found in its table directory. Raises ``Fault`` where there is none."""
    for entry in range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16):
        if font[entry : entry + 4] == name:
            start, length = (int.from_bytes(font[at : at + 4], "big") for at in (entry + 8, entry + 12))
            return font[start : start + length]
    raise Fault("a font could not be cut to the characters used")


def _dark_stretches(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules follow each other in a row of a QR code, as pairs of first and number."""
    for dark in re.finditer(b"[^\\0]+", bytes(row)):
        yield dark.start(), len(dark.group())


@contextmanager
def _faults_raised() -> Iterator[None]:
    """Turns what WeasyPrint logs as a warning or an error into a ``Fault``, and its refused fetch into ours."""
    handler = _Collecting()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    except FatalURLFetchingError as error:
        raise ForeignResource(str(error)) from None
    finally:
        logger.removeHandler(handler)
    if handler.messages:
        raise Fault(*handler.messages)


class _Collecting(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
