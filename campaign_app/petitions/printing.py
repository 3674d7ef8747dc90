"""Printing sheets in batches: numbers are taken first, files made then, and sheets recorded once their bytes exist."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from flask import current_app, url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import insert

from campaign_app import days, keys
from campaign_app.db import db, now
from campaign_app.documents.press import Press
from campaign_app.documents.sheet import NumberedSheet, SheetContent
from campaign_app.documents.sheet_grid import SheetGrid
from campaign_app.jobs import queue
from campaign_app.jobs.handlers import handles
from campaign_app.jobs.models import Job
from campaign_app.jobs.work import Work
from campaign_app.petitions import numbering, tokens
from campaign_app.petitions.models import Petition, SheetDesign
from campaign_app.petitions.sheet_models import Sheet, SheetBatch, SheetFile, SheetStatus
from campaign_app.petitions.wording import versions_of
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile

KIND = "make signature sheets"
PURPOSE = "signature sheets"
KEPT = timedelta(days=30)  # that files can be taken; they can be made anew at any time
MOST_SHEETS = 2000  # in a batch: a box of paper
TOGETHER = 500  # rows that are stored by one statement


def batch_of(
    petition: Petition, design: SheetDesign | None, content: SheetContent, grid: SheetGrid, count: int,
    account_id: int | None,
) -> SheetBatch:  # fmt: skip
    """A batch with its numbers, which are nobody else's from now on. The caller commits."""
    first = numbering.take(petition.code, count)
    batch = SheetBatch(
        petition=petition, account_id=account_id, logo_id=design.logo_id if design else None, first=first,
        last=first + count - 1, key=secrets.token_urlsafe(keys.TOKEN_BYTES), content=content.to_json(),
        layout=grid.to_json(), versions=versions_of(petition, content.design),
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    return batch


def ask_for(batch: SheetBatch, suffixes: Iterable[str], account_id: int | None) -> None:
    """Have files of the batch made that are not there. The caller commits."""
    known = {file.suffix for file in batch.files}
    batch.files += [SheetFile(suffix=suffix) for suffix in suffixes if suffix not in known]
    queue.enqueue(KIND, batch.id, group_id=batch.group_id, account_id=account_id, total=batch.count)


def sheets_of(batch: SheetBatch) -> list[NumberedSheet]:
    """What is different on each sheet of the batch, in their order."""
    return [
        NumberedSheet(numbering.serial(batch.petition.code, number), tokens.link(batch, number))
        for number in range(batch.first, batch.last + 1)
    ]


def content_of_batch(batch: SheetBatch) -> SheetContent:
    """What stands on the sheets of the batch, as it was when it was printed."""
    return SheetContent.from_json(batch.content, batch.logo.png if batch.logo else b"")


def make_file(batch: SheetBatch, suffix: str) -> bytes:
    """The sheets of the batch as PDF or DOCX; the same serials whenever they are made."""
    press: Press = current_app.extensions["press"]
    return press.sheets(content_of_batch(batch), sheets_of(batch), suffix)


def record(batch: SheetBatch) -> None:
    """Record that the sheets of the batch are printed. The caller commits."""
    if batch.printed_at:
        return
    batch.printed_at = moment = now()
    rows = [
        {
            "petition_id": batch.petition_id, "batch_id": batch.id, "number": number,
            "serial": numbering.serial(batch.petition.code, number), "status": SheetStatus.PRINTED, "reason": "",
            "token_hash": keys.token_hash(tokens.token(batch, number)), "moved_at": moment,
        }
        for number in range(batch.first, batch.last + 1)
    ]  # fmt: skip
    for some in _together(rows):
        db.session.execute(insert(Sheet), some)


def page_of(job: Job) -> str:
    batch = db.session.get(SheetBatch, job.subject)
    return url_for("sheet_batches.show", petition_id=batch.petition_id, batch_id=batch.id) if batch else ""


@handles(KIND, permission="keep sheets", title=_("Making the sheets"), page=page_of)
def make(work: Work) -> None:
    batch = db.session.get(SheetBatch, work.subject)
    if batch is None:  # it was discarded
        return
    missing = [(file.id, file.suffix) for file in batch.files if file.file_id is None]
    count = batch.count
    for place, (file_id, suffix) in enumerate(missing):
        made = make_file(batch, suffix)
        sealed = _sealed(made, batch.group_id)
        with work.storing(count * (place + 1) // len(missing), count):
            _keep(work.subject, file_id, sealed)


def _sealed(content: bytes, group_id: int | None) -> StoredFile:
    with room.adding(PURPOSE, group_id=group_id, expires_on=days.today() + KEPT) as new:
        new.write(content)
    db.session.expunge(new.row)  # it is recorded with the sheets
    return new.row


def _keep(batch_id: int | None, file_id: int, sealed: StoredFile) -> None:
    """Record a file, unless somebody discarded the batch meanwhile or the file is there; what lies about is swept."""
    batch, file = db.session.get(SheetBatch, batch_id), db.session.get(SheetFile, file_id)
    if batch and file and file.file_id is None:
        db.session.add(sealed)
        file.file = sealed
        record(batch)


def _together(rows: Sequence[dict[str, object]]) -> Iterable[Sequence[dict[str, object]]]:
    return (rows[start : start + TOGETHER] for start in range(0, len(rows), TOGETHER))
