"""Single lines of text in all our scripts, and documents of them: envelopes, labels, checklists, signature sheets.

A line is shaped once and can be measured before it is placed. Places are in mm from the top left corner of the page,
sizes of type and widths of lines in pt.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Literal

from campaign_app.documents import (
    embedded_fonts,
    fonts,
    pdf_file,
    pdf_picture,
    qr_code,
    script_runs,
    shaping,
    shown_glyphs,
)
from campaign_app.documents.content import Content
from campaign_app.documents.pdf_file import PdfFile
from campaign_app.documents.shaping import Look, Shaped
from campaign_app.documents.shown_glyphs import Glyphs
from campaign_app.documents.unfit import Unprintable

POINTS = 72 / 25.4  # to a millimetre
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line in type of ``size`` pt. ``above`` and ``below`` say how far it may reach from its baseline, in pt."""

    shaped: Shaped
    size: float

    @property
    def width(self) -> float:
        return self.shaped.width * self.size / 1000

    @property
    def above(self) -> float:
        return self.shaped.above * self.size / 1000

    @property
    def below(self) -> float:
        return self.shaped.below * self.size / 1000


def line(text: str, size: float, language: str | None = None, *, bold: bool = False) -> Line:
    """``text`` on one line, with its white space as single spaces; without a language as postal lines are set.

    A line runs in the direction of its first letter.

    Raises ``Unprintable`` (of the field ``text``) where no font of ours draws a character.
    """
    if found := fonts.unprintable(text):
        raise Unprintable("text", found)
    text = " ".join(text.split())
    return Line(shaping.shape(text, _look(language or "en", bold, not script_runs.is_left_to_right(text))), size)


def largest(text: str, sizes: tuple[float, ...], room: float, language: str | None = None) -> Line | None:
    """``text`` in the first of ``sizes`` that takes no more than ``room`` pt; None where all take more."""
    return next((found for size in sizes if (found := line(text, size, language)).width <= room), None)


def fitting(text: str, sizes: tuple[float, ...], room: float, language: str | None = None) -> float:
    """The size in which ``largest`` has the text, in pt; the last of ``sizes`` where it takes more in all of them."""
    found = largest(text, sizes, room, language)
    return found.size if found else sizes[-1]


def _look(language: str, bold: bool, right_to_left: bool) -> Look:
    return Look(fonts.stack(language), language, "Bold" if bold else "Regular", right_to_left)


class Page:
    """A page on which lines and simple figures are placed, in mm."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.content = Content(height * POINTS)

    def line(self, line: Line, x: float, y: float, align: Align = "left") -> None:
        """A line with its baseline at ``y``; ``x`` is where it begins, its middle, or where it ends."""
        back = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * line.width
        self.content.text(line.shaped, x * POINTS - back, y * POINTS, line.size)

    def rule(self, x: float, y: float, to_x: float, to_y: float, thickness: float = 0.5) -> None:
        """A straight line, ``thickness`` pt thick."""
        self.content.rule(x * POINTS, y * POINTS, to_x * POINTS, to_y * POINTS, thickness)

    def frame(self, x: float, y: float, width: float, height: float, thickness: float = 0.5) -> None:
        """The outline of a rectangle, such as a box to tick."""
        self.content.frame(x * POINTS, y * POINTS, width * POINTS, height * POINTS, thickness)

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """A black rectangle."""
        self.content.rectangle(x * POINTS, y * POINTS, width * POINTS, height * POINTS)

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """A picture that the document was given."""
        self.content.picture(name, x * POINTS, y * POINTS, width * POINTS, height * POINTS)

    def tick(self, x: float, y: float, size: float) -> None:
        """A tick in a square of ``size`` mm."""
        left, top, side = x * POINTS, y * POINTS, size * POINTS
        self.content.rule(left + side * 0.15, top + side * 0.5, left + side * 0.4, top + side * 0.8, side / 10)
        self.content.rule(left + side * 0.4, top + side * 0.8, left + side * 0.85, top + side * 0.15, side / 10)

    def code(self, link: str, x: float, y: float, size: float) -> None:
        """The QR code of ``link``, ``size`` mm a side. It wants four modules of white around it."""
        code = qr_code.code(link)
        self.content.code(code.rows, code.modules, x * POINTS, y * POINTS, size * POINTS)


class Document:
    """A PDF of such pages, written as they come. Nothing is kept of a page but the glyphs it shows."""

    def __init__(self, stream: BinaryIO, title: str, language: str = "en") -> None:
        self._file = PdfFile(stream)
        self._title, self._language = title, language
        self._tree, self._resources = self._file.take_number(), self._file.take_number()
        self._pages: list[int] = []
        self._pictures: dict[str, int] = {}
        self._glyphs: Glyphs = {}

    def add(self, page: Page, *shared: int) -> None:
        """Writes a page, drawn upon what it has in common with others."""
        contents = pdf_file.references((*shared, self.share(page)))
        self._pages.append(
            self._file.add(
                b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents%s>>"
                % (self._tree, _points(page.width), _points(page.height), self._resources, contents)
            )
        )

    def share(self, page: Page) -> int:
        """Writes what pages show; what ``add`` is told of it."""
        shown_glyphs.add(self._glyphs, page.content.glyphs)
        return self._file.add_stream(bytes(page.content))

    def picture(self, png: bytes) -> str:
        """Writes a picture; its name for the pages that show it."""
        name = f"P{len(self._pictures)}"
        self._pictures[name] = pdf_picture.add(self._file, png)
        return name

    def close(self) -> None:
        """Writes fonts and the list of pages."""
        file = self._file
        pictures = b"".join(b"/%s %d 0 R" % (name.encode(), number) for name, number in self._pictures.items())
        fonts = embedded_fonts.embed(file, self._glyphs)
        file.add(b"<</Font%s/XObject<<%s>>>>" % (fonts, pictures), self._resources)
        file.add(b"<</Type/Pages/Count %d/Kids%s>>" % (len(self._pages), pdf_file.references(self._pages)), self._tree)
        root = file.add(
            b"<</Type/Catalog/Pages %d 0 R/Lang%s/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>>>"
            % (self._tree, pdf_file.text(self._language))
        )
        file.close(root, file.add(b"<</Title%s>>" % pdf_file.text(self._title)))


@contextmanager
def document(stream: BinaryIO, title: str, language: str = "en") -> Iterator[Document]:
    """A document that is finished at the end of the block, unless an error ends it."""
    opened = Document(stream, title, language)
    yield opened
    opened.close()


def _points(length: float) -> bytes:
    return pdf_file.number(length * POINTS).encode()
