"""The empty letter that a word processor opens: page, styles, lists and the marks where it is folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from campaign_app.documents import archive, letter_page, letter_styles, word_package
from campaign_app.documents.letter_styles import BULLETS, NUMBERS, Frame, styles
from campaign_app.documents.paper import LEAST_MARGIN, SIDE_MARGIN, Layout, Window
from campaign_app.documents.script_runs import face
from campaign_app.documents.word_package import Link
from campaign_app.documents.word_styles import (
    Sheet,
    element,
    empty_paragraph,
    markup,
    places_of_lists,
    style_elements,
    twips,
)

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

EDGE = 10.0  # mm between the edges of the paper and what stands in the header and the footer
HEADER, HEADER_ID = "header1.xml", "rId5"
FOOTER, FOOTER_ID = "footer1.xml", "rId6"
CODE = "image1.png"
_CODE_LINK = word_package.links([Link("rId1", RELATIONSHIP_TYPE.IMAGE, f"media/{CODE}")])

# List styles by kind: id, format of the number, and text.
_KINDS = {BULLETS: ("List Bullet", "bullet", "•"), NUMBERS: ("List Number", "decimal", "%1.")}
_LIST = """
<w:abstractNum {namespace} w:abstractNumId="{number}">
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


@lru_cache(256)
def blank(sheet: Sheet, *, has_code: bool) -> archive.Segment:
    """The parts of a letter's package that say nothing of their own, ready to be packed."""
    parts = _parts(sheet, has_code)
    return archive.segment(archive.deflated(name, content, archive.SMALL) for name, content in parts.items())


def _parts(sheet: Sheet, has_code: bool) -> Mapping[str, bytes]:
    has_marks = sheet.setting.layout.fold_marks
    further = [(f"word/{FOOTER}", CONTENT_TYPE.WML_FOOTER)]
    links = [*word_package.LINKS, Link(FOOTER_ID, RELATIONSHIP_TYPE.FOOTER, FOOTER)]
    parts = {word_package.STYLES: styles_part([sheet])}
    if has_marks:
        further.append((f"word/{HEADER}", CONTENT_TYPE.WML_HEADER))
        links.append(Link(HEADER_ID, RELATIONSHIP_TYPE.HEADER, HEADER))
        parts[f"word/{HEADER}"] = header(sheet)
    if has_code:
        parts[links_of(FOOTER)] = code_link(CODE)
    parts[word_package.DOCUMENT_LINKS] = word_package.links(links)
    return {word_package.TYPES: word_package.types(further)} | word_package.unchanging() | parts


def links_of(name: str) -> str:
    """The part that says what another part refers to."""
    return f"word/_rels/{name}.rels"


def code_link(picture: str) -> bytes:
    """What a footer with a QR code refers to."""
    return _CODE_LINK.replace(CODE.encode(), picture.encode())


def styles_part(sheets: Sequence[Sheet]) -> bytes:
    return word_package.part_of("w:styles", style_elements(sheets))


def numbering_part(sheets: Sequence[Sheet], further: Iterable[tuple[str, int]]) -> bytes:
    """The lists that styles refer to, and ``further`` numbered ones by the mark of their sheet and their number."""
    places = places_of_lists(sheets)
    by_mark = {sheet.mark: sheet for sheet in reversed(sheets)}
    kinds = [(by_mark[mark], kind, place) for mark, place in places.items() for kind in _KINDS]
    made = [_kind_of_list(sheet, kind, kind + place) for sheet, kind, place in kinds]
    made += [_list(kind + place, kind + place) for _, kind, place in kinds]
    made += [_list(NUMBERS + places[mark], number) for mark, number in further]
    return word_package.part("w:numbering", "".join(made))


@lru_cache(256)
def usual_numbering(sheet: Sheet) -> archive.Packed:
    """The lists of most letters: those that styles refer to."""
    return archive.deflated(word_package.NUMBERING, numbering_part([sheet], ()), archive.SMALL)


def _kind_of_list(sheet: Sheet, kind: int, number: int) -> str:
    setting = sheet.setting
    style, numbers, text = _KINDS[kind]
    em, font = round(setting.layout.points * 20), face("Latn", setting.language).family
    indent, hanging = round(letter_styles.LIST_INDENT * em), round(letter_styles.HANGING[kind] * em)
    return markup(parse_xml(
        _LIST.format(namespace=nsdecls("w"), number=number, style=sheet.identifier(style), numbers=numbers, text=text,
                     font=font, indent=indent, hanging=hanging)
    ))  # fmt: skip


def _list(kind: int, number: int) -> str:
    """A list that begins at 1, under a ``number`` of its own."""
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


@lru_cache(256)
def page(sheet: Sheet, header_id: str) -> tuple[str, str]:
    """What makes a section of a letter, before and after the id of its footer. Its header may be left out."""
    made = element("w:sectPr", _page(sheet))
    before, _, after = markup(made).partition(">")
    head = f'<w:headerReference w:type="default" r:id="{header_id}"/>' if header_id else ""
    return f'{before}>{head}<w:footerReference w:type="default" r:id="', f'"/>{after}'


def _page(sheet: Sheet) -> Iterator[BaseOxmlElement]:
    paper, side, upright, edge = sheet.setting.layout.paper, twips(SIDE_MARGIN), twips(LEAST_MARGIN), twips(EDGE)
    yield element("w:pgSz", w=twips(paper.width), h=twips(paper.height))
    yield element(
        "w:pgMar", top=upright, right=side, bottom=upright, left=side, header=edge, footer=edge, gutter=0
    )  # fmt: skip
    yield element("w:cols", space=720)
    if sheet.setting.right_to_left:
        yield element("w:bidi")


def header(sheet: Sheet) -> bytes:
    """The marks that say where to fold and to punch, as frames with a line on top."""
    if not sheet.setting.layout.fold_marks:
        return word_package.part("w:hdr", _last(sheet, "footer"))
    marks = (empty_paragraph(mark, sheet.identifier(mark.name)) for mark in _marks(sheet.setting.layout))
    return word_package.part("w:hdr", "".join(marks) + _last(sheet, "header"))


def _marks(layout: Layout) -> Iterator[letter_styles.Style]:
    window = layout.window or Window("", 0, 0, 0, 0)
    marks = [(y, letter_page.FOLD_MARK) for y in window.folds_on(layout.paper)]
    marks += [(window.punch, letter_page.PUNCH_MARK)] if window.punch else []
    for y, length in marks:
        yield replace(letter_styles.FOLD_MARK, frame=Frame(letter_page.MARK_LEFT, y, length))


def _last(sheet: Sheet, name: str) -> str:
    """The paragraph that a header must have beside its frames."""
    return empty_paragraph(styles(sheet.setting)[name], sheet.identifier(name))
