"""Fonts in a PDF: each face once a file, with nothing but the glyphs that the file shows, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import uharfbuzz

from campaign_app.documents import faces
from campaign_app.documents.faces import THOUSAND, Face
from campaign_app.documents.pdf_file import PdfFile
from campaign_app.documents.shown_glyphs import Glyphs

_NOT_FOR_PAPER = (
    b"GSUB", b"GPOS", b"GDEF", b"BASE", b"VORG", b"vhea", b"vmtx", b"cmap", b"name", b"OS/2", b"post", b"kern", b"STAT",
)  # fmt: skip
_SUBSET = (
    uharfbuzz.SubsetFlags.NO_HINTING
    | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
)
_LINES_A_BLOCK = 100  # of a character map (Adobe Technical Note 5014)
_SYMBOLIC = 4


class NotCut(Exception):
    """A font could not be cut to the glyphs that a file shows."""


def embed(file: PdfFile, said: Glyphs) -> bytes:
    """Writes the fonts; the dictionary of them for the pages that use them."""
    numbers = {key: _embed(file, faces.by_key(key), said[key]) for key in sorted(said) if said[key]}
    return b"<<" + b"".join(b"/%s %d 0 R" % (key.encode(), number) for key, number in numbers.items()) + b">>"


def _embed(file: PdfFile, face: Face, said: Mapping[int, str]) -> int:
    """A font of type 0 (ISO 32000-1, 9.7) whose codes are the numbers of its glyphs."""
    glyphs = sorted(said)
    name = b"%s+%s" % (_tag(glyphs), f"{face.family}-{face.style}".replace(" ", "").encode())
    program = file.add_stream(_program(face, glyphs), b"/Subtype/CIDFontType0C" if face.is_cff else b"")
    above, below = (round(reach) for reach in face.reach)
    descriptor = file.add(
        b"<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[-1000 %d 2000 %d]/ItalicAngle %d/Ascent %d/Descent %d"
        b"/CapHeight %d/StemV 80/%s %d 0 R>>"
        % (name, _SYMBOLIC, -below, above, -12 if face.style == "Italic" else 0, above, -below, above,
           b"FontFile3" if face.is_cff else b"FontFile2", program)
    )  # fmt: skip
    kind = b"/CIDFontType0" if face.is_cff else b"/CIDFontType2/CIDToGIDMap/Identity"
    descendant = file.add(
        b"<</Type/Font/Subtype%s/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor %d 0 R/DW %d/W[%s]>>"
        % (kind, name, descriptor, THOUSAND, b" ".join(_widths(face, glyphs)))
    )  # fmt: skip
    characters = file.add_stream(_character_map(said))
    return file.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (name, descendant, characters)
    )


def _tag(glyphs: Sequence[int]) -> bytes:
    """Six capitals that tell this choice of glyphs from others (9.6.4)."""
    seed = 0
    for glyph in glyphs:
        seed = (seed * 31 + glyph) % 26**6
    return bytes(65 + seed // 26**place % 26 for place in range(6))


def _widths(face: Face, glyphs: Sequence[int]) -> Iterator[bytes]:
    for _, run in groupby(enumerate(glyphs), key=lambda pair: pair[1] - pair[0]):
        numbers = [glyph for _, glyph in run]
        yield b"%d[%s]" % (numbers[0], b" ".join(b"%d" % face.advance(glyph) for glyph in numbers))


def _program(face: Face, glyphs: Sequence[int]) -> bytes:
    """The font with these glyphs only, under the numbers they had; CFF fonts of ours name these themselves."""
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(int.from_bytes(name, "big") for name in _NOT_FOR_PAPER)
    wanted.flags = _SUBSET if face.is_cff else _SUBSET | uharfbuzz.SubsetFlags.RETAIN_GIDS
    cut = uharfbuzz.subset(face.font.face, wanted)
    if cut is None:
        raise NotCut(face.family)
    if face.is_cff:
        return bytes(cut.reference_table("CFF ").data)
    return bytes(cut.blob.data)


def _character_map(said: Mapping[int, str]) -> bytes:
    """What each glyph says (9.10.3)."""
    lines = [b"<%04x><%s>" % (glyph, said[glyph].encode("utf-16-be").hex().encode()) for glyph in sorted(said)]
    blocks = (lines[at : at + _LINES_A_BLOCK] for at in range(0, len(lines), _LINES_A_BLOCK))
    maps = (b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks)
    return (
        b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        b"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n" + b"".join(maps) + b"endcmap\n"
        b"CMapName currentdict/CMap defineresource pop\nend\nend"
    )
