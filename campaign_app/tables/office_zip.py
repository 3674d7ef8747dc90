"""The parts of an XLSX file, unpacked piece by piece behind hard limits. Pure.

A workbook is a ZIP of XML. Both can be made so that a small file becomes gigabytes, or keeps a reader busy for ever;
what the ZIP's directory declares may be false. So the directory is looked at first, and whatever is unpacked is counted
as it comes. A workbook that asks for more than any list of people is refused, as is all that no such list has.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from campaign_app.tables.csv import OLE, ZIP
from campaign_app.tables.errors import Damaged, DeclaresEntities, Encrypted, Macros, NotText, TooMuchInside

LARGEST_UNPACKED = 192 * 1024 * 1024  # bytes: 100,000 rows of twelve columns take 90 MB
LARGEST_LITTLE_PART = 16 * 1024 * 1024  # bytes of any part that holds no cells
LARGEST_RATIO = 200  # unpacked to packed; sheets are packed at 10 to 60
ALWAYS_UNPACKED = 8 * 1024 * 1024  # bytes that are no bomb at any ratio
MOST_PARTS = 2000
MOST_TAGS = 12_000_000  # of all parts, opening and closing: 100,000 rows of twelve columns take seven millions
MOST_NAMES = 1000  # of elements and attributes; expat keeps each
DEEPEST = 64  # elements in elements; sheets have eight
LONGEST_TAG = 1024 * 1024  # bytes of one tag, comment or the like, which expat holds until it ends
PIECE = 65_536  # bytes
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1  # bit of a ZIP entry's flags
_PACKED_AS_USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PROGRAMS = ("vbaproject", "vbadata", "macrosheets/", "dialogsheets/")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)


class Part:
    """What is taken from a part, element by element; ``path`` are the names of those that are open, without prefix."""

    def __init__(self) -> None:
        self.path: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.path) == DEEPEST:
            raise TooMuchInside
        self.path.append(name.rpartition(":")[2])
        self.opened(attributes)

    def end(self, name: str) -> None:  # noqa: ARG002 - expat has checked that it closes what is open
        self.closed()
        self.path.pop()

    def opened(self, attributes: dict[str, str]) -> None:
        """An element begins: the last of ``path``."""

    def closed(self) -> None:
        """The last of ``path`` ends."""

    def text(self, data: str) -> None:
        """A piece of text in the last of ``path``."""


class OfficeZip:
    """A workbook's parts by their names in lower case. Raises NotText, Encrypted, Macros, Damaged, TooMuchInside."""

    def __init__(self, content: bytes) -> None:
        self._most = min(LARGEST_UNPACKED, max(ALWAYS_UNPACKED, LARGEST_RATIO * len(content)))
        self._unpacked = self._tags = 0
        _refuse_ole(content)
        if content.count(_DIRECTORY_ENTRY) > MOST_PARTS:  # before zipfile makes an object of each
            raise TooMuchInside
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise Damaged from error
        self._parts = {info.filename.lower(): info for info in self._zip.infolist()}
        self._refuse_directory()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    def read(self, part: str, into: Part) -> None:
        """Read a part that holds no cells. Raises as ``pieces`` does."""
        for _ in self.pieces(part, into, LARGEST_LITTLE_PART):
            pass

    def pieces(self, part: str, into: Part, largest: int = LARGEST_UNPACKED) -> Iterator[None]:
        """Read a part, and stop after each piece, so that what is there by then can be taken.

        Raises Damaged, DeclaresEntities, TooMuchInside, and what ``into`` raises.
        """
        parser = _parser(into)
        fed = 0
        try:
            for piece in self._inflated(part):
                fed += len(piece)
                self._tags += piece.count(b"<")
                parser.Parse(piece)
                if self._tags > MOST_TAGS or fed > largest or _is_stuffed(parser, fed):
                    raise TooMuchInside
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Damaged from error
        yield

    def _inflated(self, part: str) -> Iterator[bytes]:
        if part.lower() not in self._parts:
            raise Damaged
        try:
            with self._zip.open(self._parts[part.lower()]) as file:
                while piece := file.read(PIECE):
                    self._unpacked += len(piece)
                    if self._unpacked > self._most:
                        raise TooMuchInside
                    yield piece
        except _BROKEN as error:
            raise Damaged from error

    def _refuse_directory(self) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise Encrypted
        if sum(info.file_size for info in infos) > self._most:
            raise TooMuchInside
        if any(program in name for name in self._parts for program in _PROGRAMS):
            raise Macros
        if len(self._parts) < len(infos) or any(info.compress_type not in _PACKED_AS_USUAL for info in infos):
            raise Damaged
        if "[content_types].xml" not in self._parts:
            raise NotText


def resolved(base: str, target: str) -> str:
    """The part that a relationship of the part ``base`` leads to, whose target is relative or begins at the root."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), target)).lstrip("/")


def relationships_of(part: str) -> str:
    """The part that says what ``part`` leads to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _refuse_ole(content: bytes) -> None:
    """XLS, and the file that a workbook with a password is wrapped in (MS-OFFCRYPTO 1.3.1), are no ZIP."""
    if content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise Encrypted
    if not content.startswith(ZIP):
        raise NotText


def _parser(into: Part) -> expat.XMLParserType:
    parser = expat.ParserCreate(intern={})
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = into.start
    parser.EndElementHandler = into.end
    parser.CharacterDataHandler = into.text
    return parser


def _refuse_doctype(*_: object) -> None:
    raise DeclaresEntities


def _is_stuffed(parser: expat.XMLParserType, fed: int) -> bool:
    """Whether expat had to remember more than a sheet has: many different names, or a tag that does not end."""
    return len(parser.intern) > MOST_NAMES or fed - parser.CurrentByteIndex > LONGEST_TAG
