"""A letter as PDF: one page, tagged for accessibility (PDF/UA-1), the same bytes for the same letter and layout."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter

from campaign_app.documents import embedded_fonts, fonts, pdf_file, qr_code, shown_glyphs
from campaign_app.documents.content import Content
from campaign_app.documents.galley import Galley
from campaign_app.documents.laid_out import LaidOut
from campaign_app.documents.letter_page import CODE_SIZE, MM, Frame, LetterPage, Placed, frame_of
from campaign_app.documents.letter_type import letter_type, shown
from campaign_app.documents.paper import Layout
from campaign_app.documents.pdf_file import PdfFile, number
from campaign_app.documents.shown_glyphs import Glyphs
from campaign_app.documents.tags import Element, Tags
from campaign_app.documents.unfit import OutsideWindow, TooLong
from campaign_app.letters.letter import Letter

__all__ = ["LaidOut", "OutsideWindow", "TooLong", "galley", "lay_out", "write"]

CLASSIC = Layout()


@cache
def galley() -> Galley:
    """What this process has set."""
    return Galley()


def write(letter: Letter, layout: Layout = CLASSIC) -> bytes:
    """The letter as PDF/UA-1 on one page.

    Raises ``Unprintable``, ``TooLong`` or ``OutsideWindow`` for a letter that cannot be printed as it is.
    """
    return lay_out(letter, layout).finished()


def lay_out(letter: Letter, layout: Layout = CLASSIC) -> LaidOut:
    """The letter as PDF, also where it is not fit to be posted yet: for a look at it.

    What no font can draw stands as U+FFFD.
    """
    page = galley().arrange(letter, layout)
    return LaidOut(_pdf(letter, layout, page), len(page.pages), fonts.find_unprintable(letter), page.outside)


def drawn(placed: Placed, operators: str, height: float) -> str:
    """What draws a block at its place on a page of this height."""
    return f"q 1 0 0 1 {number(placed.x)} {number(height - placed.y)} cm\n{operators}\nQ"


def figures(letter: Letter, frame: Frame) -> tuple[str, str]:
    """What draws the marks at the edge of a letter's page, and its QR code."""
    marks, code = Content(frame.height), Content(frame.height)
    for mark in frame.marks:
        marks.rectangle(*mark)
    if letter.link:
        picture = qr_code.code(letter.link)
        code.code(picture.rows, picture.modules, *frame.code, CODE_SIZE * MM)
    return bytes(marks).decode(), bytes(code).decode()


def _pdf(letter: Letter, layout: Layout, page: LetterPage) -> bytes:
    said = f"{letter.to_json()} {layout}".encode(errors="surrogatepass")
    stream = io.BytesIO()
    file = PdfFile(stream)
    frame = frame_of(layout, letter_type(letter.language, layout.points, False).right_to_left)
    tree, resources = file.take_number(), file.take_number()
    tags, glyphs, numbers = Tags(), Glyphs(), []
    for placed in page.pages:
        numbers.append(file.take_number())
        parts = list(_tagged(placed, frame, tags, numbers[-1]))
        if placed is page.pages[-1]:
            parts += _tagged_figures(letter, frame, tags, numbers[-1])
        content = file.add_stream("\n".join(parts).encode())
        file.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents %d 0 R"
            b"/Tabs/S/StructParents %d>>"
            % (tree, number(frame.width).encode(), number(frame.height).encode(), resources, content, len(numbers) - 1),
            numbers[-1],
        )
        for one in placed:
            shown_glyphs.add(glyphs, one.block.glyphs)
    file.add(b"<</Font%s>>" % embedded_fonts.embed(file, glyphs), resources)
    file.add(b"<</Type/Pages/Count %d/Kids%s>>" % (len(numbers), pdf_file.references(numbers)), tree)
    title = shown(letter.subject, letter.language)
    root = file.add(
        b"<</Type/Catalog/Pages %d 0 R/Lang%s/StructTreeRoot %d 0 R/Metadata %d 0 R/MarkInfo<</Marked true>>"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>"
        % (tree, pdf_file.text(letter.language), tags.write(file, numbers), _metadata(file, title))
    )
    file.close(root, file.add(b"<</Title%s>>" % pdf_file.text(title)), hashlib.sha256(said).digest()[:16])
    return stream.getvalue()


def _tagged(placed: tuple[Placed, ...], frame: Frame, tags: Tags, page: int) -> Iterator[str]:
    """What draws the blocks of a page, each marked as the part of the document that it is."""
    for one in placed:
        if one.kind != "list":
            kind = "H1" if one.kind == "subject" else "P"
            yield tags.marked(tags.document.child(kind), drawn(one, one.block.operators, frame.height), page)
            continue
        whole = tags.document.child("L")
        for _, parts in groupby(one.block.parts, key=itemgetter(1)):
            item = whole.child("LI")
            for role, _, operators in parts:
                yield tags.marked(item.child(role), drawn(one, operators, frame.height), page)


def _tagged_figures(letter: Letter, frame: Frame, tags: Tags, page: int) -> Iterator[str]:
    marks, code = figures(letter, frame)
    if marks:
        yield f"/Artifact BMC\n{marks}\nEMC"
    if code:
        (x, y), side = frame.code, CODE_SIZE * MM
        corners = (x, frame.height - y - side, x + side, frame.height - y)
        yield tags.marked(tags.document.add(Element("Figure", letter.link, corners)), code, page)


def _metadata(file: PdfFile, title: str) -> int:
    """What says that the file keeps to PDF/UA-1 (ISO 14289-1, 5), in XMP."""
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    source = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'pdfuaid:part="1"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escaped}</rdf:li></rdf:Alt></dc:title>'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
    return file.add_raw(source.encode(), b"/Type/Metadata/Subtype/XML")
