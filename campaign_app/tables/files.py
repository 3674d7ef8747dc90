"""A table in a file of whatever kind: told by how it begins, never by its name. Pure."""

from __future__ import annotations

from campaign_app.tables.csv import OLE, ZIP, open_csv
from campaign_app.tables.sheet import MOST_ROWS, Sheet, Table
from campaign_app.tables.xlsx import open_xlsx


def open_table(
    content: bytes, encoding: str | None = None, separator: str | None = None, most_rows: int = MOST_ROWS
) -> Table:
    """The table in ``content``, XLSX or CSV; only the latter has an encoding and a separator. Raises TableError."""
    if content.startswith((ZIP, OLE)):
        return open_xlsx(content, most_rows)
    return open_csv(content, encoding, separator, most_rows)


def read_table(
    content: bytes, encoding: str | None = None, separator: str | None = None, most_rows: int = MOST_ROWS
) -> Sheet:
    """The whole table in ``content``. Raises TableError."""
    return open_table(content, encoding, separator, most_rows).sheet()
