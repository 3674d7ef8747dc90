"""Text as runs of WordprocessingML, each marked with the script, the font and the language that it is in."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape

from campaign_app.documents import fonts
from campaign_app.documents.script_runs import COMPLEX, EAST_ASIAN, RIGHT_TO_LEFT, by_font, face, stretches
from campaign_app.documents.word_styles import default_faces, element, markup
from campaign_app.letters.letter import Run

_FONTS = {"ascii": ("ascii", "hAnsi"), "eastAsia": ("eastAsia",), "cs": ("cs",)}  # attributes of w:rFonts by slot
_LANGUAGES = {"ascii": "val", "eastAsia": "eastAsia", "cs": "bidi"}  # attributes of w:lang by slot
_CONTROLS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>"}
_BREAKS = re.compile("([\t\n\r])")
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


class Unwritable(ValueError):
    """A character that cannot stand in a document, such as NUL or half of a surrogate pair."""


def check(text: str) -> None:
    """Raises ``Unwritable`` where ``text`` has a character that no XML can hold."""
    if wrong := _UNWRITABLE.search(text):
        raise Unwritable(f"U+{ord(wrong[0]):04X} cannot stand in a document.")


def run_markup(run: Run, own: str, language: str) -> str:
    """A run of a paragraph in the script ``own``, cut where script or font change. Raises ``Unwritable``."""
    check(run.text)
    emphasis = _emphasis(run, language)
    return "".join(
        f"<w:r>{_properties(emphasis, script, font, language)}{_content(text)}</w:r>"
        for script, stretch in stretches(run.text, own)
        for font, text in by_font(script, stretch)
    )


def _content(text: str) -> str:
    if not _BREAKS.search(text):
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    parts = _BREAKS.split(text)
    return "".join(_CONTROLS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in parts if part)


def _emphasis(run: Run, language: str) -> str:
    """The style of characters. What other scripts say with italics, those without say with bold type."""
    if run.strong or (run.emphasis and not fonts.slants(run.text, language)):
        return "Strong"
    return "Emphasis" if run.emphasis else ""


@lru_cache(1024)
def _properties(emphasis: str, script: str, font: str, language: str) -> str:
    """What says in which script a run is, and in which font and language where these are not those of the letter."""
    own, family = face(script, language), face(font, language).family
    usual = default_faces(language)[own.slot]
    families = dict.fromkeys(_FONTS[own.slot], family) if family != usual.family else {}
    if script in EAST_ASIAN:
        families["hint"] = "eastAsia"
    properties = element("w:rPr")
    if emphasis:
        properties.append(element("w:rStyle", val=emphasis))
    if families:
        properties.append(element("w:rFonts", (), **families))
    if script in RIGHT_TO_LEFT or script in COMPLEX:
        properties.append(element("w:rtl" if script in RIGHT_TO_LEFT else "w:cs"))
    if own.tag != usual.tag:
        properties.append(element("w:lang", (), **{_LANGUAGES[own.slot]: own.tag}))
    return markup(properties) if len(properties) else ""
