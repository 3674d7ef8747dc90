"""Paragraphs of a signature sheet in a word processor, each in a style of its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from campaign_app import languages
from campaign_app.documents import fonts, word_package, word_runs
from campaign_app.documents.script_runs import script_of_language
from campaign_app.documents.sheet import SheetContent
from campaign_app.documents.sheet_blocks import SetPassage
from campaign_app.documents.word_styles import character_style, element, twips, type_of
from campaign_app.letters.letter import ItemList, Run

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

TIGHT = 0.92  # lines as the PDF has them
BULLET, INDENT = "•\t", 300  # of a list; twentieths of a point
SIZES = {"serial": 10.0, "band": 8.5, "caption": 7.5, "count": 6.0, "number": 8.5}  # pt, of what is no passage
BOLD = frozenset({"serial"})
_UNBROKEN_HYPHEN = ("-\u2060", "\u2011")  # as word processors know it


def paragraph(
    language: str, kind: str, text: str, *, align: str = "start", indent: float = 0.0, far_indent: float = 0.0,
    left_to_right: bool = False,
) -> str:  # fmt: skip
    """A line of a kind of ``SIZES``, ``indent`` mm from where lines begin and ``far_indent`` from where they end."""
    return _paragraph(
        language, (Run(text),), SIZES[kind], align=align, indent=twips(indent), far_indent=twips(far_indent),
        bold=kind in BOLD, left_to_right=left_to_right,
    )  # fmt: skip


def of_passage(passage: SetPassage, indent: float, above: float) -> Iterator[str]:
    """A passage as a paragraph, or one for each item of a list, with that many mm more beside and above it."""
    asked = passage.passage
    before, beside = twips(asked.above + above), twips(indent)
    if not isinstance(asked.said, ItemList):
        near, far = (beside, 0) if asked.align == "start" else (0, beside)
        yield _paragraph(
            asked.language, asked.said.runs, asked.size, above=before, align=asked.align, indent=near, far_indent=far
        )
        return
    for number, item in enumerate(asked.said.items, 1):
        mark = f"{number}.\t" if asked.said.ordered else BULLET
        runs = (Run(mark), *item)
        yield _paragraph(
            asked.language, runs, asked.size, above=0 if number > 1 else before, indent=beside, hanging=INDENT
        )


def styles(content: SheetContent) -> bytes:
    """A style for each language, with its fonts; the first is that of all text. Some texts may still be in English."""
    children = [element("w:docDefaults", _defaults(content.language))]
    children += [_style(language, place == 0) for place, language in enumerate(_languages(content))]
    children += [character_style("Strong", "w:b", "w:bCs"), character_style("Emphasis", "w:i", "w:iCs")]
    return word_package.part_of("w:styles", children)


def _languages(content: SheetContent) -> Iterable[str]:
    return dict.fromkeys((*content.design.languages, "en"))


def _defaults(language: str) -> Iterator[BaseOxmlElement]:
    yield element("w:rPrDefault", [element("w:rPr", type_of(language, 10.0))])
    yield element("w:pPrDefault")


def _style(language: str, is_default: bool) -> BaseOxmlElement:
    made = element("w:style", type="paragraph", styleId=_identifier(language))
    made.set(qn("w:default" if is_default else "w:customStyle"), "1")
    name = "Normal" if is_default else f"Sheet {languages.name(language, 'en')}"
    made.append(element("w:name", val=name))
    made.append(element("w:qFormat"))
    properties = [element("w:bidi")] if languages.direction(language) == "rtl" else []
    properties.append(element("w:spacing", before=0, after=0))
    made.append(element("w:pPr", properties))
    made.append(element("w:rPr", type_of(language, 10.0)))
    return made


def _identifier(language: str) -> str:
    return f"Sheet{language.replace('-', '')}"


def _paragraph(
    language: str, runs: tuple[Run, ...], size: float, *, above: int = 0, align: str = "start", indent: int = 0,
    far_indent: int = 0, hanging: int = 0, bold: bool = False, left_to_right: bool = False,
) -> str:  # fmt: skip
    line = round(fonts.leading(language) * TIGHT * size * 20)
    indents = f'<w:ind w:left="{indent + hanging}" w:right="{far_indent}" w:hanging="{hanging}"/>'
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{indent + hanging}"/></w:tabs>' if hanging else ""
    way = '<w:bidi w:val="0"/>' if left_to_right and languages.direction(language) == "rtl" else ""
    said = "".join(_sized(run, language, size, bold) for run in runs)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{_identifier(language)}"/>{tabs}{way}'
        f'<w:spacing w:before="{above}" w:after="0" w:line="{line}" w:lineRule="exact"/>{indents}'
        f'<w:jc w:val="{align}"/></w:pPr>{said}</w:p>'
    )


def _sized(run: Run, language: str, size: float, bold: bool) -> str:
    """The run in its size: whatever of it stands in another script, too."""
    strong = Run(run.text.replace(*_UNBROKEN_HYPHEN), run.strong or bold, run.emphasis)
    half = round(size * 2)
    sized = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    markup = word_runs.run_markup(strong, script_of_language(language), language)
    return _with_size(markup, sized)


def _with_size(markup: str, sized: str) -> str:
    """In each run's properties, where its schema wants it: before what says script and language."""
    parts = []
    for run in markup.split("<w:r>")[1:]:
        if not run.startswith("<w:rPr>"):
            parts.append(f"<w:r><w:rPr>{sized}</w:rPr>{run}")
            continue
        properties, rest = run.removeprefix("<w:rPr>").split("</w:rPr>", 1)
        at = min((place for tag in _AFTER_SIZE if (place := properties.find(tag)) >= 0), default=len(properties))
        parts.append(f"<w:r><w:rPr>{properties[:at]}{sized}{properties[at:]}</w:rPr>{rest}")
    return "".join(parts)


_AFTER_SIZE = ("<w:rtl", "<w:cs", "<w:lang")
