"""What people read where a table cannot be taken."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext

from campaign_app.tables import errors

_ = lazy_gettext

ENCODINGS: dict[str, Any] = {
    "utf-8": _("Unicode (UTF-8)"),
    "utf-16": _("Unicode (UTF-16)"),
    "cp949": _("Korean (CP949)"),
    "cp1252": _("Western European (Windows-1252, Latin-1)"),
}
SEPARATORS: dict[str, Any] = {",": _("comma"), ";": _("semicolon"), "\t": _("tab")}


def explained(error: errors.TableError) -> str:
    """What is wrong with a whole table, or with a row, and what to do."""
    match error:
        case errors.RowError():
            return gettext("Row %(row)s: %(problem)s", row=error.row, problem=_of_row(error))
        case errors.WrongEncoding(encoding) if encoding is None:
            return gettext("This does not look like a table in text form. Please save it as CSV in UTF-8.")
        case errors.WrongEncoding(encoding):
            return gettext("The file is not written in %(encoding)s.", encoding=ENCODINGS.get(str(encoding), encoding))
        case errors.NoRows():
            return gettext("The file has no rows below its header.")
        case errors.DuplicateColumn(name):
            return gettext("Two columns are called “%(name)s”. Please rename or delete one.", name=name)
        case errors.MissingColumn(name):
            return gettext("There is no column “%(name)s”. The first row must name the columns.", name=name)
        case errors.TooManyColumns(most):
            return gettext("The file has more than %(most)s columns. Please keep those that are needed.", most=most)
        case errors.TooManyRows(most):
            return gettext("The file has more than %(most)s rows. Please split it.", most=most)
    return _of_workbook(error)


def _of_workbook(error: errors.TableError) -> str:
    match error:
        case errors.NotText():
            return gettext("This is a spreadsheet file of a kind that cannot be read. Please save it as XLSX or CSV.")
        case errors.Encrypted():
            return gettext("The file is protected by a password. Please save it without one.")
        case errors.Macros():
            return gettext("The file holds macros. Please save it as XLSX without macros, or as CSV.")
        case errors.Damaged():
            return gettext("The file is damaged. Please open it in a spreadsheet program and save it again as XLSX.")
        case errors.DeclaresEntities():
            return gettext("The file holds declarations that no spreadsheet has. Please save it as CSV.")
        case errors.TooMuchInside():
            return gettext("The file holds far more than a list. Please copy the rows into a new file.")
    raise TypeError(error)


def _of_row(error: errors.RowError) -> str:
    match error:
        case errors.CellError():
            return _of_cell(error)
        case errors.Ragged(_, cells, expected):
            return gettext("it has %(cells)s cells, the header has %(expected)s.", cells=cells, expected=expected)
        case errors.BrokenQuotes():
            return gettext("a quotation mark opens a cell and is not closed.")
        case errors.FieldTooLong():
            return gettext("a cell is too long to be read. Perhaps a quotation mark before it is not closed.")
        case errors.NotCalculated(_, cell):
            return gettext("the formula in %(cell)s has no result. Please open the file, and save it again.", cell=cell)
    raise TypeError(error)


def _of_cell(error: errors.CellError) -> str:
    match error:
        case errors.RefusedCharacters(_, column, found):
            return gettext(
                "“%(column)s” holds characters that cannot be printed: %(characters)s.",
                column=column, characters=", ".join(found),
            )  # fmt: skip
        case errors.EmptyCell(_, column):
            return gettext("“%(column)s” is empty.", column=column)
        case errors.CellTooLong(_, column, longest):
            return gettext("“%(column)s” has more than %(count)s characters.", column=column, count=longest)
        case errors.FormulaFailed(_, column, written):
            return gettext("“%(column)s” shows the error %(name)s.", column=column, name=written)
        case errors.UnknownCountry(_, _, written):
            return gettext("“%(name)s” is no country we know.", name=written)
        case errors.UnknownLanguage(_, _, written):
            return gettext("“%(name)s” is no language that letters are written in.", name=written)
        case errors.NoEmail(_, _, written):
            return gettext("“%(name)s” is no e-mail address.", name=written)
        case errors.WrongCell(_, _, problem):
            return problem
    raise TypeError(error)
