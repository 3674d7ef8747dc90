"""WeasyPrint as we drive it: it lays out what has to be broken into lines, and nothing else.

Strict: nothing is fetched, and whatever WeasyPrint would only log is an error. Each departure from plain
``HTML(...).render()`` says what it is for; ``tests/documents/test_typesetting.py`` fails where a new release of
WeasyPrint no longer takes it. What it laid out is drawn by ``blocks``, which shapes each line as Pango did.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from campaign_app.documents import fonts

POINTS = 0.75  # to a CSS pixel, in which WeasyPrint measures
BOLD = 600  # and heavier
_WEIGHED = " Weighed"


class ForeignResource(Exception):
    """A page refers to something outside itself. Ours never do."""


class Fault(Exception):
    """WeasyPrint could not do something of what it was asked for."""


@dataclass(frozen=True, slots=True)
class LaidText:
    """A stretch of one style in one line: where its baseline begins, and the bottom of its line, in pt.

    ``marker`` says whether it is the bullet or number of an item; ``item`` counts the items of a block.
    """

    text: str
    x: float
    y: float
    bottom: float
    size: float
    families: tuple[str, ...]
    style: str
    right_to_left: bool
    item: int
    marker: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """An element that is laid out; what it holds is placed from its top left corner, in pt."""

    texts: tuple[LaidText, ...]
    height: float


def css(source: str) -> CSS:
    """A stylesheet, parsed."""
    return CSS(string=source, url_fetcher=_FETCHER, font_config=_font_configuration())


def font_family(families: Iterable[str]) -> str:
    """The value of the CSS property for a list of fonts."""
    return ", ".join(f'"{_name(family)}"' for family in dict.fromkeys(families))


def lay_out(source: str, stylesheets: Sequence[CSS]) -> list[Laid]:
    """What stands in the children of the ``body`` of ``source``, which is XML with the element names of HTML.

    Raises ``ForeignResource`` for any URL and ``Fault`` for whatever else WeasyPrint would leave out.
    """
    with _faults_raised():
        document = _XML(source).render(font_config=_font_configuration(), stylesheets=stylesheets)
    return [laid for page in document.pages for laid in _children(page._page_box)]


class _XML(HTML):  # type: ignore[misc]
    """A document that is read as XML by expat, which takes a thirtieth of the time of an HTML5 parser."""

    def __init__(self, source: str) -> None:
        self.base_url = None
        self.url_fetcher = _FETCHER
        self.media_type = "print"
        root = ElementTree.fromstring(source)  # noqa: S314 (our template, values escaped) # nosec B314
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class _OnlyFonts(URLFetcher):  # type: ignore[misc]
    """Gives out the fonts of ``_faces``; raises what WeasyPrint does not catch for anything else."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        if not (file := _face_files().get(url)):
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/ttf"})


_FETCHER = _OnlyFonts()


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
    return f"{family}{_WEIGHED}" if family in fonts.MISLABELLED else family


def _children(page: Any) -> Iterator[Laid]:
    (html,) = page.children[:1]
    (body,) = html.children
    for child in body.children:
        texts = tuple(_texts(child, child, _Place()))
        yield Laid(texts, child.border_height() * POINTS)


@dataclass(slots=True)
class _Place:
    """Where a walk through the boxes is: in which item, and above which line's bottom."""

    items: int = 0
    bottom: float = 0.0


def _texts(box: Any, block: Any, place: _Place) -> Iterator[LaidText]:
    if isinstance(box, TextBox):
        if box.text.strip():
            yield _text(box, block, place)
        return
    if type(box).__name__ == "LineBox":
        place.bottom = box.position_y + box.height
    for child in getattr(box, "children", ()):
        place.items += child.element_tag == "li" != box.element_tag
        yield from _texts(child, block, place)


def _text(box: Any, block: Any, place: _Place) -> LaidText:
    style = box.style
    return LaidText(
        box.text,
        (box.position_x - block.position_x) * POINTS,
        (box.position_y + box.baseline - block.position_y) * POINTS,
        (place.bottom - block.position_y) * POINTS,
        style["font_size"] * POINTS,
        tuple(family.removesuffix(_WEIGHED) for family in style["font_family"]),
        "Bold" if style["font_weight"] >= BOLD else "Italic" if style["font_style"] == "italic" else "Regular",
        style["direction"] == "rtl",
        place.items,
        (box.element_tag or "").endswith("::marker"),
    )


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
