"""What has its place on a page of a word processor: tables with rows of exact heights, and pictures, in mm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.shared import Mm

from campaign_app.documents.sheet_grid import Box
from campaign_app.documents.word_styles import twips

SEPARATOR = 25.4 / 72  # mm; the height of the paragraph that keeps two tables apart
# From left to right, since LibreOffice turns places round where paragraphs run the other way.
_PARAGRAPH = (
    '<w:p><w:pPr>{before}<w:bidi w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    "</w:pPr>{runs}</w:p>"
)
_IN_ATTRIBUTES = {'"': "&quot;"}
_PICTURE = """<w:r><w:drawing>\
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0" \
layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>\
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>\
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>\
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>\
<wp:docPr id="{number}" name="{name} {number}" descr="{said}"/>\
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>\
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>\
<pic:nvPicPr><pic:cNvPr id="0" name="image.png"/><pic:cNvPicPr/></pic:nvPicPr>\
<pic:blipFill><a:blip r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>\
</pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"""


ALL_SIDES = ("top", "left", "bottom", "right")


@dataclass(frozen=True, slots=True)
class Cell:
    """Paragraphs in a cell of ``width`` mm, in WordprocessingML, which stand at its ``top``, ``center`` or ``bottom``.

    ``lines`` says how thick its borders are, in mm.
    """

    width: float
    paragraphs: str = ""
    lines: float = 0.0
    stands: str = "top"
    sides: tuple[str, ...] = ALL_SIDES
    dash: str = "single"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of exactly ``height`` mm: so everything below stays in its place, whatever is edited."""

    cells: tuple[Cell, ...]
    height: float


def thin(runs: str = "", *, new_page: bool = False) -> str:
    """The least of a paragraph: between two tables, or for pictures to hang on."""
    return _PARAGRAPH.format(before="<w:pageBreakBefore/>" if new_page else "", runs=runs)


def table(rows: Sequence[Row]) -> str:
    """A table that begins at the left margin, and the paragraph that keeps it apart from the next."""
    return f"{inner_table(rows)}{thin()}"


def inner_table(rows: Sequence[Row]) -> str:
    """A table, as it may stand in a cell before a last paragraph. Its columns stand from left to right."""
    width = sum(cell.width for cell in rows[0].cells)
    columns = "".join(f'<w:gridCol w:w="{twips(cell.width)}"/>' for cell in rows[0].cells)
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    return (
        f'<w:tbl><w:tblPr><w:bidiVisual w:val="0"/><w:tblW w:w="{twips(width)}" w:type="dxa"/>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(map(_row, rows))}</w:tbl>"
    )


def picture(link: str, place: Box, number: int, name: str, said: str = "") -> str:
    """A run that shows the picture of ``link`` at a place of the page; ``number`` is its own in the document."""
    return _PICTURE.format(
        link=link, x=Mm(place.x), y=Mm(place.y), width=Mm(place.width), height=Mm(place.height), number=number,
        name=name, said=escape(said, _IN_ATTRIBUTES),
    )  # fmt: skip


def _row(row: Row) -> str:
    height = f'<w:trHeight w:val="{twips(row.height)}" w:hRule="exact"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(map(_cell, row.cells))}</w:tr>"


def _cell(cell: Cell) -> str:
    borders = f"<w:tcBorders>{_borders(cell)}</w:tcBorders>" if cell.lines else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(cell.width)}" w:type="dxa"/>{borders}'
        f'<w:vAlign w:val="{cell.stands}"/></w:tcPr>{cell.paragraphs or thin()}</w:tc>'
    )


def _borders(cell: Cell) -> str:
    eighths = max(round(cell.lines * 72 / 25.4 * 8), 2)
    line = f'w:val="{cell.dash}" w:sz="{eighths}" w:space="0" w:color="000000"'
    return "".join(f"<w:{side} {line}/>" for side in cell.sides)
