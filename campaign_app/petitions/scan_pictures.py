"""Pictures of scanned pages as they are shown: the whole table, or one row of it."""

from __future__ import annotations

from io import BytesIO

from flask import abort, current_app
from PIL import Image
from werkzeug.wrappers import Response

from campaign_app.petitions.scan_models import ScanPage
from campaign_app.stored_files import room

DENSITY, MARGIN = 6, 6.0  # pixels a mm, and mm around the table, as ``reading.flattening`` draws it
AROUND = 2.5  # mm of the neighbours that are shown with a row
QUALITY = 70  # of JPEG, from 0 to 100


def whole(page: ScanPage) -> bytes:
    """The page's picture as JPEG. A 404 where it was deleted."""
    if page.picture is None:
        abort(404)
    return b"".join(room.read(page.picture))


def row(page: ScanPage, number: int) -> bytes:
    """One row of the table, with a little of those above and below. A 404 where there is no such row."""
    if page.sheet is None or not page.is_read or not 1 <= number <= page.sheet.batch.rows:
        abort(404)
    lines = page.sheet.batch.layout["rows"]
    top, bottom = (
        round((lines[line] - lines[0] + MARGIN + around) * DENSITY)
        for line, around in ((number - 1, -AROUND), (number, AROUND))
    )
    stream = BytesIO()
    with Image.open(BytesIO(whole(page)), formats=("JPEG",)) as table:
        table.crop((0, max(top, 0), table.width, min(bottom, table.height))).save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()


def answer(jpeg: bytes) -> Response:
    """A picture to look at on its page, and never kept by a browser."""
    made = current_app.response_class(jpeg, mimetype="image/jpeg")
    made.headers["Cache-Control"] = "no-store"
    return made
