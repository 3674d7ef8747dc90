"""What is read of a workbook besides its cells: sheets, shared texts, formats of numbers (ECMA-376 part 1). Pure."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

from campaign_app.tables.errors import Damaged, Macros, NotText
from campaign_app.tables.number_formats import BUILT_IN, GENERAL, shown
from campaign_app.tables.office_zip import OfficeZip, Part, relationships_of, resolved
from campaign_app.tables.sheet import LONGEST_FIELD

LONGEST_FORMAT = 255  # characters, as in spreadsheet programs
_TYPES = "[Content_Types].xml"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes characters that XML does not have (22.9.2.19)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A sheet by the name on its tab, and the part with its cells."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """Worksheets in the order of their tabs, and what their cells refer to."""

    worksheets: list[Worksheet]
    texts: Texts
    formats: Formats
    since_1904: bool

    def text(self, index: str) -> str:
        """A text that cells share. Raises Damaged."""
        try:
            return self.texts[int(index)]
        except (ValueError, IndexError) as error:
            raise Damaged from error

    def number(self, written: str, style: str) -> str:
        """A number as a person sees it. Raises Damaged."""
        try:
            return shown(float(written), self.formats[int(style)], since_1904=self.since_1904)
        except (ValueError, OverflowError) as error:  # infinity is no number of a cell
            raise Damaged from error


def opened(parts: OfficeZip) -> Workbook:
    """The workbook in ``parts``. Raises Macros, Damaged, NotText, DeclaresEntities, TooMuchInside."""
    parts.read(_TYPES, _ContentTypes())
    part = next(iter(_relationships(parts, "").of("officeDocument")), "")
    sheets, texts, formats = _Sheets(), Texts(), Formats()
    parts.read(part, sheets)
    relationships = _relationships(parts, part)
    for name in relationships.of("sharedStrings"):
        for _ in parts.pieces(name, texts):
            pass
    for name in relationships.of("styles"):
        parts.read(name, formats)
    cells = dict.fromkeys(relationships.of("worksheet"))
    named = ((name, relationships.targets.get(key, ""), hidden) for name, key, hidden in sheets.found)
    worksheets = [Worksheet(name, target, hidden) for name, target, hidden in named if target in cells]
    if not worksheets:
        raise NotText
    return Workbook(worksheets, texts, formats, sheets.since_1904)


def unescaped(text: str) -> str:
    """``_x000D_`` as the character that it stands for, which may be one that nobody takes."""
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text) if "_x" in text else text


class Texts(Part):
    """The texts that cells share, by number, packed: a million Python strings would take ten times the room."""

    def __init__(self) -> None:
        super().__init__()
        self._packed = bytearray()
        self._ends = array("L", [0])
        self._is_taken, self._length = False, 0

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._ends) - 1:
            raise IndexError(index)
        packed = self._packed[self._ends[index] : self._ends[index + 1]]
        return unescaped(packed.decode())

    def opened(self, attributes: dict[str, str]) -> None:  # noqa: ARG002 - texts have none that count
        self._is_taken = self.path[-1] == "t" and "rPh" not in self.path  # which says how to pronounce it

    def closed(self) -> None:
        self._is_taken = False
        if len(self.path) == 2 and self.path[1] == "si":
            self._ends.append(len(self._packed))
            self._length = 0

    def text(self, data: str) -> None:
        if self._is_taken and self._length <= LONGEST_FIELD:  # one more character is enough to see that it is too long
            taken = data[: LONGEST_FIELD + 1 - self._length]
            self._length += len(taken)
            self._packed += taken.encode()


class Formats(Part):
    """The codes of number formats by the number of a cell's style (18.8.10); ``General`` where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._codes = dict(BUILT_IN)
        self._styles: list[int] = []

    def __getitem__(self, style: int) -> str:
        number = self._styles[style] if 0 <= style < len(self._styles) else 0
        return self._codes.get(number, GENERAL)

    def opened(self, attributes: dict[str, str]) -> None:
        if self.path[-1] == "numFmt":
            self._codes[_number(attributes)] = attributes.get("formatCode", "")[:LONGEST_FORMAT]
        elif self.path[-2:] == ["cellXfs", "xf"]:
            self._styles.append(_number(attributes))


def _number(attributes: dict[str, str]) -> int:
    try:
        return int(attributes.get("numFmtId", "0"))
    except ValueError as error:
        raise Damaged from error


class _ContentTypes(Part):
    """Refuses a workbook with programs, whatever its parts are called."""

    def opened(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if any(program in kind for program in ("macro", "vbaproject", "dialogsheet")):
            raise Macros


class _Sheets(Part):
    """The sheets as the workbook lists them: name, key of the relationship, and whether it is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def opened(self, attributes: dict[str, str]) -> None:
        if self.path == ["workbook", "workbookPr"]:
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif self.path == ["workbook", "sheets", "sheet"]:
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self.found.append((attributes.get("name", ""), key, attributes.get("state", "visible") != "visible"))


def _relationships(parts: OfficeZip, base: str) -> _Relationships:
    relationships = _Relationships(base)
    parts.read(relationships_of(base), relationships)
    return relationships


class _Relationships(Part):
    """What the part ``base`` leads to within the file, by key and by the last word of its type."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base
        self.targets: dict[str, str] = {}
        self._kinds: dict[str, list[str]] = {}

    def of(self, kind: str) -> list[str]:
        """The parts of a kind, such as ``worksheet``."""
        return self._kinds.get(kind, [])

    def opened(self, attributes: dict[str, str]) -> None:
        if self.path[-1] == "Relationship" and attributes.get("TargetMode") != "External":
            target = resolved(self._base, attributes.get("Target", ""))
            self.targets[attributes.get("Id", "")] = target
            self._kinds.setdefault(attributes.get("Type", "").rpartition("/")[2], []).append(target)
