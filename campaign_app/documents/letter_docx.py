"""A letter as DOCX: the page of the PDF, in named styles that its writer can go on editing in Word or LibreOffice."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import segno
from docx.opc.oxml import serialize_part_xml
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from PIL import Image

from campaign_app.documents import fonts, letter_blank, letter_room, word_runs, word_styles
from campaign_app.documents.address_sizes import Address, addresses
from campaign_app.documents.letter_styles import ANCHOR, BULLETS, END, LATIN, NUMBERS, POINTS, Setting, Style, styles
from campaign_app.documents.paper import LEAST_MARGIN, Layout, Window
from campaign_app.documents.script_runs import is_left_to_right, script_of_language
from campaign_app.documents.word_runs import Unwritable
from campaign_app.letters.letter import ItemList, Letter, Run

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

__all__ = ["Unwritable", "write", "write_zip"]

CLASSIC = Layout()
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can say, and it says nothing about the letter
LONGEST_TITLE = 255  # characters; python-docx takes no more
LABEL_GAP = 1.0  # between the label of the copies and their lines, in sizes
LEFT_TO_RIGHT_MARK = "\u200e"
MODULE = 8  # pixels in the picture of a QR code
MASK = 3  # any of the eight makes a valid code; to choose the best looking takes five times as long as the code


class Passage(NamedTuple):
    """A paragraph to be: the name of its style, its text, and the number of the list that it is an item of."""

    style: str
    runs: tuple[Run, ...]
    number: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def write(letter: Letter, layout: Layout = CLASSIC) -> bytes:
    """The letter as DOCX, the same bytes for the same letter and layout.

    Raises ``Unwritable`` for control characters and lone surrogates, ValueError for a language that is no BCP 47 tag.
    """
    passages = list(_passages(letter, layout))
    setting = _setting(letter, layout, passages)
    parts = dict(letter_blank.blank(setting))
    parts[letter_blank.DOCUMENT] = _document(parts[letter_blank.DOCUMENT], passages, setting)
    parts[letter_blank.NUMBERING] = _numbering(parts[letter_blank.NUMBERING], passages)
    parts[letter_blank.FOOTER] = _footer(parts[letter_blank.FOOTER], letter)
    parts[letter_blank.PROPERTIES] = _properties(letter)
    if letter.link:
        parts[letter_blank.CODE] = _code(letter.link)
    else:
        del parts[letter_blank.CODE], parts[letter_blank.FOOTER_LINKS]
    return _packed(parts, zipfile.ZIP_DEFLATED)


def write_zip(letters: Sequence[tuple[str, Letter]], layout: Layout = CLASSIC) -> bytes:
    """A ZIP of letters as DOCX under the given file names. Raises ValueError where two names are the same."""
    files = {name: write(letter, layout) for name, letter in letters}
    if len(files) < len(letters):
        raise ValueError("Two letters have the same file name.")
    return _packed(files, zipfile.ZIP_STORED)


def _passages(letter: Letter, layout: Layout) -> Iterator[Passage]:
    """All that the letter says, in the order in which it is read."""
    yield from (_postal_line("Sender", line, letter) for line in letter.sender)
    yield from _line("Place and Date", letter.place_and_date)
    if layout.window and layout.window.return_line and letter.sender:
        yield Passage("Return Line", tuple(_return_line(letter)))
    yield from (_postal_line("Addressee", line, letter) for line in letter.addressee)
    yield from _line("Subject", letter.subject)
    yield from _line("Salutation", letter.salutation)
    yield from _body(letter)
    yield from _line("Closing", letter.closing)
    yield from _line("Signature", letter.name)
    if letter.copies:
        yield from _line("Copies", f"{letter.copies_label}\t" + "\n".join(letter.copies))


def _return_line(letter: Letter) -> Iterator[Run]:
    """The sender's lines in one. A mark ends a line from right to left, so that the next does not run into it."""
    for place, line in enumerate(letter.sender):
        if place:
            yield Run(" · ")
        yield Run(line if is_left_to_right(line) else f"{line}{LEFT_TO_RIGHT_MARK}")


def _line(style: str, text: str) -> Iterator[Passage]:
    if text:
        yield Passage(style, (Run(text),))


def _postal_line(style: str, line: str, letter: Letter) -> Passage:
    latin_among_others = script_of_language(letter.language) != "Latn" and fonts.is_plain(line)
    return Passage(style + LATIN if latin_among_others else style, (Run(line),))


def _body(letter: Letter) -> Iterator[Passage]:
    counted = itertools.count(NUMBERS)  # every numbered list counts from 1 again
    for block in letter.body:
        if not isinstance(block, ItemList):
            yield Passage("Body Text", block.runs)
            continue
        style, number = ("List Number", next(counted)) if block.ordered else ("List Bullet", BULLETS)
        yield from (Passage(style, item, number) for item in block.items[:-1])
        yield from (Passage(style + END, item, number) for item in block.items[-1:])


def _setting(letter: Letter, layout: Layout, passages: Iterable[Passage]) -> Setting:
    address = _address(letter, layout)
    setting = Setting(letter.language, layout, address.size, address.leading, LEAST_MARGIN + (address.top or 0))
    over = letter_room.runs_over(((passage.style, passage.text) for passage in passages), setting)
    return replace(setting, tight=over)


def _address(letter: Letter, layout: Layout) -> Address:
    """The address in the largest type that fits the window."""
    *larger, smallest = addresses(len(letter.addressee), layout)
    return next((address for address in larger if _fits(address, letter, layout.window)), smallest)


def _fits(address: Address, letter: Letter, window: Window | None) -> bool:
    if window is None or address.top is None:
        return True
    room = window.width - window.inset
    number = sum(letter_room.lines(line, address.size, room, letter.language) for line in letter.addressee)
    height = number * address.size * address.leading / POINTS
    return LEAST_MARGIN + address.top + height <= window.bottom


def _document(blank: bytes, passages: Iterable[Passage], setting: Setting) -> bytes:
    document = parse_xml(blank)
    section = document[0][-1]
    framed = False
    for passage in passages:
        style = styles(setting)[passage.style]
        if framed and not style.frame and setting.right_to_left and not style.left_to_right:
            section.addprevious(word_styles.paragraph(ANCHOR))
        section.addprevious(_paragraph(passage, style, setting))
        framed = style.frame is not None
    return serialize_part_xml(document)


def _paragraph(passage: Passage, style: Style, setting: Setting) -> BaseOxmlElement:
    paragraph = word_styles.paragraph(style)
    properties = paragraph[0]
    if passage.number > NUMBERS:
        properties.append(word_styles.list_item(passage.number))
    if style.name == "Copies":
        properties.append(_hanging(passage.text.partition("\t")[0], style, setting))
    for run in passage.runs:
        word_runs.add(paragraph, run, "Latn" if style.left_to_right else setting.script, setting.language)
    return paragraph


def _hanging(label: str, style: Style, setting: Setting) -> BaseOxmlElement:
    """Indents the lines beside a label as far as the label needs."""
    width = (letter_room.width(label, setting.language) + LABEL_GAP) * style.size / POINTS
    return word_styles.element("w:ind", left=word_styles.twips(width), hanging=word_styles.twips(width))


def _numbering(blank: bytes, passages: Iterable[Passage]) -> bytes:
    further = sorted({passage.number for passage in passages if passage.number > NUMBERS})
    if not further:
        return blank
    numbering = parse_xml(blank)
    numbering.extend([letter_blank.list_of(NUMBERS, number) for number in further])
    return serialize_part_xml(numbering)


def _footer(blank: bytes, letter: Letter) -> bytes:
    footer = parse_xml(blank)
    reference, code = footer.findall(qn("w:p"))
    if letter.reference:
        word_runs.add(reference, Run(letter.reference), "Latn", letter.language)
    else:
        footer.remove(reference)
    if letter.link:
        word_runs.check(letter.link)
        code.find(f".//{qn('wp:docPr')}").set("descr", letter.link)
    else:
        code.remove(code.find(qn("w:r")))
    return serialize_part_xml(footer)


def _properties(letter: Letter) -> bytes:
    properties = CT_CoreProperties.new()
    properties.title_text = letter.subject[:LONGEST_TITLE]
    properties.language_text = letter.language
    return serialize_part_xml(properties)


def _code(link: str) -> bytes:
    matrix = segno.make(link, error="m", micro=False, boost_error=False, mask=MASK).matrix
    side = len(matrix)
    picture = Image.frombytes("L", (side, side), bytes(0 if dark else 255 for row in matrix for dark in row))
    stream = io.BytesIO()
    picture.convert("1").resize((side * MODULE, side * MODULE), Image.Resampling.NEAREST).save(stream, "PNG")
    return stream.getvalue()


def _packed(parts: Mapping[str, bytes], compression: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 0  # or else the file would say on which system it was made
            package.writestr(entry, content, compression)
    return stream.getvalue()
