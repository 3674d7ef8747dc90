"""The styles of a letter as WordprocessingML.

Elements stand in the order that its schema wants (ISO/IEC 29500-1, annex A).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from campaign_app.documents import fonts
from campaign_app.documents.letter_styles import FOLD_MARK, POINTS, Frame, Setting, Style, styles
from campaign_app.documents.script_runs import Face, face, script_of_language

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_BUILT_IN = frozenset({  # names that Word knows, and shows in its user's language
    "Normal", "Salutation", "Body Text", "List Bullet", "List Number", "Closing", "Signature", "header", "footer",
})  # fmt: skip


def element(tag: str, children: Iterable[BaseOxmlElement] = (), **attributes: object) -> BaseOxmlElement:
    """An element with attributes of WordprocessingML."""
    made: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def twips(length: float) -> int:
    """A length in mm in twentieths of a point."""
    return round(length * POINTS * 20)


@lru_cache(256)
def default_faces(language: str) -> dict[str, Face]:
    """What a run is set in that says nothing else, by slot."""
    own = face(script_of_language(language), language)
    usual = {"ascii": face("Latn", language), "eastAsia": face("Kore", language), "cs": face("Arab", language)}
    return usual | {own.slot: own}


def paragraph(style: Style) -> BaseOxmlElement:
    """An empty paragraph in the style."""
    return copy.deepcopy(_paragraph(style))


def list_item(number: int) -> BaseOxmlElement:
    """What makes a paragraph an item of the list of that number."""
    return element("w:numPr", (element("w:ilvl", val=0), element("w:numId", val=number)))


def style_elements(setting: Setting) -> Iterator[BaseOxmlElement]:
    """All that ``styles.xml`` holds. Of the styles that Word brings along, only those that are here are shown."""
    yield _defaults(setting)
    yield element("w:latentStyles", defLockedState=0, defUIPriority=99, defSemiHidden=1, defUnhideWhenUsed=0)
    for style in styles(setting).values():
        yield _paragraph_style(style, setting)
    plain = element("w:name", val="Default Paragraph Font")
    yield element("w:style", [plain], type="character", default=1, styleId="DefaultParagraphFont")
    yield _character_style("Strong", "w:b", "w:bCs")
    yield _character_style("Emphasis", "w:i", "w:iCs")


@lru_cache(1024)
def _paragraph(style: Style) -> BaseOxmlElement:
    properties = element("w:pPr", [element("w:pStyle", val=_identifier(style.name))])
    if style.frame:
        properties.append(_frame(style.frame))  # LibreOffice does not see the frame of a style
    return element("w:p", [properties])


def _identifier(name: str) -> str:
    return name.title().replace(" ", "")


def _frame(frame: Frame) -> BaseOxmlElement:
    return element(
        "w:framePr", w=twips(frame.width), hSpace=0, wrap="around", vAnchor="page", hAnchor="page",
        x=twips(frame.x), y=twips(frame.y),
    )  # fmt: skip


def _defaults(setting: Setting) -> BaseOxmlElement:
    """Fonts, size and languages of all text."""
    faces, half_points = default_faces(setting.language), round(setting.layout.points * 2)
    latin, east_asian, complex_ = faces["ascii"], faces["eastAsia"], faces["cs"]
    properties = (
        element("w:rFonts", ascii=latin.family, hAnsi=latin.family, eastAsia=east_asian.family, cs=complex_.family),
        element("w:sz", val=half_points),
        element("w:szCs", val=half_points),
        element("w:lang", val=latin.tag, eastAsia=east_asian.tag, bidi=complex_.tag),
    )
    run_defaults = element("w:rPrDefault", [element("w:rPr", properties)])
    return element("w:docDefaults", [run_defaults, element("w:pPrDefault")])


def _paragraph_style(style: Style, setting: Setting) -> BaseOxmlElement:
    made = element("w:style", type="paragraph", styleId=_identifier(style.name))
    if style.name == "Normal":
        made.set(qn("w:default"), "1")
    if style.name not in _BUILT_IN:
        made.set(qn("w:customStyle"), "1")
    made.append(element("w:name", val=style.name))
    if style.name != "Normal":
        made.append(element("w:basedOn", val=_identifier(style.based_on)))
    if style.followed_by:
        made.append(element("w:next", val=_identifier(style.followed_by)))
    made.append(element("w:qFormat"))
    made.append(element("w:pPr", _paragraph_properties(style, setting)))
    made.append(element("w:rPr", _run_properties(style)))
    return made


def _character_style(name: str, *switches: str) -> BaseOxmlElement:
    children = (element("w:name", val=name), element("w:qFormat"), element("w:rPr", map(element, switches)))
    return element("w:style", children, type="character", styleId=name)


def _paragraph_properties(style: Style, setting: Setting) -> Iterator[BaseOxmlElement]:
    against = style.left_to_right and setting.right_to_left
    if style.keep_with_next:
        yield element("w:keepNext")
    if style.frame:
        yield _frame(style.frame)
    if style.numbering:
        yield list_item(style.numbering)
    if style is FOLD_MARK:
        yield element("w:pBdr", [element("w:top", val="single", sz=4, space=0, color="auto")])
    if style.name == "Normal":
        yield element("w:wordWrap", val=1)  # Korean breaks between words
        yield from (element(tag, val=0) for tag in ("w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN"))
    if against or (style.name == "Normal" and setting.right_to_left):
        yield element("w:bidi", val=0 if against else 1)
    yield _spacing(style, setting)
    near, far = (style.far_indent, style.indent) if against else (style.indent, style.far_indent)
    if near or far:
        yield element("w:ind", left=twips(near), right=twips(far), hanging=twips(style.hanging))
    if not style.space_within:
        yield element("w:contextualSpacing")
    if style.align or against:
        yield element("w:jc", val=style.align or "left")
    if style.heading:
        yield element("w:outlineLvl", val=0)


def _spacing(style: Style, setting: Setting) -> BaseOxmlElement:
    """Spaces and lines. Lines lower than their font have to be told so; others may grow with another font."""
    made = element("w:spacing", before=round(style.before * 20), after=round(style.after * 20))
    if style.leading:
        family = face("Latn" if style.left_to_right else setting.script, setting.language).family
        low = style.leading < sum(fonts.reach(family))
        made.set(qn("w:line"), str(round(style.leading * (style.size or setting.layout.points) * 20)))
        made.set(qn("w:lineRule"), "exact" if low else "atLeast")
    return made


def _run_properties(style: Style) -> Iterator[BaseOxmlElement]:
    if style.bold:
        yield from (element("w:b"), element("w:bCs"))
    if style.size:
        yield from (element(tag, val=round(style.size * 2)) for tag in ("w:sz", "w:szCs"))
