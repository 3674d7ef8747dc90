"""The foot of a letter in a word processor: its reference, and beside it the QR code that opens its page."""

from __future__ import annotations

from functools import lru_cache
from xml.sax.saxutils import escape

from docx.shared import Mm

from campaign_app.documents import word_package, word_runs
from campaign_app.documents.letter_styles import CODE_SIZE, Setting, styles
from campaign_app.documents.paper import LEAST_MARGIN, SIDE_MARGIN
from campaign_app.documents.word_styles import Sheet, opening
from campaign_app.letters.letter import Letter, Run

_IN_ATTRIBUTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_PICTURE = """<w:r><w:drawing>\
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" \
layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>\
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>\
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>\
<wp:extent cx="{size}" cy="{size}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>\
<wp:docPr id="{number}" name="QR code" descr="{link}"/>\
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>\
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>\
<pic:nvPicPr><pic:cNvPr id="0" name="image.png"/><pic:cNvPicPr/></pic:nvPicPr>\
<pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>\
</pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"""


def footer(letter: Letter, sheet: Sheet, number: int = 1) -> bytes:
    """The footer of a letter; its QR code has a ``number`` of its own in the document. Raises ``Unwritable``."""
    reference, code = _openings(sheet)
    said = ""
    if letter.reference:
        said = f"{reference}{word_runs.run_markup(Run(letter.reference), 'Latn', letter.language)}</w:p>"
    return word_package.part("w:ftr", f"{said}{code}{_code(letter, sheet, number)}</w:p>", "r", "wp", "a", "pic")


@lru_cache(256)
def _openings(sheet: Sheet) -> tuple[str, str]:
    """How the paragraphs begin: the reference in its frame, and the footer's own."""
    own = styles(sheet.setting)
    reference, code = (f"{opening(own[name], sheet.identifier(name))}</w:pPr>" for name in ("Reference", "footer"))
    return reference, code


def _code(letter: Letter, sheet: Sheet, number: int) -> str:
    if not letter.link:
        return ""
    word_runs.check(letter.link)
    return _picture(sheet.setting).format(link=escape(letter.link, _IN_ATTRIBUTES), number=number)


@lru_cache(256)
def _picture(setting: Setting) -> str:
    """A picture that has its place at the foot of the page, with gaps for the link and the number."""
    paper = setting.layout.paper
    x = SIDE_MARGIN if setting.right_to_left else paper.width - SIDE_MARGIN - CODE_SIZE
    y = paper.height - LEAST_MARGIN - CODE_SIZE
    return _PICTURE.format(x=Mm(x), y=Mm(y), size=Mm(CODE_SIZE), link="{link}", number="{number}")
