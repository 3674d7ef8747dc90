"""The empty letter that a word processor opens: page, styles and foot, and nothing that says who made it, or where."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm
from PIL import Image

from campaign_app.documents import letter_page, letter_styles
from campaign_app.documents.letter_styles import BULLETS, NUMBERS, Frame, Setting
from campaign_app.documents.paper import LEAST_MARGIN, SIDE_MARGIN, Layout, Window
from campaign_app.documents.script_runs import face
from campaign_app.documents.word_styles import element, paragraph, style_elements

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.oxml.xmlchemy import BaseOxmlElement

DOCUMENT, FOOTER, NUMBERING = "word/document.xml", "word/footer1.xml", "word/numbering.xml"
FOOTER_LINKS, CODE, PROPERTIES = "word/_rels/footer1.xml.rels", "word/media/image1.png", "docProps/core.xml"
EDGE = 10.0  # mm between the edges of the paper and what stands in the header and the footer

# What Word takes where our fonts are not installed: by font, the font of Windows nearest to it.
_ALTERNATIVES = {
    "Noto Serif": "Cambria", "Noto Serif CJK KR": "Batang", "Noto Serif CJK JP": "MS Mincho",
    "Noto Serif CJK SC": "SimSun", "Noto Serif CJK TC": "PMingLiU", "Noto Naskh Arabic": "Traditional Arabic",
    "Noto Nastaliq Urdu": "Urdu Typesetting", "Noto Serif Hebrew": "David", "Noto Serif Devanagari": "Nirmala UI",
    "Noto Serif Bengali": "Nirmala UI", "Noto Serif Tamil": "Nirmala UI", "Noto Serif Sinhala": "Nirmala UI",
    "Noto Serif Thai": "Leelawadee UI", "Noto Serif Lao": "Leelawadee UI", "Noto Serif Khmer": "Leelawadee UI",
    "Noto Serif Myanmar": "Myanmar Text", "Noto Serif Ethiopic": "Ebrima", "Noto Serif Georgian": "Sylfaen",
    "Noto Serif Armenian": "Sylfaen", "Noto Serif Tibetan": "Microsoft Himalaya",
}  # fmt: skip
_KEPT = frozenset({
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.NUMBERING,
})  # fmt: skip

# Word takes names and dates of its user out of the file again when it saves it; spaces add up as they do on paper;
# version 15 is what Word calls a document that needs no compatibility mode.
_SETTINGS = f"""
<w:settings {nsdecls("w")}>
  <w:removePersonalInformation/>
  <w:removeDateAndTime/>
  <w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:doNotUseHTMLParagraphAutoSpacing/>
    <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  </w:compat>
</w:settings>
"""
_LIST = """
<w:abstractNum {namespace} w:abstractNumId="{kind}">
  <w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0">
    <w:start w:val="1"/>
    <w:numFmt w:val="{numbers}"/>
    <w:pStyle w:val="{style}"/>
    <w:lvlText w:val="{text}"/>
    <w:lvlJc w:val="left"/>
    <w:pPr><w:ind w:left="{indent}" w:hanging="{hanging}"/></w:pPr>
    <w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}" w:hint="default"/></w:rPr>
  </w:lvl>
</w:abstractNum>
"""
_PLACED = """
<wp:anchor {namespace} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"
    locked="0" layoutInCell="1" allowOverlap="1">
  <wp:simplePos x="0" y="0"/>
  <wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
  <wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>
  <wp:extent cx="{size}" cy="{size}"/>
  <wp:effectExtent l="0" t="0" r="0" b="0"/>
  <wp:wrapNone/>
</wp:anchor>
"""


@lru_cache(128)
def blank(setting: Setting) -> Mapping[str, bytes]:
    """The parts of the package by their names, in the order in which they are packed.

    The footer has a place for the reference and a picture for the QR code that waits for its own.
    """
    document = Document()
    _drop_foreign_parts(document)
    _replace(document.styles.element, style_elements(setting))
    _replace(document.settings.element, parse_xml(_SETTINGS))
    _replace(document.part.numbering_part.element, _lists(setting))
    _add_font_table(document)
    _set_page(document, setting)
    _set_marks(document, setting.layout)
    _set_foot(document, setting)
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as package:
        return {name: package.read(name) for name in package.namelist()}


def _drop_foreign_parts(document: Docx) -> None:
    """Drops what python-docx's template brings along: a thumbnail, a theme, who made it with which program."""
    for relationships in (document.part.package.rels, document.part.rels):
        for name in [name for name, link in relationships.items() if link.reltype not in _KEPT]:
            del relationships[name]


def _replace(root: BaseOxmlElement, children: Iterable[BaseOxmlElement]) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(list(children))


def _lists(setting: Setting) -> Iterator[BaseOxmlElement]:
    em, font = round(setting.layout.points * 20), face("Latn", setting.language).family
    kinds = ((BULLETS, "ListBullet", "bullet", "•"), (NUMBERS, "ListNumber", "decimal", "%1."))
    for kind, style, numbers, text in kinds:
        indent, hanging = round(letter_styles.LIST_INDENT * em), round(letter_styles.HANGING[kind] * em)
        yield parse_xml(
            _LIST.format(namespace=nsdecls("w"), kind=kind, style=style, numbers=numbers, text=text, font=font,
                         indent=indent, hanging=hanging)
        )  # fmt: skip
    for kind, *_ in kinds:
        yield list_of(kind, kind)


def list_of(kind: int, number: int) -> BaseOxmlElement:
    """A list of the kind ``BULLETS`` or ``NUMBERS`` that begins at 1, under a ``number`` of its own."""
    start = element("w:lvlOverride", [element("w:startOverride", val=1)], ilvl=0)
    return element("w:num", (element("w:abstractNumId", val=kind), start), numId=number)


def _add_font_table(document: Docx) -> None:
    entries = (
        element("w:font", (element("w:altName", val=alternative), element("w:family", val="roman")), name=name)
        for name, alternative in _ALTERNATIVES.items()
    )
    table = serialize_part_xml(element("w:fonts", entries))
    part = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, table, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_page(document: Docx, setting: Setting) -> None:
    section, paper = document.sections[0], setting.layout.paper
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.left_margin = section.right_margin = Mm(SIDE_MARGIN)
    section.top_margin = section.bottom_margin = Mm(LEAST_MARGIN)
    section.header_distance = section.footer_distance = Mm(EDGE)
    properties = section._sectPr
    properties.attrib.clear()
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    if setting.right_to_left:
        properties.append(element("w:bidi"))


def _set_foot(document: Docx, setting: Setting) -> None:
    """Sets the reference in its frame, and in the footer's own paragraph the QR code, which stands beside it."""
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    last = footer.paragraphs[0]
    last._p.addprevious(paragraph(letter_styles.styles(setting)["Reference"]))
    stream = io.BytesIO()
    Image.new("1", (1, 1)).save(stream, "PNG")
    inline = last.add_run().add_picture(stream, Mm(letter_styles.CODE_SIZE))._inline
    inline.getparent().replace(inline, _placed(inline, setting))


def _placed(inline: BaseOxmlElement, setting: Setting) -> BaseOxmlElement:
    """A picture in a line as one that has its place at the foot of the page."""
    paper, size = setting.layout.paper, letter_styles.CODE_SIZE
    x = SIDE_MARGIN if setting.right_to_left else paper.width - SIDE_MARGIN - size
    y = paper.height - LEAST_MARGIN - size
    placed = parse_xml(_PLACED.format(namespace=nsdecls("wp"), x=Mm(x), y=Mm(y), size=Mm(size)))
    inline.docPr.name = "QR code"
    placed.extend(inline[1:])
    return placed


def _set_marks(document: Docx, layout: Layout) -> None:
    """Sets the marks that say where to fold and to punch into the header, as frames with a line on top."""
    if not layout.fold_marks:
        return
    header = document.sections[0].header
    header.is_linked_to_previous = False
    window = layout.window or Window("", 0, 0, 0, 0)
    marks = [(y, letter_page.FOLD_MARK) for y in window.folds_on(layout.paper)]
    marks += [(window.punch, letter_page.PUNCH_MARK)] if window.punch else []
    for y, length in marks:
        mark = replace(letter_styles.FOLD_MARK, frame=Frame(letter_page.MARK_LEFT, y, length))
        header.paragraphs[0]._p.addprevious(paragraph(mark))
