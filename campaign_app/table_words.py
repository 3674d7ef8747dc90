"""What people read where a table cannot be taken."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext

from campaign_app import tables

_ = lazy_gettext

ENCODINGS: dict[str, Any] = {
    "utf-8": _("Unicode (UTF-8)"),
    "utf-16": _("Unicode (UTF-16)"),
    "cp949": _("Korean (CP949)"),
    "cp1252": _("Western European (Windows-1252, Latin-1)"),
}
SEPARATORS: dict[str, Any] = {",": _("comma"), ";": _("semicolon"), "\t": _("tab")}


def explained(error: tables.TableError) -> str:
    """What is wrong with a whole table, or with a row, and what to do."""
    match error:
        case tables.NotText():
            return gettext("This is a spreadsheet file. Please save it as CSV and choose that file.")
        case tables.NoRows():
            return gettext("The file has no rows below its header.")
        case tables.WrongEncoding(encoding) if encoding is None:
            return gettext("This does not look like a table in text form. Please save it as CSV in UTF-8.")
        case tables.WrongEncoding(encoding):
            return gettext("The file is not written in %(encoding)s.", encoding=ENCODINGS.get(str(encoding), encoding))
        case tables.DuplicateColumn(name):
            return gettext("Two columns are called “%(name)s”. Please rename or delete one.", name=name)
        case tables.TooManyRows(most):
            return gettext("The file has more than %(most)s rows. Please split it.", most=most)
        case tables.RowError():
            return gettext("Row %(row)s: %(problem)s", row=error.row, problem=_of_row(error))
    raise TypeError(error)


def _of_row(error: tables.RowError) -> str:
    match error:
        case tables.Ragged(_, cells, expected):
            return gettext("it has %(cells)s cells, the header has %(expected)s.", cells=cells, expected=expected)
        case tables.BrokenQuotes():
            return gettext("a quotation mark opens a cell and is not closed.")
        case tables.FieldTooLong():
            return gettext("a cell is too long to be read.")
        case tables.RefusedCharacters(_, column, found):
            return gettext(
                "“%(column)s” holds characters that cannot be printed: %(characters)s.",
                column=column, characters=", ".join(found),
            )  # fmt: skip
        case tables.WrongCell(_, _, problem):
            return problem
    raise TypeError(error)
