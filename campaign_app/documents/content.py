"""What is drawn on a page, as a content stream (ISO 32000-1, 7.8.2) in points, from lines that are shaped already."""

from __future__ import annotations

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

    def text(self, line: Shaped, x: float, y: float, size: float, *, marked: bool = False) -> None:
        """A line with its beginning at ``x`` and its baseline at ``y``.

        Its characters come along where the glyphs do not say them, unless it is ``marked`` with them already.
        """
        if not line.pieces:
            return
        self._note(line)
        said = self._shown(line, x, y, size)
        if line.actual and not marked:
            said = f"/Span<</ActualText{pdf_file.text(line.actual).decode()}>>BDC {said} EMC"
        self._parts.append(said)

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

    def _shown(self, line: Shaped, x: float, y: float, size: float) -> str:
        said = [f"BT 1 0 0 1 {number(x)} {number(self.height - y)} Tm"]
        face, rise = None, 0.0
        for piece in line.pieces:
            if piece.face is not face:
                face = piece.face
                said.append(f"/{face.key} {number(size)} Tf")
            if piece.rise != rise:
                rise = piece.rise
                said.append(f"{number(rise * size / 1000)} Ts")
            said.append(f"[{piece.shown}]TJ")
        if rise:
            said.append("0 Ts")
        said.append("ET")
        return " ".join(said)
