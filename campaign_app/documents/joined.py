"""Several papers as one PDF, in their order, to be printed together. Tags for accessibility stay behind."""

from __future__ import annotations

import io
from collections.abc import Iterable

from pypdfium2 import PdfDocument


def joined(papers: Iterable[bytes]) -> bytes:
    """The pages of all papers."""
    whole = PdfDocument.new()
    for paper in papers:
        part = PdfDocument(paper)
        whole.import_pages(part)
        part.close()
    stream = io.BytesIO()
    whole.save(stream)
    whole.close()
    return stream.getvalue()
