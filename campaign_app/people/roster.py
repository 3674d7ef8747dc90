"""A roster: the people of a spreadsheet, for a print run or to be imported. Pure.

Only ``name`` is needed. Columns that are not known are named and ignored: nobody gives themselves a role by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from campaign_app.tables.cells import Cells
from campaign_app.tables.errors import CellError, MissingColumn, RowError
from campaign_app.tables.files import open_table
from campaign_app.tables.sheet import MOST_ERRORS, MOST_ROWS, Row, Table, column_key

LONGEST_MESSAGE = 4000  # characters: as in the form, more than the rest of a page holds in any script
LONGEST = {"postcode": 20, "occupation": 150, "message": LONGEST_MESSAGE}  # characters

# What people call the columns. The first is the column's own name, which comes before any other in the same file.
NAMES = {
    "name": ("name", "full name", "이름", "성명", "성함", "nom", "nombre"),
    "street": ("street", "address", "street address", "address line", "주소", "도로명 주소", "adresse", "dirección"),
    "city": ("city", "town", "place", "도시", "시", "시군구", "ville", "ciudad"),
    "region": ("region", "state", "province", "county", "지역", "도", "시도", "région", "provincia"),
    "postcode": ("postcode", "postal code", "zip", "zip code", "우편번호", "code postal", "código postal"),
    "country": ("country", "국가", "나라", "pays", "país"),
    "email": ("email", "e-mail address", "mail", "이메일", "이메일 주소", "전자우편", "메일", "courriel", "correo"),
    "language": ("language", "언어", "langue", "idioma"),
    "nationality": ("nationality", "국적", "nationalité", "nacionalidad"),
    "occupation": ("occupation", "profession", "job", "직업", "ocupación"),
    "message": ("message", "personal message", "메시지", "메세지", "하고 싶은 말", "mensaje"),
}
COLUMNS = tuple(NAMES)
_COLUMNS = {column_key(name): column for column, names in NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person as a row of a roster has them; ``number`` is the row's in the spreadsheet.

    Everything but the name may be empty. ``street`` and ``message`` may hold several lines. ``country`` and
    ``nationality`` are ISO 3166 codes, where the latter is none it is what was written; ``language`` is a tag.
    """

    number: int
    name: str
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    email: str = ""
    language: str = ""
    nationality: str = ""
    occupation: str = ""
    message: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """By what two rows are one person: the name with the e-mail address, or else with the postal one."""
        where = (self.email,) if self.email else (self.street, self.city, self.postcode, self.country)
        return tuple(" ".join(part.casefold().split()) for part in (self.name, *where))


@dataclass(frozen=True, slots=True)
class Repeated:
    """A row with the person of an earlier row; nothing that must be mended."""

    row: int
    first: int


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as it was read. Where there are ``errors`` nothing may be made of it as it is.

    A workbook has a ``worksheet``, the name of the sheet that was read; a CSV an ``encoding`` and a ``separator``.
    """

    rows: tuple[RosterRow, ...]
    errors: tuple[RowError, ...]
    repeated: tuple[Repeated, ...]
    columns: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    encoding: str = ""
    separator: str = ""
    worksheet: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A roster whose rows are read as they are asked for, once, so that a long one needs no room."""

    table: Table
    columns: tuple[str | None, ...]

    @property
    def ignored_columns(self) -> tuple[str, ...]:
        """The names of columns that are not known."""
        pairs = zip(self.table.header, self.columns, strict=True)
        return tuple(name for name, column in pairs if name and not column)

    def people(self) -> Iterator[RosterRow | RowError]:
        """Each row, or all that is wrong with it, up to about MOST_ERRORS. Raises TableError."""
        errors = 0
        for row in self.table.rows:
            found = [row] if isinstance(row, RowError) else _person(row, self.columns)
            yield from found
            errors += sum(isinstance(one, RowError) for one in found)
            if errors >= MOST_ERRORS:
                return


def read(
    content: bytes, encoding: str | None = None, separator: str | None = None, most_rows: int = MOST_ROWS
) -> Roster:
    """The roster in ``content``, CSV or XLSX. Raises TableError where it is none at all."""
    reading = opened(content, encoding, separator, most_rows)
    people: list[RosterRow] = []
    errors: list[RowError] = []
    for person in reading.people():
        if isinstance(person, RosterRow):
            people.append(person)
        else:
            errors.append(person)
    table = reading.table
    return Roster(
        rows=tuple(people),
        errors=tuple(errors),
        repeated=tuple(_repeated(people)),
        columns=tuple(filter(None, reading.columns)),
        ignored_columns=reading.ignored_columns,
        encoding=table.encoding,
        separator=table.separator,
        worksheet=table.worksheet,
    )


def opened(
    content: bytes, encoding: str | None = None, separator: str | None = None, most_rows: int = MOST_ROWS
) -> Reading:
    """The roster in ``content``, its header read. Raises TableError, MissingColumn among them."""
    table = open_table(content, encoding, separator, most_rows)
    columns = _columns(table)
    if "name" not in columns:
        raise MissingColumn("name")
    return Reading(table, columns)


def _columns(table: Table) -> tuple[str | None, ...]:
    """What each column is for; where two are for one thing, the one with the plainest name is."""
    keys = table.keys()
    best: dict[str, str] = {}
    for known, column in _COLUMNS.items():
        if known in keys:
            best.setdefault(column, known)
    return tuple(_COLUMNS[key] if best.get(_COLUMNS.get(key, "")) == key else None for key in keys)


def _person(row: Row, columns: tuple[str | None, ...]) -> list[RosterRow | RowError]:
    """The person in a row, or everything that is wrong with it."""
    written = {column: cell for column, cell in zip(columns, row.cells, strict=True) if column}
    cells = Cells(row.number, written, LONGEST)
    values: dict[str, str] = {}
    errors: list[RosterRow | RowError] = []
    for column in COLUMNS:
        try:
            values[column] = _READERS.get(column, Cells.line)(cells, column)
        except CellError as error:
            errors.append(error)
    return errors or [RosterRow(row.number, **values)]


def _several_lines(cells: Cells, column: str) -> str:
    return "\n".join(cells.lines(column))


def _repeated(people: list[RosterRow]) -> Iterator[Repeated]:
    first: dict[tuple[str, ...], int] = {}
    for person in people:
        number = first.setdefault(person.identity, person.number)
        if number != person.number:
            yield Repeated(person.number, number)


_READERS: dict[str, Callable[[Cells, str], str]] = {
    "name": Cells.needed,
    "street": _several_lines,
    "country": Cells.country,
    "email": Cells.email,
    "language": Cells.language,
    "message": Cells.text,
}
