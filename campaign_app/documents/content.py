"""What is drawn on a page, as a content stream (ISO 32000-1, 7.8.2) in points, from lines that are shaped already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campaign_app.documents import pdf_file, shown_glyphs
from campaign_app.documents.pdf_file import number
from campaign_app.documents.shaping import Shaped
from campaign_app.documents.shown_glyphs import Glyphs


class Content:
    """Collects drawing operators; y counts downwards from ``height``, as one reads."""

    def __init__(self, height: float = 0.0) -> None:
        self.height = height
        self.glyphs: Glyphs = {}
        self._parts: list[str] = []
        self._known: set[int] = set()
        self._lines: list[Shaped] = []  # kept, so that none of ``_known`` is the number of another

    def __bytes__(self) -> bytes:
        return "\n".join(self._parts).encode("ascii")

    def say(self, operators: str) -> None:
        """Adds operators as they are."""
        self._parts.append(operators)

    def text(self, line: Shaped, x: float, y: float, size: float) -> None:
        """A line with its beginning at ``x`` and its baseline at ``y``."""
        self.texts(((line, x, y, size),))

    def texts(self, lines: Iterable[tuple[Shaped, float, float, float]]) -> None:
        """Lines with their places and sizes, in one text object: what stays as it was is not said again."""
        pen = _Pen(self.height)
        said = [operators for line, x, y, size in lines for operators in self._text(pen, line, x, y, size)]
        if said:
            self._parts.append(f"BT {' '.join(said)} ET")

    def _text(self, pen: _Pen, line: Shaped, x: float, y: float, size: float) -> Iterator[str]:
        if not line.pieces:
            return
        self._note(line)
        if line.actual:
            yield f"/Span<</ActualText{pdf_file.text(line.actual).decode()}>>BDC"
        yield from pen.shown(line, x, y, size)
        if line.actual:
            yield "EMC"

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """A black rectangle, of which ``x`` and ``y`` are the upper left corner."""
        bottom = self.height - y - height
        self._parts.append(f"{number(x)} {number(bottom)} {number(width)} {number(height)} re f")

    def frame(self, x: float, y: float, width: float, height: float, thickness: float = 0.5) -> None:
        """The outline of a rectangle."""
        bottom = self.height - y - height
        self._parts.append(f"{number(thickness)} w {number(x)} {number(bottom)} {number(width)} {number(height)} re S")

    def rule(self, x: float, y: float, to_x: float, to_y: float, thickness: float = 0.5) -> None:
        """A straight line."""
        start, end = self.height - y, self.height - to_y
        self._parts.append(f"{number(thickness)} w {number(x)} {number(start)} m {number(to_x)} {number(end)} l S")

    def form(self, name: str, x: float, y: float) -> None:
        """What a form XObject of that name draws, with its origin at this place."""
        self._parts.append(f"q 1 0 0 1 {number(x)} {number(self.height - y)} cm/{name} Do Q")

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """A picture among the page's resources."""
        bottom = self.height - y - height
        self._parts.append(f"q {number(width)} 0 0 {number(height)} {number(x)} {number(bottom)} cm/{name} Do Q")

    def code(self, rows: bytes, modules: int, x: float, y: float, size: float) -> None:
        """A QR code of ``modules`` a side, given as bits row by row, as a mask that is painted black."""
        bottom = self.height - y - size
        self._parts.append(
            f"q {number(size)} 0 0 {number(size)} {number(x)} {number(bottom)} cm "
            f"BI/W {modules}/H {modules}/IM true/D[1 0]/F/AHx ID {rows.hex()}> EI Q"
        )

    def _note(self, line: Shaped) -> None:
        if id(line) not in self._known:
            self._known.add(id(line))
            self._lines.append(line)
            shown_glyphs.add(self.glyphs, line.glyphs)


class _Pen:
    """Where in a text object the last line began, in which font."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._x = self._y = 0.0
        self._font = ""

    def shown(self, line: Shaped, x: float, y: float, size: float) -> Iterator[str]:
        """A line at its place; its characters come along where the glyphs do not say them."""
        right, up = round(x, 2), round(self._height - y, 2)
        yield f"{number(right - self._x)} {number(up - self._y)} Td"
        self._x, self._y = right, up
        rise = 0.0
        for piece in line.pieces:
            font = f"/{piece.face.key} {number(size)} Tf"
            if font != self._font:
                self._font = font
                yield font
            if piece.rise != rise:
                rise = piece.rise
                yield f"{number(rise * size / 1000)} Ts"
            yield f"[{piece.shown}]TJ"
        if rise:
            yield "0 Ts"
