"""Reading a pile of scans in the background, page by page: what is read stays read, whenever it is killed."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import lazy_gettext as _
from PIL import Image
from sqlalchemy import func, select

from campaign_app.db import db
from campaign_app.jobs import queue
from campaign_app.jobs.handlers import handles
from campaign_app.jobs.models import Job
from campaign_app.jobs.reasons import REASONS, Refused
from campaign_app.jobs.work import Work
from campaign_app.petitions import scanned_sheets
from campaign_app.petitions.scan_models import ScanFile, ScanPage, ScanPile
from campaign_app.stored_files import room

if TYPE_CHECKING:
    from campaign_app.petitions.reading.codes import Picture
    from campaign_app.petitions.reading.read import PageReading

KIND = "read sheet scans"
PURPOSE = "sheet scans"  # of their stored files
KEPT = timedelta(days=30)
BROKEN_PAGE = "broken page"
QUALITY = 60  # of JPEG, from 0 to 100
THUMBNAIL = 1000  # pixels of the longer side of a page that cannot be read
NOT_INSTALLED = "reading not installed"
REASONS[NOT_INSTALLED] = _("This site cannot read scans: whoever runs it has to install the extra “scans”.")


def enqueue(pile: ScanPile, account_id: int | None) -> None:
    """Have the pile read. The caller commits."""
    queue.enqueue(KIND, pile.id, group_id=pile.group_id, account_id=account_id)


def _page(job: Job) -> str:
    return url_for("sheet_scans.show", pile_id=job.subject)


@handles(KIND, permission="keep sheets", title=_("Reading the scans"), page=_page)
def read_pile(work: Work) -> None:
    try:
        from campaign_app.petitions.reading import pages
    except ImportError:
        raise Refused(NOT_INSTALLED) from None
    pile = db.session.get(ScanPile, work.subject)
    if pile is None:  # it was deleted meanwhile
        return
    waiting = [(file.id, _count(file)) for file in pile.files if file.file]
    done = _done(pile.id)
    total = done + sum(count - _read(file_id) for file_id, count in waiting)
    work.progress(done, total)
    for file_id, _pages in waiting:
        file = db.session.get_one(ScanFile, file_id)
        assert file.file is not None  # noqa: S101 # nosec B101 - as selected above; for the types
        after, refused = _read(file_id), ""
        with room.seekable(file.file) as stream:
            try:
                for number, picture in enumerate(pages.pages(stream, after), after + 1):
                    page, shown = _reading_of(picture)
                    with work.storing(done := done + 1, max(done, total)):
                        _store(work.subject, file_id, number, page, shown)
            except pages.RefusedFile as error:
                refused = error.reason.value
        with work.storing(done, max(done, total)):
            _finish(db.session.get_one(ScanFile, file_id), refused)


def _count(file: ScanFile) -> int:
    """How many pages a file has; one that is refused has none, and says so when it is its turn."""
    from campaign_app.petitions.reading import pages

    assert file.file is not None  # noqa: S101 # nosec B101 - the caller looked; for the types
    try:
        with room.seekable(file.file) as stream:
            return pages.count(stream)
    except pages.RefusedFile:
        return 0


def _done(pile_id: int) -> int:
    return db.session.scalar(select(func.count()).where(ScanPage.pile_id == pile_id)) or 0


def _read(file_id: int) -> int:
    """How many pages of a file are read; these are its first ones."""
    return db.session.scalar(select(func.max(ScanPage.number)).where(ScanPage.file_id == file_id)) or 0


def _reading_of(picture: Any) -> tuple[dict[str, Any], bytes]:
    """What is stored of a page, by column, and the picture of it that is shown."""
    from campaign_app.petitions.reading.pages import BrokenPage
    from campaign_app.petitions.reading.read import Known, read

    if isinstance(picture, BrokenPage):
        return {"error": BROKEN_PAGE}, b""
    sheets = {}

    def lookup(code: str) -> Known | None:
        if sheet := scanned_sheets.sheet_of(code):
            sheets[sheet.serial] = sheet.id
            return Known(sheet.serial, scanned_sheets.grid_of(sheet))
        return None

    said = read(picture, lookup)
    values: dict[str, Any] = {"sheet_id": sheets.get(said.serial), "error": str(said.error or "")}
    if not said.error:
        values["reading"] = as_json(said)
    return values, _jpeg(said.table.picture if said.table else picture)


def as_json(said: PageReading) -> dict[str, list[int]]:
    """The numbers of rows by what they are taken for."""
    from campaign_app.petitions.reading.rows import Mark

    return {mark.value: said.numbers(mark) for mark in Mark}


def _jpeg(picture: Picture) -> bytes:
    drawn, stream = Image.fromarray(picture), BytesIO()
    if max(drawn.size) > 2 * THUMBNAIL:
        drawn.thumbnail((THUMBNAIL, THUMBNAIL))
    drawn.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()


def _store(pile_id: int | None, file_id: int, number: int, values: dict[str, Any], shown: bytes) -> None:
    pile = db.session.get_one(ScanPile, pile_id)
    page = ScanPage(pile_id=pile.id, file_id=file_id, number=number, **values)
    if shown:
        with room.adding(PURPOSE, group_id=pile.group_id) as new:
            new.write(shown)
        page.picture = new.row
    db.session.add(page)


def _finish(file: ScanFile, refused: str) -> None:
    """The file itself is not needed any more."""
    file.refused = refused
    if file.file:
        db.session.delete(file.file)
