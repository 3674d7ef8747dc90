"""The styles of a letter as WordprocessingML.

Elements stand in the order that its schema wants (ISO/IEC 29500-1, annex A).
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from campaign_app.documents import fonts
from campaign_app.documents.letter_styles import FOLD_MARK, LATIN, NUMBERS, POINTS, Frame, Setting, Style, styles
from campaign_app.documents.script_runs import Face, face, script_of_language

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_BUILT_IN = frozenset({  # names that Word knows, and shows in its user's language
    "Normal", "Salutation", "Body Text", "List Bullet", "List Number", "Closing", "Signature", "header", "footer",
})  # fmt: skip
ADDRESSEE = "Addressee"
_NAMESPACE = re.compile(' xmlns:\\w+="[^"]*"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """The styles of letters of one setting, and the marks at the ends of their ids.

    In a document with letters of many settings the marks tell these apart; ``address_mark`` is for the styles that also
    depend on the size and the place of the address.
    """

    setting: Setting
    mark: str = ""
    address_mark: str = ""

    def identifier(self, name: str) -> str:
        """The id of a paragraph style."""
        mark = self.address_mark if name in (ADDRESSEE, ADDRESSEE + LATIN) else self.mark
        return name.title().replace(" ", "") + mark


def marked(setting: Setting) -> Sheet:
    """The sheet for a document with letters of many settings, the same wherever it is made."""
    any_address = replace(setting, address_size=0, address_leading=0, address_top=0)
    return Sheet(setting, _mark(any_address), _mark(setting))


def _mark(setting: Setting) -> str:
    return f"_{hashlib.blake2b(repr(setting).encode(), digest_size=5).hexdigest()}"


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


def markup(made: BaseOxmlElement) -> str:
    """An element as it stands in a document that declares its namespaces. For what nobody typed."""
    return _NAMESPACE.sub("", etree.tostring(made, encoding="unicode"))


@lru_cache(4096)
def opening(style: Style, identifier: str) -> str:
    """A paragraph in the style, up to where its own properties stand; ``</w:pPr>`` ends them."""
    properties = [element("w:pStyle", val=identifier)]
    if style.frame:
        properties.append(_frame(style.frame))  # LibreOffice does not see the frame of a style
    return f"<w:p><w:pPr>{''.join(map(markup, properties))}"


def empty_paragraph(style: Style, identifier: str) -> str:
    return f"{opening(style, identifier)}</w:pPr></w:p>"


def list_item(number: int) -> BaseOxmlElement:
    """What makes a paragraph an item of the list of that number."""
    return element("w:numPr", (element("w:ilvl", val=0), element("w:numId", val=number)))


def list_item_markup(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def style_elements(sheets: Sequence[Sheet]) -> Iterator[BaseOxmlElement]:
    """All that ``styles.xml`` holds. Of the styles that Word brings along, only those that are here are shown.

    The defaults are those of the first sheet, whose styles have their plain names.
    """
    yield element("w:docDefaults", _defaults(sheets[0].setting))
    yield element("w:latentStyles", defLockedState=0, defUIPriority=99, defSemiHidden=1, defUnhideWhenUsed=0)
    yield from _paragraph_styles(sheets)
    plain = element("w:name", val="Default Paragraph Font")
    yield element("w:style", [plain], type="character", default=1, styleId="DefaultParagraphFont")
    yield character_style("Strong", "w:b", "w:bCs")
    yield character_style("Emphasis", "w:i", "w:iCs")


def _paragraph_styles(sheets: Sequence[Sheet]) -> Iterator[BaseOxmlElement]:
    places = places_of_lists(sheets)
    names: dict[str, str] = {}  # by id
    taken: set[str] = set()
    for sheet in sheets:
        for style in styles(sheet.setting).values():
            identifier = sheet.identifier(style.name)
            if identifier not in names:
                names[identifier] = next(name for name in _names(style, sheet) if name not in taken)
                taken.add(names[identifier])
                yield _paragraph_style(style, sheet, names[identifier], places[sheet.mark])


def places_of_lists(sheets: Iterable[Sheet]) -> dict[str, int]:
    """What comes on top of the numbers of lists, by the mark of the styles that refer to them."""
    marks = dict.fromkeys(sheet.mark for sheet in sheets)
    return {mark: place * NUMBERS for place, mark in enumerate(marks)}


def _names(style: Style, sheet: Sheet) -> Iterator[str]:
    """The names that a style can have, the best first."""
    yield style.name
    with_language = f"{style.name} {sheet.setting.language}"
    yield with_language
    yield from (f"{with_language} {number}" for number in itertools.count(2))


def _frame(frame: Frame) -> BaseOxmlElement:
    return element(
        "w:framePr", w=twips(frame.width), hSpace=0, wrap="around", vAnchor="page", hAnchor="page",
        x=twips(frame.x), y=twips(frame.y),
    )  # fmt: skip


def _defaults(setting: Setting) -> Iterator[BaseOxmlElement]:
    yield element("w:rPrDefault", [element("w:rPr", _type(setting))])
    yield element("w:pPrDefault")


def _type(setting: Setting) -> Iterator[BaseOxmlElement]:
    return type_of(setting.language, setting.layout.points)


def type_of(language: str, points: float) -> Iterator[BaseOxmlElement]:
    """Fonts, size and languages of all text in ``language``."""
    faces, half_points = default_faces(language), round(points * 2)
    latin, east_asian, complex_ = faces["ascii"], faces["eastAsia"], faces["cs"]
    yield element(
        "w:rFonts", ascii=latin.family, hAnsi=latin.family, eastAsia=east_asian.family, cs=complex_.family
    )  # fmt: skip
    yield element("w:sz", val=half_points)
    yield element("w:szCs", val=half_points)
    yield element("w:lang", val=latin.tag, eastAsia=east_asian.tag, bidi=complex_.tag)


def _paragraph_style(style: Style, sheet: Sheet, name: str, lists: int) -> BaseOxmlElement:
    made = element("w:style", type="paragraph", styleId=sheet.identifier(style.name))
    base = style.name == "Normal"
    is_default = name == "Normal"
    if is_default:
        made.set(qn("w:default"), "1")
    if name not in _BUILT_IN:
        made.set(qn("w:customStyle"), "1")
    made.append(element("w:name", val=name))
    if not base:
        made.append(element("w:basedOn", val=sheet.identifier(style.based_on)))
    if style.followed_by:
        made.append(element("w:next", val=sheet.identifier(style.followed_by)))
    made.append(element("w:qFormat"))
    made.append(element("w:pPr", _paragraph_properties(style, sheet.setting, lists)))
    made.append(element("w:rPr", _type(sheet.setting) if base and not is_default else _run_properties(style)))
    return made


def character_style(name: str, *switches: str) -> BaseOxmlElement:
    children = (element("w:name", val=name), element("w:qFormat"), element("w:rPr", map(element, switches)))
    return element("w:style", children, type="character", styleId=name)


def _paragraph_properties(style: Style, setting: Setting, lists: int) -> Iterator[BaseOxmlElement]:
    against = style.left_to_right and setting.right_to_left
    if style.keep_with_next:
        yield element("w:keepNext")
    if style.frame:
        yield _frame(style.frame)
    if style.numbering:
        yield list_item(style.numbering + lists)
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
