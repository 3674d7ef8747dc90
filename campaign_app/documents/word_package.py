"""The parts of a DOCX that say nothing of their own: what belongs together, settings, fonts, properties.

Nothing in them says who made the file, with which program, or where. (ISO/IEC 29500-1 and -2.)
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, NAMESPACE, RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls

from campaign_app.documents.word_runs import check
from campaign_app.documents.word_styles import element, markup

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

DOCUMENT, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
SETTINGS, FONTS, PROPERTIES = "word/settings.xml", "word/fontTable.xml", "docProps/core.xml"
TYPES, PACKAGE_LINKS, DOCUMENT_LINKS = "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_RETURN = {"\r": "&#13;"}  # or else a parser would read a line feed
LONGEST_TITLE = 255  # characters; Word shows no more

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
_TYPES_OF_ALL = {
    DOCUMENT: CONTENT_TYPE.WML_DOCUMENT_MAIN, STYLES: CONTENT_TYPE.WML_STYLES, NUMBERING: CONTENT_TYPE.WML_NUMBERING,
    SETTINGS: CONTENT_TYPE.WML_SETTINGS, FONTS: CONTENT_TYPE.WML_FONT_TABLE,
    PROPERTIES: CONTENT_TYPE.OPC_CORE_PROPERTIES,
}  # fmt: skip

# Word takes names and dates of its user out of the file again when it saves it; spaces add up as they do on paper;
# version 15 is what Word calls a document that needs no compatibility mode.
_SETTINGS = (
    '<w:removePersonalInformation/><w:removeDateAndTime/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotUseHTMLParagraphAutoSpacing/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat>"
)


class Link(NamedTuple):
    """What another part refers to under an ``identifier``."""

    identifier: str
    type: str
    target: str


LINKS = (
    Link("rId1", RELATIONSHIP_TYPE.STYLES, "styles.xml"),
    Link("rId2", RELATIONSHIP_TYPE.SETTINGS, "settings.xml"),
    Link("rId3", RELATIONSHIP_TYPE.NUMBERING, "numbering.xml"),
    Link("rId4", RELATIONSHIP_TYPE.FONT_TABLE, "fontTable.xml"),
)  # of every document
_PACKAGE = (
    Link("rId1", RELATIONSHIP_TYPE.CORE_PROPERTIES, PROPERTIES),
    Link("rId2", RELATIONSHIP_TYPE.OFFICE_DOCUMENT, DOCUMENT),
)


def part(tag: str, content: str, *namespaces: str) -> bytes:
    """A part whose root has that tag."""
    before, after = ends(tag, *namespaces)
    return f"{before}{content}{after}".encode()


@cache
def ends(tag: str, *namespaces: str) -> tuple[str, str]:
    """How a part begins and ends."""
    return f"{DECLARATION}<{tag} {nsdecls('w', *namespaces)}>", f"</{tag}>"


def part_of(root: str, children: Iterable[BaseOxmlElement]) -> bytes:
    return part(root, "".join(map(markup, children)))


def links(given: Iterable[Link]) -> bytes:
    inside = "".join(f'<Relationship Id="{i}" Type="{type}" Target="{target}"/>' for i, type, target in given)
    return f'{DECLARATION}<Relationships xmlns="{NAMESPACE.OPC_RELATIONSHIPS}">{inside}</Relationships>'.encode()


def types(further: Iterable[tuple[str, str]]) -> bytes:
    """What is what: ``further`` are names of parts and their types that not every document has."""
    inside = "".join(
        f'<Override PartName="/{name}" ContentType="{type}"/>' for name, type in (*_TYPES_OF_ALL.items(), *further)
    )
    return (
        f'{DECLARATION}<Types xmlns="{NAMESPACE.OPC_CONTENT_TYPES}"><Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>'
        f'<Default Extension="xml" ContentType="{CONTENT_TYPE.XML}"/>{inside}</Types>'
    ).encode()


def properties(title: str, language: str) -> bytes:
    """What the file says about itself. Raises ``Unwritable``."""
    check(title)
    tags = (("dc:title", title[:LONGEST_TITLE]), ("dc:language", language))
    said = "".join(f"<{tag}>{escape(text, _RETURN)}</{tag}>" for tag, text in tags if text)
    root = "cp:coreProperties"
    return f"{DECLARATION}<{root} {nsdecls('cp', 'dc', 'dcterms')}>{said}</{root}>".encode()


@cache
def unchanging() -> dict[str, bytes]:
    """The parts that are the same in every document."""
    entries = (
        element("w:font", (element("w:altName", val=alternative), element("w:family", val="roman")), name=name)
        for name, alternative in _ALTERNATIVES.items()
    )
    return {
        PACKAGE_LINKS: links(_PACKAGE),
        SETTINGS: part("w:settings", _SETTINGS),
        FONTS: part_of("w:fonts", entries),
    }
