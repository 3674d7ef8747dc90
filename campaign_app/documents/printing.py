"""What a press does in its processes. To import this takes half a second, so pages are served without it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf

from campaign_app.documents import letter_pdf, preview
from campaign_app.documents.laid_out import LaidOut
from campaign_app.documents.paper import Layout
from campaign_app.letters.letter import Letter, Paragraph, Run

WARMED = ("en", "ko")


def warm() -> None:
    """Loads what the first letter would have to wait for: fonts, stylesheets, the template."""
    words = Paragraph((Run("A가", strong=True), Run("A가")))
    for language in WARMED:
        pictures(lay_out(Letter(language, ("A",), "A", ("A",), "A", "A", (words,), "A", "A"), Layout()).pdf)


def lay_out(letter: Letter, layout: Layout) -> LaidOut:
    return letter_pdf.lay_out(letter, layout)


def pictures(pdf: bytes) -> tuple[bytes, ...]:
    """The pages of a PDF as PNG."""
    return tuple(preview.png(pdf))


def lay_out_and_show(letter: Letter, layout: Layout) -> tuple[LaidOut, tuple[bytes, ...]]:
    laid_out = lay_out(letter, layout)
    return laid_out, pictures(laid_out.pdf)


def docx(letter: Letter, layout: Layout) -> bytes:
    from campaign_app.documents import letter_docx  # few want one

    return letter_docx.write(letter, layout)


def combined(pdfs: Sequence[bytes]) -> bytes:
    """The pages of several PDFs in one, to be printed in one go; the tags for reading aloud do not survive it."""
    stream = io.BytesIO()
    with pikepdf.new() as whole:
        for pdf in pdfs:
            with pikepdf.open(io.BytesIO(pdf)) as part:
                whole.pages.extend(part.pages)
        for page in whole.pages:
            for key in {"/StructParents", "/Tabs"} & page.obj.keys():
                del page.obj[key]
        whole.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()
