"""The structure of a document, by which it is read aloud (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from campaign_app.documents import pdf_file
from campaign_app.documents.pdf_file import PdfFile, number


@dataclass(eq=False)
class Element:
    """A part of the document: its kind, what a picture shows and where it stands, its parts or its marks on a page."""

    kind: str
    alternative: str = ""
    corners: tuple[float, ...] = ()
    children: list[Element] = field(default_factory=list)
    page: int = 0
    marks: list[int] = field(default_factory=list)

    def child(self, kind: str) -> Element:
        """A new part of this one."""
        return self.add(Element(kind))

    def add(self, element: Element) -> Element:
        self.children.append(element)
        return element


class Tags:
    """The tree of a document, which grows as its pages are drawn."""

    def __init__(self) -> None:
        self.document = Element("Document")
        self._marked: dict[int, list[Element]] = {}

    def marked(self, element: Element, operators: str, page: int) -> str:
        """``operators`` marked as what draws ``element``; ``page`` is the number of the page's object."""
        marked = self._marked.setdefault(page, [])
        element.page = page
        element.marks.append(len(marked))
        marked.append(element)
        return f"/{element.kind}<</MCID {len(marked) - 1}>>BDC\n{operators}\nEMC"

    def write(self, file: PdfFile, pages: Sequence[int]) -> int:
        """Writes the tree; the number of its root. The place of a page among ``pages`` is its ``StructParents``."""
        root = file.take_number()
        numbers: dict[int, int] = {}
        document = self._write(file, self.document, root, numbers)
        parents = b"".join(
            b"%d %s" % (place, pdf_file.references(numbers[id(element)] for element in self._marked.get(page, ())))
            for place, page in enumerate(pages)
        )
        return file.add(
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>"
            % (document, parents, len(pages)),
            root,
        )

    def _write(self, file: PdfFile, element: Element, parent: int, numbers: dict[int, int]) -> int:
        own = numbers[id(element)] = file.take_number()
        children = [self._write(file, child, own, numbers) for child in element.children]
        kids = pdf_file.references(children) if children else b"[%s]" % b" ".join(b"%d" % m for m in element.marks)
        entries = b"/Pg %d 0 R" % element.page if element.marks else b""
        if element.alternative:
            entries += b"/Alt%s" % pdf_file.text(element.alternative)
        if element.corners:
            box = " ".join(map(number, element.corners)).encode()
            entries += b"/A<</O/Layout/Placement/Block/BBox[%s]>>" % box
        return file.add(
            b"<</Type/StructElem/S/%s/P %d 0 R/K%s%s>>" % (element.kind.encode(), parent, kids, entries), own
        )
