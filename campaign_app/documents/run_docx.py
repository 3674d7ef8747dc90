"""A run of letters as one DOCX, a section a letter: parts of it are made one by one, and put together in the end.

A part is made in any process, at any time, and holds what is its own: the paragraphs of its letters, compressed so that
those of the next part can follow, and their feet. What all letters share is made when the parts are put together. So
the document is written from its beginning to its end, and never held as a whole.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from campaign_app.documents import archive, letter_blank, letter_foot, qr_picture, word_package
from campaign_app.documents.compositor import Composed, Compositor, Piece
from campaign_app.documents.letter_styles import NUMBERS, Setting, styles
from campaign_app.documents.paper import Layout, Paper, Window
from campaign_app.documents.word_package import Link
from campaign_app.documents.word_styles import Sheet, list_item_markup, marked, opening
from campaign_app.letters.letter import Letter

MOST_LISTS = 1000  # numbered lists of a letter; each has a number of its own in the document
_HEAD = struct.Struct("<4Q")  # lengths of what a part consists of
_PIECE = 1 << 20  # bytes that are copied in one go


class TooManyLists(ValueError):
    """A letter with more numbered lists than a page can hold."""


class NoLetters(ValueError):
    """A run of which nothing is left."""


class _Part(NamedTuple):
    """Letters of a run: in what they are set, their paragraphs without the last one, and their feet."""

    settings: list[Setting]
    lists: list[tuple[str, int]]  # by the mark of their sheet
    numbers: list[int]  # of the letters
    last: tuple[str, str, str]  # of all paragraphs: before the section, the section, after it
    body: archive.Stretch
    feet: archive.Segment

    def to_bytes(self) -> bytes:
        said = [list(map(asdict, self.settings)), self.lists, self.numbers, self.last, self.body.crc, self.body.size]
        blobs = json.dumps(said).encode(), self.body.data, self.feet.entries, self.feet.data
        return b"".join((_HEAD.pack(*map(len, blobs)), *blobs))

    @classmethod
    def from_bytes(cls, given: bytes) -> _Part:
        said, body, entries, feet = _cut(given)
        settings, lists, numbers, last, crc, size = json.loads(said)
        return cls(
            [_setting(values) for values in settings], lists, numbers, last,
            archive.Stretch(crc, size, body), archive.Segment(feet, entries),
        )  # fmt: skip


def part(first: int, letters: Iterable[tuple[Letter, Layout]]) -> tuple[bytes, dict[int, str]]:
    """Letters that follow each other, of which the first has that number in the run, counted from 1.

    Beside the part come the letters that no document can hold, by their numbers, and why: they are left out. A few
    hundred letters make a good part: what they have in common is set once a part, and nothing that was written outlives
    it in memory.
    """
    composer, refused = _Composer(), {}
    for number, (letter, layout) in enumerate(letters, first):
        try:
            composer.add(number, letter, layout)
        except ValueError as wrong:
            refused[number] = str(wrong)
    return composer.part().to_bytes(), refused


def assemble(parts: Iterable[bytes], stream: IO[bytes], title: str = "", language: str = "") -> None:
    """Writes the document, in the order of the parts.

    ``title`` and ``language`` are what it says about itself. Raises ``NoLetters``, and ``TooLarge`` from 4 GB on.
    """
    with TemporaryFile() as body, TemporaryFile() as feet:
        binder = _Binder(body, feet)
        for given in parts:
            binder.add(_Part.from_bytes(given))
        if binder.is_empty:
            raise NoLetters
        binder.write(stream, title, language)


class _Composer:
    """What a part will consist of."""

    def __init__(self) -> None:
        self._compositor = Compositor(marked)
        self._sheets: dict[Sheet, None] = {}
        self._lists: list[tuple[str, int]] = []
        self._numbers: list[int] = []
        self._body = archive.Compressor()
        self._last = ("", "", "")
        self._feet: list[archive.Packed] = []

    def add(self, number: int, letter: Letter, layout: Layout) -> None:
        composed = self._compositor.compose(letter, layout)
        lists = [(composed.sheet.mark, _list_number(number, own)) for own in composed.numbered_lists]
        foot = _foot(number, letter, composed.sheet)
        self._feet += foot
        self._body.add("".join((*self._last, *_paragraphs(number, composed))).encode())
        self._last = _last_paragraph(number, composed)
        self._sheets[composed.sheet] = None
        self._lists += lists
        self._numbers.append(number)

    def part(self) -> _Part:
        settings = [sheet.setting for sheet in self._sheets]
        feet = archive.segment(self._feet)
        return _Part(settings, self._lists, self._numbers, self._last, self._body.stretch(), feet)


def _foot(number: int, letter: Letter, sheet: Sheet) -> list[archive.Packed]:
    name, picture = _footer_name(number), f"image{number}.png"
    footer = archive.deflated(f"word/{name}", letter_foot.footer(letter, sheet, number))
    if not letter.link:
        return [footer]
    links = archive.deflated(letter_blank.links_of(name), letter_blank.code_link(picture))
    return [footer, links, archive.stored(f"word/media/{picture}", qr_picture.png(letter.link))]


def _paragraphs(number: int, composed: Composed) -> Iterator[str]:
    """All paragraphs but the one that ends the section."""
    pieces = composed.pieces[:-1] if _ends_section(composed) else composed.pieces
    for piece, own in pieces:
        yield f"{piece.properties}{_item(number, own)}{piece.content}"


def _last_paragraph(number: int, composed: Composed) -> tuple[str, str, str]:
    piece, own = composed.pieces[-1] if _ends_section(composed) else (_empty(composed.sheet), 0)
    section = f"rIdF{number}".join(letter_blank.page(composed.sheet, _header_id(composed.sheet)))
    return f"{piece.properties}{_item(number, own)}", section, piece.content


def _ends_section(composed: Composed) -> bool:
    """Whether the last paragraph can: what stands in a frame is not in the flow."""
    return bool(composed.pieces) and not composed.pieces[-1][0].style.frame


def _empty(sheet: Sheet) -> Piece:
    style = styles(sheet.setting)["footer"]
    return Piece(style, opening(style, sheet.identifier(style.name)), "</w:pPr></w:p>")


def _item(number: int, own: int) -> str:
    return list_item_markup(_list_number(number, own)) if own >= NUMBERS else ""


def _list_number(number: int, own: int) -> int:
    if own >= MOST_LISTS:
        raise TooManyLists(own)
    return number * MOST_LISTS + own


def _footer_name(number: int) -> str:
    return f"footer{number}.xml"


def _header_id(sheet: Sheet) -> str:
    return f"rIdH{sheet.mark}"


class _Binder:
    """Gathers paragraphs in one file and feet in another, until all is known that they need."""

    def __init__(self, body: IO[bytes], feet: IO[bytes]) -> None:
        self._body_file, self._feet_file = body, feet
        self._body, self._feet = archive.Growing(body), archive.Archive(feet)
        self._sheets: dict[Sheet, None] = {}
        self._lists: list[tuple[str, int]] = []
        self._numbers: list[int] = []
        self._last = ("", "", "")
        opening, self._closing = word_package.ends("w:document", "r")
        self._say(f"{opening}<w:body>")

    def add(self, given: _Part) -> None:
        if not given.numbers:
            return
        self._say("".join(self._last))
        self._body.add(given.body)
        self._last = given.last
        self._feet.add(given.feet)
        self._sheets |= dict.fromkeys(map(marked, given.settings))
        self._lists += given.lists
        self._numbers += given.numbers

    @property
    def is_empty(self) -> bool:
        return not self._numbers

    def write(self, stream: IO[bytes], title: str, language: str) -> None:
        before, section, after = self._last
        self._say(f"{before}{after}{section}</w:body>{self._closing}")  # no paragraph ends the last section
        whole = archive.Archive(stream)
        shared = self._shared(title, language).items()
        whole.add(archive.segment(archive.deflated(name, content, archive.SMALL) for name, content in shared))
        whole.add_file(*self._body.end(word_package.DOCUMENT), _content(self._body_file))
        whole.add_in_pieces(_content(self._feet_file), self._feet.entries)
        whole.close()

    def _say(self, markup: str) -> None:
        self._body.add(archive.stretch(markup.encode()))

    def _shared(self, title: str, language: str) -> dict[str, bytes]:
        """The parts that all letters share."""
        sheets = list(self._sheets)
        by_mark = {sheet.mark: sheet for sheet in reversed(sheets)}
        headers = [(_header_id(sheet), f"header{n}.xml", sheet) for n, sheet in enumerate(by_mark.values(), 1)]
        footers = list(map(_footer_name, self._numbers))
        types = [(f"word/{name}", CONTENT_TYPE.WML_HEADER) for _, name, _ in headers]
        types += [(f"word/{name}", CONTENT_TYPE.WML_FOOTER) for name in footers]
        links = [*word_package.LINKS, *(Link(header, RELATIONSHIP_TYPE.HEADER, name) for header, name, _ in headers)]
        links += [Link(f"rIdF{n}", RELATIONSHIP_TYPE.FOOTER, _footer_name(n)) for n in self._numbers]
        return {
            word_package.TYPES: word_package.types(types),
            **word_package.unchanging(),
            word_package.PROPERTIES: word_package.properties(title, language),
            word_package.DOCUMENT_LINKS: word_package.links(links),
            word_package.STYLES: letter_blank.styles_part(sheets),
            word_package.NUMBERING: letter_blank.numbering_part(sheets, self._lists),
            **{f"word/{name}": letter_blank.header(sheet) for _, name, sheet in headers},
        }


def _content(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _cut(given: bytes) -> Iterator[bytes]:
    start = _HEAD.size
    for length in _HEAD.unpack_from(given):
        yield given[start : start + length]
        start += length


def _setting(values: dict[str, Any]) -> Setting:
    """The setting that ``asdict`` and JSON took apart."""
    layout = values.pop("layout")
    paper, window = layout.pop("paper"), layout.pop("window")
    if window:
        window = Window(**window | {"folds": tuple(window["folds"])})
    return Setting(**values, layout=Layout(Paper(**paper), window, **layout))
