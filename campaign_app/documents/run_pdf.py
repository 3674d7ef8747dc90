"""The letters of a run in one PDF, in printing order: written as the chunks come, each font and shared stream once.

Pages of a run carry no tags for reading aloud: they are made to be printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from campaign_app.documents import embedded_fonts, pdf_file, shown_glyphs
from campaign_app.documents.chunk import Chunk
from campaign_app.documents.pdf_file import PdfFile, number
from campaign_app.documents.shown_glyphs import Glyphs

BRANCH = 200  # pages to a node of the page tree


def assemble(
    chunks: Iterable[Chunk], stream: BinaryIO, *, title: str, language: str = "", double_sided: bool = False
) -> int:
    """Writes the letters of ``chunks`` that can be printed to ``stream``; the number of letters.

    ``double_sided`` lets each letter begin on a sheet of its own: a blank page follows every letter. The file is the
    same for the same chunks.
    """
    run = _Run(stream, double_sided)
    for chunk in chunks:
        run.add(chunk)
    return run.close(title, language)


class _Run:
    """Keeps of what is written only the numbers of pages, and the glyphs that were shown."""

    def __init__(self, stream: BinaryIO, double_sided: bool) -> None:
        self._file = PdfFile(stream)
        self._double_sided = double_sided
        self._resources, self._tree = self._file.take_number(), self._file.take_number()
        self._shared: dict[str, int] = {}
        self._glyphs: Glyphs = {}
        self._letters = 0
        self._node = self._file.take_number()
        self._nodes: list[tuple[int, int]] = []
        self._pages: list[int] = []

    def add(self, chunk: Chunk) -> None:
        """Writes a chunk."""
        shown_glyphs.add(self._glyphs, chunk.glyphs)
        width, height = (number(length).encode() for length in chunk.size)
        box = b"/MediaBox[0 0 %s %s]" % (width, height)
        for name, stream in chunk.shared.items():
            if name not in self._shared:
                self._shared[name] = self._file.add_compressed(stream)
        for page in chunk.pages:
            if not isinstance(page, Exception):
                self._letters += 1
                self._page(box, b"/Contents%s" % pdf_file.references(map(self._stream, page)))
                if self._double_sided:
                    self._page(box, b"")

    def _stream(self, stream: bytes | str) -> int:
        return self._shared[stream] if isinstance(stream, str) else self._file.add_compressed(stream)

    def close(self, title: str, language: str) -> int:
        """Writes fonts and the tree of pages; the number of letters."""
        file = self._file
        self._end_node()
        file.add(b"<</Font%s>>" % embedded_fonts.embed(file, self._glyphs), self._resources)
        count = sum(pages for _, pages in self._nodes)
        kids = pdf_file.references(node for node, _ in self._nodes)
        file.add(b"<</Type/Pages/Count %d/Kids%s/Resources %d 0 R>>" % (count, kids, self._resources), self._tree)
        duplex = b"/Duplex/DuplexFlipLongEdge" if self._double_sided else b""
        said = b"/Lang%s" % pdf_file.text(language) if language else b""
        root = file.add(
            b"<</Type/Catalog/Pages %d 0 R%s/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None%s>>>>"
            % (self._tree, said, duplex)
        )
        file.close(root, file.add(b"<</Title%s>>" % pdf_file.text(title)))
        return self._letters

    def _page(self, box: bytes, contents: bytes) -> None:
        self._pages.append(self._file.add(b"<</Type/Page/Parent %d 0 R%s%s>>" % (self._node, box, contents)))
        if len(self._pages) >= BRANCH:
            self._end_node()
            self._node = self._file.take_number()

    def _end_node(self) -> None:
        self._file.add(
            b"<</Type/Pages/Parent %d 0 R/Count %d/Kids%s>>"
            % (self._tree, len(self._pages), pdf_file.references(self._pages)),
            self._node,
        )
        self._nodes.append((self._node, len(self._pages)))
        self._pages = []
