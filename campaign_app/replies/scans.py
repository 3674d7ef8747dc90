"""The scan of a reply: drawn anew before anything is stored, sealed on the disk, handed out to be saved."""

from __future__ import annotations

from collections.abc import Sequence

import zxingcpp
from flask import current_app
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from campaign_app.db import db
from campaign_app.documents.press import Broken, Press, TimedOut
from campaign_app.documents.unreadable import Unreadable, Why
from campaign_app.redrawing import LARGEST_FILE, NotAPicture, TooManyPixels
from campaign_app.redrawing import redrawn as redrawn_picture
from campaign_app.replies.invariants import SCAN
from campaign_app.replies.models import Reply
from campaign_app.stored_files import room
from campaign_app.tracking.frames import QR_CODE


class Refused(Exception):
    """The files are not taken; the message says why."""


def redrawn(uploads: Sequence[FileStorage] | None) -> bytes | None:
    """The pages of the uploaded files as one PDF, or None where there are no files. Raises Refused."""
    files = [_content(upload) for upload in uploads or () if upload and upload.filename]
    if not files:
        return None
    press: Press = current_app.extensions["press"]
    try:
        return press.scan(files)
    except Unreadable as unreadable:
        said = _said(unreadable.why)
        if len(files) > 1:
            said = gettext("File %(number)s: %(said)s", number=unreadable.number, said=said)
        raise Refused(said) from None
    except (TimedOut, Broken):
        raise Refused(_said(Why.TOO_LARGE)) from None


def _content(upload: FileStorage) -> bytes:
    with upload.stream as stream:
        return stream.read(LARGEST_FILE + 1)


def code_in(upload: FileStorage) -> str:
    """What the QR code in a photograph says; the photograph is not kept. Raises Refused."""
    try:
        picture = redrawn_picture(_content(upload)).convert("L")
    except (NotAPicture, TooManyPixels):
        raise Refused(gettext("This cannot be read. Please take a photograph (JPEG, PNG, WebP).")) from None
    codes = zxingcpp.read_barcodes(picture, formats=QR_CODE)
    if not codes:
        raise Refused(gettext("No QR code is seen in this photograph. Take it from nearer, or type the reference."))
    return str(codes[0].text)


def keep(reply: Reply, pdf: bytes) -> None:
    """Store the scan of a reply, instead of the one that it had. The caller commits."""
    if reply.scan is not None:
        db.session.delete(reply.scan)
    with room.adding(SCAN, group_id=reply.group_id) as new:
        new.write(pdf)
    reply.scan = new.row


def download(reply: Reply) -> Response:
    """The scan, to be saved and not shown in place."""
    assert reply.scan is not None  # noqa: S101 # nosec B101
    answer = current_app.response_class(room.read(reply.scan), mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"reply-{reply.id}.pdf")
    answer.headers["Cache-Control"] = "no-store"
    answer.content_length = reply.scan.size
    return answer


def _said(why: Why) -> str:
    return {
        Why.UNKNOWN: gettext("This cannot be read. Please take photographs (JPEG, PNG, WebP) or a PDF."),
        Why.TOO_LARGE: gettext(
            "This is too large. Please take pictures of at most 25 megapixels, and files of at most 20 MB."
        ),
        Why.TOO_MANY: gettext("These are too many pages; at most 30 are taken."),
        Why.ENCRYPTED: gettext("This PDF is locked. Please save it without a password or print it, and scan that."),
        Why.ACTIVE: gettext("This PDF carries scripts or files, which could do harm. Please print it, and scan that."),
    }[why]
